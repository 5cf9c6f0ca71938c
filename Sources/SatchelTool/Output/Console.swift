import Foundation
import Satchel

/// Where output goes: data to stdout, messages to stderr.
struct Console: Sendable {
  let isJSON: Bool
  let isQuiet: Bool
  let isVerbose: Bool
  let usesColour: Bool
  let progress: GlobalOptions.ProgressMode

  init(_ options: GlobalOptions) {
    isJSON = options.json
    isQuiet = options.quiet
    isVerbose = options.verbose
    progress = options.progress
    let noColour = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    switch options.color {
    case .always: usesColour = true
    case .never: usesColour = false
    case .auto: usesColour = isatty(STDOUT_FILENO) == 1 && !noColour
    }
  }

  /// Before parsing succeeded, `--json` is all that can be told.
  init(rawArguments: [String]) {
    isJSON = rawArguments.contains("--json")
    (isQuiet, isVerbose, usesColour, progress) = (false, false, false, .none)
  }

  /// How many columns the terminal has; 80 where there is none.
  var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// A line of data.
  func print(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  /// What changed, in one line, and where it helps what to do next.
  func say(_ line: String) {
    if !isQuiet && !isJSON { print(line) }
  }

  /// A message that is no data.
  func note(_ line: String) {
    if isJSON {
      json(WarningLine(message: line))
    } else {
      FileHandle.standardError.write(Data("satchel: \(line)\n".utf8))
    }
  }

  /// One JSON object on a line of stdout.
  func json(_ value: some Encodable) { print(Console.encode(value)) }

  /// One JSON object on a line of stderr.
  func message(_ value: some Encodable) {
    FileHandle.standardError.write(Data((Console.encode(value) + "\n").utf8))
  }

  func fail(_ report: ErrorReport) {
    if isJSON { return message(report) }
    let hint = report.hint.map { " \($0)" } ?? ""
    FileHandle.standardError.write(Data("satchel: \(report.message)\(hint)\n".utf8))
  }

  func bold(_ text: String) -> String { usesColour ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
  func dim(_ text: String) -> String { usesColour ? "\u{1b}[2m\(text)\u{1b}[0m" : text }

  private static func encode(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      preconditionFailure("our own values encode: \(error)")
    }
  }
}

private struct WarningLine: Encodable {
  let type = "warning"
  let message: String
}

/// Ends a command that did something and still has a code to give.
struct Outcome: Error {
  let code: Int32

  init(code: Int32) { self.code = code }
  private init(_ code: ExitCode) { self.code = code.rawValue }

  static let someSkipped = Outcome(.someSkipped)
  static let damageFound = Outcome(.damagedLibrary)
  static let operationsMissing = Outcome(.operationsMissing)
  static let interrupted = Outcome(.interrupted)
}
