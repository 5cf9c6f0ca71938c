/// Writes blocks as they come, as `HTMLWriter` writes the tree that they make.
struct HTMLPage: BlockReceiver {
  private var output: HTMLOutput
  private var text: HTMLRunWriter
  /// The quotes, lists, items and figures that are open.
  private var branches: [HTMLBranch] = []
  /// The table that the last block is, and where its last row begins.
  private var table: (number: Int, lastRow: Int)?
  /// The text that more may come to: what ends it, and whether its line ends are kept.
  private var open: (end: String, keepsLineEnds: Bool)?
  private let embedding: HTMLEmbedding
  /// The title, while a heading may still repeat it.
  private var title: TitleLikeness?
  private var blocks = 0
  /// The last block, as which what comes to it goes on in another part.
  private var last: PlacedBlock?
  private let cuts: HTMLCuts

  /// How many bytes are handed over at once, or more.
  let pieceBytes: Int
  /// The part that is written, the first being 1.
  var part: Int { cuts.part }
  var partsOfMarks: [String: Int] { text.marks.parts }

  /// - Parameters:
  ///   - size: how many bytes are handed over at once, or more.
  ///   - partBytes: from how many bytes on a part ends where it can; nil for one part.
  ///   - handOver: takes a piece of a part.
  init(
    _ inlines: HTMLInlineWriter, _ embedding: HTMLEmbedding, inPartsOf size: Int,
    cutFrom partBytes: Int? = nil, handingOverTo handOver: @escaping ([UInt8], Int) -> Void
  ) {
    let cuts = HTMLCuts(partBytes)
    output = HTMLOutput(inPartsOf: size) { handOver($0, cuts.part) }
    text = HTMLRunWriter(inlines, HTMLMarks(embedding.marks))
    title = embedding.title.map { TitleLikeness(to: $0) }
    (self.embedding, self.cuts, pieceBytes) = (embedding, cuts, size)
  }

  mutating func append(_ block: PlacedBlock, _ cells: [[TextRun]]) {
    text.marks.begin(block)
    if isTitle(block, cells) { return text.marks.pass(cells.inOneLine) }
    enter(block)
    switch block.kind {
    case .row(_, let isHeader): append(row: cells, isHeader: isHeader)
    case .code: append(text: cells.flatMap { $0 })
    default: append(text: cells.inOneLine)
    }
  }

  mutating func append(_ block: PlacedBlock, _ cells: RunCells, inPartsOf size: Int) {
    text.marks.begin(block)
    title = nil
    enter(block)
    if case .row(_, let isHeader) = block.kind { return append(row: cells, isHeader: isHeader) }
    cells.inLines(of: size) { line, _ in append(text: line) }
  }

  mutating func append(more runs: [TextRun]) {
    // The end of a block may say nothing more, and is no reason for another part.
    if runs.isEmpty { return }
    if cuts.isDue(at: output.end), let last { goOn(last) }
    append(text: runs)
  }

  mutating func markHeader(of number: Int) {
    if let table, table.number == number { output.makeHeader(table.lastRow) }
  }

  /// Ends everything.
  mutating func finish() {
    endText()
    endTable()
    leave(to: 0)
    output.finish()
  }
}

// MARK: Text

extension HTMLPage {
  private mutating func append(text runs: [TextRun]) {
    for run in runs {
      text.append(run, keepingLineEnds: open?.keepsLineEnds ?? false, to: &output)
      handOver()
    }
  }

  private mutating func append(row cells: some Sequence<[TextRun]>, isHeader: Bool) {
    let element = isHeader ? "th" : "td"
    output.append("<tr>")
    var isFirst = true
    for cell in cells {
      text.marks.begin(cell: cell, isFirst: isFirst)
      isFirst = false
      if cuts.isDue(at: output.end), let last {
        output.append("</tr>\n")
        goOn(last)
        output.append("<tr>")
      }
      output.append("<\(element)>")
      for run in cell { text.append(run, keepingLineEnds: false, to: &output) }
      text.finish(in: &output)
      output.append("</\(element)>")
    }
    output.append("</tr>\n")
    handOver()
  }

  private mutating func endText() {
    guard let open else { return }
    text.finish(in: &output)
    output.append(open.end)
    self.open = nil
  }

  /// Hands over what can no longer change: a list without an item may be one of numbers, and the
  /// last row of a table may name its columns.
  private mutating func handOver() {
    guard output.isLong else { return }
    let list = branches.first(where: \.isUndecided)?.start
    output.handOver(upTo: min(list ?? output.end, table?.lastRow ?? output.end))
  }
}

// MARK: Titles

