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
    if isContinued { receiver?.append(more: part) } else { append(gatheredKind, [part]) }
  }

  /// Whether what is gathered has so many cells that it is handed over in parts.
  var isLongRow: Bool {
    receiver != nil && preformattedDepth == 0 && runs.hasCells && !runs.isContinued
      && runs.size > longestPart
  }

  /// Hands over a long row, whose cells are made as they are asked for.
  mutating func handOverRow() {
    let cells = runs.takeCells()
    targets.forget(but: runs.link)
    let row = placed(gatheredKind)
    receiver?.append(row, cells, inPartsOf: longestPart)
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
