import Foundation
import NIOConcurrencyHelpers
import Satchel

/// Shows long work on stderr: a line that rewrites itself on a terminal, lines otherwise only
/// where they were asked for.
final class ProgressLine: Sendable {
  private let mode: GlobalOptions.ProgressMode
  private let verb: String
  /// With `--json` progress is data, a line of its own before the summary.
  private let isData: Bool
  /// Work is done on several threads, and each may say how far it is.
  private let last = NIOLockedValueBox<(step: WorkProgress.Step, percent: Int)?>(nil)

  /// - Parameter isQuery: whether the work ends in an answer, which has stdout to itself.
  init(_ verb: String, _ console: Console, isQuery: Bool = false) {
    self.verb = verb
    isData = console.isJSON && !isQuery
    switch console.progress {
    case .auto where console.isQuiet || console.isJSON: mode = isData ? .json : .none
    case .auto: mode = Terminal.messages.isClever ? .auto : .none
    case let asked: mode = asked
    }
  }

  func show(_ progress: WorkProgress) {
    let percent = progress.total == 0 ? 100 : progress.done * 100 / progress.total
    let isNew = last.withLockedValue { last in
      defer { last = (progress.step, percent) }
      return last.map { $0 != (progress.step, percent) } ?? true
    }
    guard isNew else { return }
    switch mode {
    case .none: break
    case .json: write(json(progress))
    case .plain: write("\(line(progress, percent))\n")
    case .auto: Output.showProgress(line(progress, percent, columns: Terminal.messages.columns - 1))
    }
  }

  /// Wipes the line away.
  func end() { Output.wipeProgress() }

  /// In so many columns the numbers are what is left.
  private func line(_ progress: WorkProgress, _ percent: Int, columns: Int = .max) -> String {
    let counts =
      progress.unit == .bytes
      ? "\(Text.bytes(progress.done)) of \(Text.bytes(progress.total))"
      : "\(Text.number(progress.done)) of \(Text.number(progress.total)) \(progress.unit.rawValue)"
    let numbers = "\(counts), \(percent) %"
    let verb =
      switch progress.step {
      case .work: verb
      case .checking: "Checking"
      case .indexing: "Indexing"
      case .readingBack: "Reading back"
      }
    let room = columns - numbers.count - 2
    // A letter and an ellipsis say nothing.
    let line = room < 4 ? numbers : "\(verb.truncated(toColumns: room)): \(numbers)"
    return line.truncated(toColumns: columns)
  }

  private func json(_ progress: WorkProgress) -> String {
    """
    {"type":"progress","step":"\(progress.step.rawValue)","unit":"\(progress.unit.rawValue)",\
    "done":\(progress.done),"total":\(progress.total)}

    """
  }

  private func write(_ text: String) { isData ? Output.print(text) : Output.tell(text) }
}

extension Work {
  /// Does the work and shows how far it is; throws what it throws.
  func shown(
    as verb: String, _ console: Console, isQuery: Bool = false
  ) async throws -> Summary {
    let line = ProgressLine(verb, console, isQuery: isQuery)
    defer { line.end() }
    return try await result { line.show($0) }
  }
}
