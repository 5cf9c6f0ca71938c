// What a line begins: containers, then perhaps a block.
extension MarkdownBlocks {
  /// Opens the containers and the block that begin on the line; true if nothing of it is left.
  mutating func openBlocks(_ line: inout MarkdownLine, below depth: inout Int) -> Bool {
    // Until a container opens, the paragraph above may go on with the line.
    var isBelowParagraph = isInParagraph
    while let first = line.first {
      if line.isIndented {
        return !isBelowParagraph && openIndented(line, below: depth)
      }
      if first == UInt8(ascii: ">") {
        openQuote(&line, below: depth)
      } else if openLeaf(line, first, below: depth, isBelowParagraph: isBelowParagraph) {
        return true
      } else if !openItem(&line, below: depth, isBelowParagraph: isBelowParagraph) {
        return false
      }
      depth = containers.count
      isBelowParagraph = false
    }
    return false
  }

  mutating func openLeaf(
    _ line: MarkdownLine, _ first: UInt8, below depth: Int, isBelowParagraph: Bool
  ) -> Bool {
    let continues = isBelowParagraph && depth == containers.count
    switch first {
    case UInt8(ascii: "#"): return openHeading(line, below: depth)
    case UInt8(ascii: "`"), UInt8(ascii: "~"): return openFence(line, below: depth)
    case UInt8(ascii: "<"):
      return openHTML(line, below: depth, isBelowParagraph: isBelowParagraph)
    case UInt8(ascii: "|"): return !isBelowParagraph && appendTableRow(line, below: depth)
    case UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
      if continues, let level = line.underlineLevel, endHeading(level) { return true }
      return line.isRule && appendRule(below: depth)
    default: return false
    }
  }

  mutating func openHeading(_ line: MarkdownLine, below depth: Int) -> Bool {
    guard let heading = line.heading else { return false }
    begin(below: depth)
    updatePlace()
    receiver.appendHeading(heading.level, heading.text)
    return true
  }

  mutating func appendRule(below depth: Int) -> Bool {
    begin(below: depth)
    updatePlace()
    receiver.appendRule()
    return true
  }

  /// Makes a heading of the paragraph above; false if it holds nothing but definitions.
  mutating func endHeading(_ level: Int) -> Bool {
    let text = definitionsTaken()
    guard !text.isBlankText else { return false }
    lines.removeAll()
    leaf = .none
    updatePlace()
    receiver.appendHeading(level, text)
    return true
  }

  mutating func openFence(_ line: MarkdownLine, below depth: Int) -> Bool {
    guard let fence = line.fence else { return false }
    begin(below: depth, .fencedCode(fence))
    updatePlace()
    receiver.beginCode()
    return true
  }

  mutating func openHTML(
    _ line: MarkdownLine, below depth: Int, isBelowParagraph: Bool
  ) -> Bool {
    guard let block = MarkdownHTMLBlock(openedBy: line.content),
      block.endsParagraph || !isBelowParagraph
    else { return false }
    begin(below: depth, .html(block))
    appendToHTML(line, block)
    return true
  }

  mutating func openIndented(_ line: MarkdownLine, below depth: Int) -> Bool {
    begin(below: depth, .indentedCode)
    updatePlace()
    receiver.beginCode()
    appendCode(line, withoutColumns: MarkdownLine.codeIndent)
    return true
  }

  mutating func appendTableRow(_ line: MarkdownLine, below depth: Int) -> Bool {
    var isFirst = true
    if case .table = leaf, depth == containers.count { isFirst = false }
    if isFirst { begin(below: depth, .table) }
    updatePlace()
    receiver.appendTableRow(line.content, isFirst: isFirst)
    return true
  }
}