extension HTMLPage {
  /// Whether the block is a heading that says what the page says above it, and is not marked.
  private mutating func isTitle(_ block: PlacedBlock, _ cells: [[TextRun]]) -> Bool {
    guard let title else { return false }
    blocks += 1
    if blocks == HTMLEmbedding.titleBlocks { self.title = nil }
    guard case .heading = block.kind else { return false }
    self.title = nil
    let runs = cells.inOneLine
    return runs.allSatisfy { $0.image == nil } && title.holdsAll(of: runs.map(\.text).joined())
      && !text.marks.areMarked(runs)
  }
}

// MARK: Parts

extension HTMLPage {
  /// Ends the part, and all that is open in it.
  private mutating func cut() {
    endText()
    endTable()
    leave(to: 0)
    output.finish()
    cuts.cut(at: output.end)
    text.marks.part = cuts.part
  }

  /// Goes on with a block in another part.
  private mutating func goOn(_ block: PlacedBlock) {
    cut()
    enter(PlacedBlock(block.kind, at: block.place, marker: nil))
  }
}

/// Where the parts of a page end.
private final class HTMLCuts {
  private let partBytes: Int?
  private var start = 0
  private(set) var part = 1

  init(_ partBytes: Int?) { self.partBytes = partBytes }

  func isDue(at offset: Int) -> Bool { partBytes.map { offset - start >= $0 } ?? false }

  func cut(at offset: Int) {
    start = offset
    part += 1
  }
}

// MARK: Places

extension HTMLPage {
  /// Ends what is open and does not hold the block, and begins what holds it.
  private mutating func enter(_ block: PlacedBlock) {
    endText()
    if cuts.isDue(at: output.end) { cut() }
    last = block
    let way = PlaceStep.way(
      to: block.place, marker: block.marker, from: branches.lazy.map(\.step))
    let isSamePlace = way.shared == branches.count && way.steps.isEmpty
    if case .row(let number, _) = block.kind, isSamePlace, table?.number == number {
      table?.lastRow = output.end
      return
    }
    endTable()
    leave(to: way.shared)
    for step in way.steps { begin(step) }
    begin(block.kind)
    handOver()
  }

  private mutating func begin(_ kind: PlacedBlock.Kind) {
    let isFirstOfItem = beginBlock(isParagraph: kind == .paragraph)
    switch kind {
    case .heading(let level):
      begin(textIn: "h\(min(max(level, 1) + embedding.headingsLowered, 6))")
    // An item's first paragraph needs no element of its own.
    case .paragraph where isFirstOfItem: open = (end: "", keepsLineEnds: false)
    case .paragraph: begin(textIn: "p")
    case .caption: begin(textIn: "figcaption")
    case .code: begin(textIn: "pre", keepingLineEnds: true)
    case .rule: output.append("<hr>\n")
    case .row(let number, _):
      output.append("<table>\n")
      table = (number, lastRow: output.end)
    }
  }

  private mutating func begin(textIn element: String, keepingLineEnds: Bool = false) {
    output.append("<\(element)>")
    open = (end: "</\(element)>\n", keepsLineEnds: keepingLineEnds)
  }

  /// Parts a block from what stands before it in an item. Returns whether it is a paragraph with
  /// which one begins.
  private mutating func beginBlock(isParagraph: Bool) -> Bool {
    guard let last = branches.indices.last, branches[last].isMarkedItem else { return false }
    let content = branches[last].content
    branches[last].content = content == .nothing && isParagraph ? .paragraph : .blocks
    if content == .paragraph { output.append("\n") }
    return content == .nothing && isParagraph
  }

  private mutating func begin(_ step: PlaceStep) {
    switch step.kind {
    case .item(let marker):
      if let marker { beginItem(marker) }
    case .quote, .figure, .list: _ = beginBlock(isParagraph: false)
    }
    let branch = HTMLBranch(step: step, start: output.end)
    output.append(branch.opening)
    branches.append(branch)
  }

  /// Says of the list that is open what it is a list of; one of the other kind begins another list.
  private mutating func beginItem(_ marker: ListMarker) {
    guard let last = branches.indices.last else { return }
    let isNumbered = marker != .bullet
    if branches[last].isUndecided {
      branches[last].isNumbered = isNumbered
      if isNumbered { output.makeNumbered(branches[last].start) }
    } else if branches[last].isNumbered != isNumbered {
      output.append(branches[last].closing)
      branches[last].isNumbered = isNumbered
      output.append(branches[last].opening)
    }
  }

  private mutating func leave(to count: Int) {
    while branches.count > count { output.append(branches.removeLast().closing) }
  }

  private mutating func endTable() {
    if table != nil { output.append("</table>\n") }
    table = nil
  }
}
