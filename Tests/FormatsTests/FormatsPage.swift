import Foundation
import Testing

/// `Protocol/formats.md`, as far as tests read it.
enum FormatsPage {
  /// The cells of a table: its head, and its rows.
  struct Table {
    let head: [String]
    let rows: [[String]]
  }

  static func text(of page: String) throws -> String {
    let repository = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
      path.deletingLastPathComponent()
    }
    return try String(
      contentsOf: repository.appendingPathComponent("Protocol/\(page)"), encoding: .utf8)
  }

  /// The table whose head begins so, behind a heading.
  static func table(under head: String, in heading: String = "# Formats") throws -> Table {
    let lines = try text(of: "formats.md")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex(of: heading), "\(heading)")
    let first = try #require(lines[start...].firstIndex { $0.hasPrefix(head) }, "\(head)")
    let table = lines[first...].prefix { $0.hasPrefix("|") }.map { line in
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return Table(head: table[0], rows: Array(table.dropFirst(2)))
  }

  /// What stands in backquotes in a cell.
  static func quoted(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}
