import Foundation
import Satchel

/// Where output goes: data to stdout, messages to stderr.
struct Console: Sendable {
  let isJSON: Bool
  let isQuiet: Bool
  let isVerbose: Bool
  /// Whether nobody is to be asked, for instance what to show next.
  let asksNothing: Bool
  let usesColor: Bool
  let progress: GlobalOptions.ProgressMode

  init(_ options: GlobalOptions) {
    isJSON = options.json
    isQuiet = options.quiet
    isVerbose = options.verbose
    asksNothing = options.noInput
    progress = options.progress
    let noColor = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    switch options.color ?? Settings.color ?? .auto {
    case .always: usesColor = true
    case .never: usesColor = false
    case .auto: usesColor = Terminal.output.isClever && !noColor
    }
  }

  /// Before parsing succeeded, `--json` is all that can be told.
  init(rawArguments: [String]) {
    isJSON = rawArguments.prefix { $0 != "--" }.contains("--json")
    (isQuiet, isVerbose, asksNothing, usesColor) = (false, false, true, false)
    progress = .none
  }

  /// How many columns there are for data.
  var width: Int { Terminal.output.columns }

  /// A line of data.
  func print(_ line: String) { Output.print("\(line)\n") }

  /// What changed, in one line, and where it helps what to do next.
  func say(_ line: String) {
    if !isQuiet && !isJSON { print(line) }
  }

  /// A message that is no data.
  func note(_ line: String) {
    if isJSON {
      json(WarningLine(message: line))
    } else {
      Output.tell("satchel: \(line)\n")
    }
  }

  /// A message that comes beside an answer, which is one object and has stdout for itself.
  func warn(_ line: String) {
    Output.tell(isJSON ? "\(Console.encode(WarningLine(message: line)))\n" : "satchel: \(line)\n")
  }

  /// Says what became of the one thing a command was to change.
  ///
  /// - Parameters:
  ///   - name: what scripts know it by.
  ///   - line: what is said where it was not so already.
  func tellSet(_ name: String, _ isChanged: Bool, _ line: String) {
    if isJSON {
      json(ChangedLine(changed: isChanged ? [name] : [], unchanged: isChanged ? 0 : 1))
    } else {
      say(isChanged ? TerminalEscape.escaped(line) : "Nothing changed: it was so already.")
    }
  }

  /// One JSON object on a line of stdout.
  func json(_ value: some Encodable) { print(Console.encode(value)) }

  /// One JSON object on a line of stderr.
  func message(_ value: some Encodable) {
    Output.tell("\(Console.encode(value))\n")
  }

  func fail(_ report: ErrorReport) {
    if isJSON { return message(report) }
    let parting = report.excerpt.isEmpty ? " " : "\n"
    let message = ([report.message] + report.excerpt).joined(separator: "\n")
    Output.tell("satchel: \(message)\(report.hint.map { parting + $0 } ?? "")\n")
  }

  func bold(_ text: String) -> String { usesColor ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
  func dim(_ text: String) -> String { usesColor ? "\u{1b}[2m\(text)\u{1b}[0m" : text }

  static func encode(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return JSONText.escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
    } catch {
      preconditionFailure("our own values encode: \(error)")
    }
  }
}

/// The keys are promised: change none.
private struct ChangedLine: Encodable {
  let changed: [String]
  let unchanged: Int
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
  static let unwritable = Outcome(.cannotReadOrWrite)
  static let interrupted = Outcome(.interrupted)
}
