// Blocks that are handed over instead of being put into a tree.
extension DocumentBuilder {
  /// Hands over what there is of a long block before that ends, so that it need not be held.
  mutating func handOverPart() {
    guard kind != .tableRow, runs.size >= partSize else { return }
    let isContinued = runs.isContinued
    steps += runs.size
    let part = runs.takePart()
    partSize = part.isEmpty ? 2 * runs.size : longestPart
    if part.isEmpty { return }
    if isContinued { handOverRest(part) } else { handOver([part]) }
  }

  mutating func handOverRest(_ runs: [TextRun]) {
    if runs.isEmpty { return }
    var block = TextBlock(kind: .paragraph, runs: runs)
    block.isContinuation = true
    receiver?.append(block)
  }

  /// Whether what is gathered has so many cells that it is handed over in parts.
  var isLongRow: Bool {
    receiver != nil && preformattedDepth == 0 && runs.hasCells && !runs.isContinued
      && runs.size > longestPart
  }

  /// Hands over a long row, some cells at a time.
  mutating func handOverRow() {
    var cells = runs.takeCells()
    targets.forget(but: runs.link)
    var line = cells.next() ?? []
    var size = 0
    var isContinued = false
    while let cell = cells.next() {
      let bar = TextRun.bar(after: line, before: cell)
      if size > longestPart {
        handOver(line, isContinued: isContinued)
        isContinued = true
        line = []
        size = 0
      }
      size += cell.reduce(4) { $0 + 16 + $1.text.utf8.count }
      line.append(joining: bar)
      for run in cell { line.append(joining: run) }
    }
    handOver(line, isContinued: isContinued)
  }

  private mutating func handOver(_ line: [TextRun], isContinued: Bool) {
    if isContinued { handOverRest(line) } else { handOver([line]) }
  }

  mutating func handOver(_ cells: [[TextRun]]) {
    if preformattedDepth > 0 { return handOver(.preformatted, cells.flatMap { $0 }) }
    switch kind {
    case .tableRow: handOver(.tableRow, cells.inOneLine)
    case .heading(let level): handOver(.heading(level: level), cells.inOneLine)
    case .paragraph: handOver(.paragraph, cells.inOneLine)
    }
  }

  mutating func handOver(_ kind: TextBlock.Kind, _ runs: [TextRun]) {
    let steps = currentPlace().steps
    let marker = kind.hidesMarker && !steps.contains(where: \.isItem) ? nil : pendingMarker
    var block = TextBlock(kind: kind, runs: runs)
    block.quoteDepth = steps.count { $0.isQuote }
    block.listDepth = steps.count { $0.isList }
    // A marker without a list makes one.
    if marker != nil && !steps.contains(where: \.isItem) { block.listDepth += 1 }
    if let marker, !kind.hidesMarker { block.kind = .listItem(marker: marker) }
    pendingMarker = nil
    receiver?.append(block)
  }
}

extension ArraySlice<UInt8> {
  /// At most so many bytes of UTF-8 text, up to a space if there is one near, else up to a scalar.
  func prefix(upToBytes limit: Int) -> ArraySlice<UInt8> {
    guard count > limit else { return self }
    let head = prefix(limit)
    if let space = head.suffix(1024).lastIndex(of: 0x20) { return head[...space] }
    let end = head.lastIndex { $0 & 0xC0 != 0x80 } ?? head.startIndex
    return end > startIndex ? head[..<end] : head
  }
}
