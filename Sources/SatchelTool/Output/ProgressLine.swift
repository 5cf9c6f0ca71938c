import Foundation
import Satchel

/// Shows long work on stderr: a line that rewrites itself on a terminal, lines otherwise only
/// where they were asked for.
final class ProgressLine {
  private let mode: GlobalOptions.ProgressMode
  private let verb: String
  /// With `--json` progress is data, a line of its own before the summary.
  private let output: FileHandle
  private var shownPercent = -1
  private var isShowing = false

  /// - Parameter isQuery: whether the work ends in an answer, which has stdout to itself.
  init(_ verb: String, _ console: Console, isQuery: Bool = false) {
    self.verb = verb
    let isData = console.isJSON && !isQuery
    output = isData ? .standardOutput : .standardError
    switch console.progress {
    case .auto where console.isQuiet || console.isJSON: mode = isData ? .json : .none
    case .auto: mode = isatty(STDERR_FILENO) == 1 ? .auto : .none
    case let asked: mode = asked
    }
  }

  func show(_ progress: WorkProgress) {
    let percent = progress.total == 0 ? 100 : progress.done * 100 / progress.total
    guard percent != shownPercent else { return }
    shownPercent = percent
    switch mode {
    case .none: break
    case .json: write(json(progress))
    case .plain: write("\(line(progress, percent))\n")
    case .auto:
      write("\r\u{1b}[K\(line(progress, percent))")
      isShowing = true
    }
  }

  /// Wipes the line away.
  func end() {
    if isShowing { write("\r\u{1b}[K") }
    isShowing = false
  }

  private func line(_ progress: WorkProgress, _ percent: Int) -> String {
    let counts =
      progress.unit == .bytes
      ? "\(Text.bytes(progress.done)) of \(Text.bytes(progress.total))"
      : "\(Text.number(progress.done)) of \(Text.number(progress.total)) \(progress.unit.rawValue)"
    return "\(verb): \(counts), \(percent) %"
  }

  private func json(_ progress: WorkProgress) -> String {
    """
    {"type":"progress","unit":"\(progress.unit.rawValue)","done":\(progress.done),\
    "total":\(progress.total)}

    """
  }

  private func write(_ text: String) { output.write(Data(text.utf8)) }
}

extension Work {
  /// Does the work and shows how far it is; throws what it throws.
  func shown(
    as verb: String, _ console: Console, isQuery: Bool = false
  ) async throws -> Summary {
    let line = ProgressLine(verb, console, isQuery: isQuery)
    defer { line.end() }
    for try await event in self {
      switch event {
      case .progress(let progress): line.show(progress)
      case .finished(let summary): return summary
      }
    }
    throw LibraryError.cancelled
  }
}
