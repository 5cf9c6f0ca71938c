import ArgumentParser
import Satchel

/// The name of a format that can be imported.
struct FormatArgument: ExpressibleByArgument {
  let format: Format

  init?(argument: String) {
    guard let format = Format.readable(named: argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { Format.readable.map(\.name) }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

  /// `markdown, mirror`
  static var names: String { allValueStrings.joined(separator: ", ") }

  /// What those of pages do, as half a sentence.
  static var treatments: String {
    [Format.markdown, .mirror].map { "\($0.name) \($0.treatment)" }.joined(separator: ", ")
  }
}
