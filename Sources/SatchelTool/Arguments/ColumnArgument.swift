import ArgumentParser
import Satchel

/// `url=Address`: which part of an article a table's column holds.
struct ColumnArgument: ExpressibleByArgument {
  let part: ImportColumn
  let name: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let part = ImportColumn(rawValue: parts[0]) else { return nil }
    (self.part, name) = (part, parts[1])
  }

  /// What shells complete up to the column's name.
  static var allValueStrings: [String] { ImportColumn.allCases.map { "\($0.rawValue)=" } }
}
