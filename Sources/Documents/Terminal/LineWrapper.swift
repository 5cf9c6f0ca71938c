/// Cuts a line of cells into lines that fit the columns.
///
/// A line ends at a space, which is dropped, or where `LineBreaking` allows it; a word that is
/// longer than a line is cut where the line is full.
struct LineWrapper {
  let columns: Int

  /// The lines as ranges of `cells`; an empty line of cells is one empty line.
  func lines(of cells: ArraySlice<TerminalCell>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = cells.startIndex
    // The last place where this line may end, and the columns used up to there and up to now.
    var candidate = start
    var candidateColumns = 0
    var used = 0
    for index in cells.indices {
      let cell = cells[index]
      if index > start && canBreak(before: index, in: cells) {
        candidate = index
        candidateColumns = used
      }
      // A space at the end of a line takes no room, for it is not printed.
      if used + cell.columns > columns && index > start && !cell.isSpace {
        let isCut = candidate == start
        let end = isCut ? index : candidate
        lines.append(trimmed(start..<end, in: cells))
        start = end
        used -= isCut ? used : candidateColumns
        candidate = start
        candidateColumns = 0
      }
      used += cell.columns
    }
    lines.append(trimmed(start..<cells.endIndex, in: cells))
    return lines
  }
}

extension LineWrapper {
  fileprivate func canBreak(before index: Int, in cells: ArraySlice<TerminalCell>) -> Bool {
    let before = cells[index - 1]
    let after = cells[index]
    if after.isGlued || after.isSpace { return false }
    return before.isSpace
      || LineBreaking.isAllowed(between: before.character, and: after.character)
  }

  fileprivate func trimmed(_ line: Range<Int>, in cells: ArraySlice<TerminalCell>) -> Range<Int> {
    let end = cells[line].lastIndex { !$0.isSpace }.map { $0 + 1 } ?? line.lowerBound
    return line.lowerBound..<end
  }
}
