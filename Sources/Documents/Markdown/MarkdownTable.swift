/// Rows of a pipe table, such as `| a | b |`.
enum MarkdownTable {
  /// The cells of the row; nil for the line of dashes that divides head and body.
  static func cells(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
    var row = line.trimmed().dropFirst()
    if row.allSatisfy({ [0x7C, 0x2D, 0x3A].contains($0) || $0.isHTMLSpace }) { return nil }
    if row.last == UInt8(ascii: "|") { row = row.dropLast() }
    var cells: [ArraySlice<UInt8>] = []
    var start = row.startIndex
    var index = start
    while index < row.endIndex {
      if row[index] == UInt8(ascii: "\\") {
        index += 1
      } else if row[index] == UInt8(ascii: "|") {
        cells.append(row[start..<index].trimmed())
        start = index + 1
      }
      index += 1
    }
    cells.append(row[start...].trimmed())
    return cells
  }
}
