/// Turns the places of blocks into depths, and cells into lines.
struct TextBlocks<Receiver: TextBlockReceiver>: BlockReceiver {
  private(set) var receiver: Receiver

  init(handingOverTo receiver: Receiver) { self.receiver = receiver }

  mutating func append(_ block: PlacedBlock, _ cells: [[TextRun]]) {
    let isCode = block.kind == .code
    receiver.append(TextBlock(block, isCode ? cells.flatMap { $0 } : cells.inOneLine))
  }

  mutating func append(_ block: PlacedBlock, _ cells: RunCells, inPartsOf size: Int) {
    cells.inLines(of: size) { line, isFirst in
      if isFirst { receiver.append(TextBlock(block, line)) } else { append(more: line) }
    }
  }

  mutating func append(more runs: [TextRun]) {
    if runs.isEmpty { return }
    var block = TextBlock(kind: .paragraph, runs: runs)
    block.isContinuation = true
    receiver.append(block)
  }

  mutating func markHeader(of table: Int) {}
}

extension TextBlock {
  init(_ block: PlacedBlock, _ runs: [TextRun]) {
    let place = block.place
    self.init(kind: Kind(block), runs: runs)
    quoteDepth = place.count { $0.isQuote }
    listDepth = place.count { $0.isList }
    // A marker without a list makes one.
    if block.marker != nil && !place.contains(where: \.isItem) { listDepth += 1 }
  }
}

extension TextBlock.Kind {
  fileprivate init(_ block: PlacedBlock) {
    if let marker = block.marker, !block.kind.hidesMarker {
      self = .listItem(marker: marker)
      return
    }
    self =
      switch block.kind {
      case .heading(let level): .heading(level: level)
      case .paragraph, .caption: .paragraph
      case .code: .preformatted
      case .row: .tableRow
      case .rule: .rule
      }
  }
}
