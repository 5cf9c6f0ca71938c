/// The cells of a block, each made when it is asked for: neighbors that look the same are joined, and
/// line ends are off both ends of the whole. What is no row of a table is one cell.
struct RunCells: Sequence, IteratorProtocol {
  private let text: [UInt8]
  private let runs: [OpenRun]
  private var ends: ArraySlice<CellEnd>
  private let shown: Range<Int>
  /// Where the next cell begins.
  private var start = 0
  private var run = 0
  private var isOver = false

  /// - Parameter isContinued: whether a part of the block was taken before.
  init(text: [UInt8], runs: [OpenRun], ends: ArraySlice<CellEnd>, isContinued: Bool) {
    self.text = text
    self.runs = runs
    self.ends = ends
    shown = RunCells.shown(text, runs, ends, isContinued: isContinued)
  }

  mutating func next() -> [TextRun]? {
    if isOver { return nil }
    let end = ends.popFirst()
    isOver = end == nil
    let (textEnd, runEnd) = end.map { (Int($0.text), Int($0.runs)) } ?? (text.count, runs.count)
    var cell: [TextRun] = []
    // A run may have begun in a cell before.
    for index in Swift.max(0, run - 1)..<runEnd {
      append(index, upTo: textEnd, isNew: index >= run, to: &cell)
    }
    (start, run) = (textEnd, runEnd)
    return cell
  }
}

extension RunCells {
  /// Adds what of a run stands in the cell that begins at `start`.
  private func append(_ index: Int, upTo end: Int, isNew: Bool, to cell: inout [TextRun]) {
    let (open, next) = (runs[index], index + 1 < runs.count ? runs[index + 1].start : text.count)
    let range = Swift.max(start, open.start)..<Swift.max(start, open.start, Swift.min(next, end))
    let string = String(decoding: text[range.clamped(to: shown)], as: UTF8.self)
    let image = isNew ? open.image : nil
    if string.isEmpty && image == nil { return }
    cell.append(joining: TextRun(string, style: open.style, link: open.link, image: image))
  }

  /// The text without line ends at its ends; an image is text even where it has no words, and so is
  /// the end of a cell.
  private static func shown(
    _ text: [UInt8], _ runs: [OpenRun], _ ends: ArraySlice<CellEnd>, isContinued: Bool
  ) -> Range<Int> {
    let images = (
      first: runs.first { $0.image != nil }?.start, last: runs.last { $0.image != nil }?.start
    )
    let first = [images.first, ends.first.map { Int($0.text) }].compactMap { $0 }.min()
    let last = [images.last, ends.last.map { Int($0.text) }].compactMap { $0 }.max()
    let lineEnds = isContinued ? 0 : text.prefix { $0 == 0x0A }.count
    let start = Swift.min(lineEnds, first ?? text.count)
    let end = Swift.max((text.lastIndex { $0 != 0x0A } ?? -1) + 1, last ?? 0)
    return start..<Swift.max(start, end)
  }
}

extension RunCells {
  /// The cells in one line as `[[TextRun]].inOneLine` has them, which comes in parts.
  ///
  /// - Parameters:
  ///   - size: how long a part is, more or less.
  ///   - each: is given a part, and whether it is the first.
  func inLines(of size: Int, _ each: (_ line: [TextRun], _ isFirst: Bool) -> Void) {
    var cells = self
    var line = cells.next() ?? []
    var length = 0
    var isFirst = true
    while let cell = cells.next() {
      let bar = TextRun.bar(after: line, before: cell)
      if length > size {
        each(line, isFirst)
        isFirst = false
        line = []
        length = 0
      }
      length += cell.reduce(4) { $0 + 16 + $1.text.utf8.count }
      line.append(joining: bar)
      for run in cell { line.append(joining: run) }
    }
    each(line, isFirst)
  }
}
