import ArgumentParser
import Satchel

/// The name of a format that can be exported.
struct ExportFormat: ExpressibleByArgument {
  let format: Format

  init?(argument: String) {
    guard let format = Format.writable(named: argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { Format.writable.map(\.name) }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
