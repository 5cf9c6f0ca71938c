import Satchel

/// Rows whose columns stand beneath each other on a terminal, none wider than it.
///
/// What goes elsewhere than to a terminal is whole.
struct Table {
  private let columns: [ColumnAlignment]
  private var rows: [[String]] = []

  init(columns: [ColumnAlignment]) {
    self.columns = columns
  }

  /// - Parameter cells: one for each column, as they are; what a terminal would obey is escaped.
  mutating func append(_ cells: [String]) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append(cells.map { TerminalEscape.escaped($0) })
  }

  /// The last column has what room is left; where that is little, the widest others yield first.
  func lines(_ console: Console) -> [String] {
    lines(width: Terminal.output.isThere ? console.width : nil)
  }

  /// - Parameter width: nil where there is no terminal.
  func lines(width: Int?) -> [String] {
    let widths = widths(within: width)
    return rows.map { row in
      var line = ""
      for (index, cell) in row.enumerated() {
        let text = width == nil ? cell : cell.truncated(toColumns: widths[index])
        let isLast = index == row.count - 1
        line +=
          isLast && columns[index] == .left
          ? text : text.padded(toColumns: widths[index], columns[index])
        if !isLast { line += Table.gap }
      }
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private func widths(within width: Int?) -> [Int] {
    var widths = columns.indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
    guard let width else { return widths }
    var excess = widths.reduce(0, +) + Table.gap.count * (columns.count - 1) - width
    // The last column yields down to a third of the terminal, then the widest does.
    if let last = widths.indices.last, excess > 0 {
      let yielded = min(excess, max(0, widths[last] - width / 3))
      widths[last] -= yielded
      excess -= yielded
    }
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > Table.narrowest
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private static let gap = "  "
  private static let narrowest = 4
}
