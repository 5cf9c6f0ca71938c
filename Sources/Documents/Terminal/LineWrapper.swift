/// Cuts a line of cells into lines that fit the columns, holding one line at a time.
///
/// A line ends at a space, which is dropped, or where `LineBreaking` allows it; a word that is
/// longer than a line is cut where the line is full.
struct LineWrapper {
  let columns: Int
  /// The cells of the line that is not full.
  private(set) var cells: [TerminalCell] = []
  private var used = 0
  /// The last place where this line may end, and the columns used up to there.
  private var candidate = 0
  private var candidateColumns = 0
  /// Whether spaces that have no room on this line came after its last cell.
  private var hasDroppedSpaces = false
  /// How many cells were laid out or moved to the next line.
  private(set) var steps = 0

  /// Cells without width take room too, in memory.
  private static let mostCellsPerColumn = 16

  init(columns: Int) { self.columns = columns }

  /// Adds a cell and returns the lines that are full with it.
  mutating func append(_ cell: TerminalCell) -> [[TerminalCell]] {
    steps += 1
    if cell.isSpace && used + cell.columns > columns {
      // A space at the end of a line takes no room, for it is not printed.
      hasDroppedSpaces = true
      return []
    }
    var lines: [[TerminalCell]] = []
    if hasDroppedSpaces { lines.append(cut(at: cells.count, used)) }
    noteCandidate(before: cell)
    while isFull(for: cell), !cells.isEmpty {
      let isWord = candidate == 0
      lines.append(cut(at: isWord ? cells.count : candidate, isWord ? used : candidateColumns))
    }
    used += cell.columns
    cells.append(cell)
    return lines
  }

  /// The last line, which may be empty.
  mutating func finish() -> [TerminalCell] { cut(at: cells.count, used) }
}

extension LineWrapper {
  private func isFull(for cell: TerminalCell) -> Bool {
    used + cell.columns > columns || cells.count >= columns * LineWrapper.mostCellsPerColumn
  }

  private mutating func noteCandidate(before cell: TerminalCell) {
    guard let last = cells.last, canBreak(between: last, and: cell) else { return }
    candidate = cells.count
    candidateColumns = used
  }

  private func canBreak(between before: TerminalCell, and after: TerminalCell) -> Bool {
    if after.isGlued || after.isSpace { return false }
    return before.isSpace
      || LineBreaking.isAllowed(between: before, and: after)
  }

  /// Takes the line that ends at a place, which uses so many columns, without the spaces at its end.
  private mutating func cut(at end: Int, _ columns: Int) -> [TerminalCell] {
    let line = cells[..<end]
    let last = line.lastIndex { !$0.isSpace }
    defer {
      cells.removeSubrange(..<end)
      steps += cells.count
      used -= columns
      (candidate, candidateColumns, hasDroppedSpaces) = (0, 0, false)
    }
    return Array(line[..<(last.map { $0 + 1 } ?? 0)])
  }
}
