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

  /// - Parameter size: how many bytes are handed over at once, or more.
  init(
    _ inlines: HTMLInlineWriter, inPartsOf size: Int,
    handingOverTo handOver: @escaping ([UInt8]) -> Void
  ) {
    output = HTMLOutput(inPartsOf: size, handingOverTo: handOver)
    text = HTMLRunWriter(inlines)
  }

  mutating func append(_ block: PlacedBlock, _ cells: [[TextRun]]) {
    enter(block)
    switch block.kind {
    case .row(_, let isHeader): append(row: cells, isHeader: isHeader)
    case .code: append(text: cells.flatMap { $0 })
    default: append(text: cells.inOneLine)
    }
  }

  mutating func append(_ block: PlacedBlock, _ cells: RunCells, inPartsOf size: Int) {
    enter(block)
    if case .row(_, let isHeader) = block.kind { return append(row: cells, isHeader: isHeader) }
    cells.inLines(of: size) { line, _ in append(text: line) }
  }

  mutating func append(more runs: [TextRun]) { append(text: runs) }

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
    for cell in cells {
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

// MARK: Places

extension HTMLPage {
  /// Ends what is open and does not hold the block, and begins what holds it.
  private mutating func enter(_ block: PlacedBlock) {
    endText()
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
    case .heading(let level): begin(textIn: "h\(min(max(level, 1), 6))")
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
