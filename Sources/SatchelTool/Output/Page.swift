import Foundation
import Processes

/// An answer as it is read: on a terminal that is too short for it, through the user's pager.
struct Page {
  private let isPaging: Bool
  /// What is held back until it is more than the screen takes.
  private var held = ""
  private var heldRows = 0
  private var pager: (child: ChildProcess, input: Int32)?

  /// The reader left the pager: nothing more need be said.
  fileprivate struct Left: Error {}

  fileprivate init(_ console: Console) {
    isPaging =
      !console.isJSON && !console.asksNothing && Terminal.output.isClever && Terminal.output.isOurs
      && Terminal.output.rows != nil
  }

  /// Prints a line, or several.
  mutating func print(_ text: String) throws {
    try Task.checkCancellation()
    guard isPaging else { return Output.print("\(text)\n") }
    if pager == nil {
      held += "\(text)\n"
      heldRows += Page.rows(of: text)
      // The last row is for what comes after it.
      if heldRows >= Terminal.output.rows ?? .max { try beginPaging() }
    } else {
      try give("\(text)\n")
    }
  }

  private mutating func beginPaging() throws {
    pager = try Pager.start()
    let text = held
    held = ""
    heldRows = .min
    pager == nil ? Output.print(text) : try give(text)
  }

  private func give(_ text: String) throws {
    guard let pager, Output.write(Array(text.utf8), to: pager.input) == nil else { throw Left() }
  }

  /// Prints what is held back, or waits until the reader leaves.
  fileprivate mutating func end() async throws {
    Output.print(held)
    held = ""
    guard let pager else { return }
    close(pager.input)
    let ending = await Interruption.wait(for: pager.child)
    if Task.isCancelled || ending.isInterruption { throw CancellationError() }
  }

  /// How many rows text takes on the terminal.
  private static func rows(of text: String) -> Int {
    let columns = Terminal.output.columns
    return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
      $0 + max(1, ($1.withoutStyles.displayWidth + columns - 1) / columns)
    }
  }
}

extension Console {
  /// Prints what `body` prints on the page.
  func paged(_ body: (inout Page) async throws -> Void) async throws {
    var page = Page(self)
    do {
      try await body(&page)
    } catch is Page.Left {
    } catch {
      try await page.end()
      throw error
    }
    try await page.end()
  }
}
