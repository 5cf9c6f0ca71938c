// Lines of the block that is open.
extension MarkdownBlocks {
  /// Adds the line to the code or the HTML that is open; false if that does not go on.
  mutating func continueVerbatim(_ line: MarkdownLine) -> Bool {
    switch leaf {
    case .none, .paragraph, .table: return false
    case .fencedCode(let fence):
      if line.closes(fence) { endLeaf() } else { appendCode(line, withoutColumns: fence.indent) }
    case .indentedCode:
      guard line.isIndented || line.isBlank else { return false }
      appendCode(line, withoutColumns: MarkdownLine.codeIndent)
    case .html(let block):
      if line.isBlank && block.endsAtBlankLine { endLeaf() } else { appendToHTML(line, block) }
    }
    return true
  }

  mutating func appendToParagraph(_ line: MarkdownLine) {
    lines.append(line.contentStart..<line.text.endIndex, of: source, .collapsed)
  }

  mutating func appendToHTML(_ line: MarkdownLine, _ block: MarkdownHTMLBlock) {
    lines.append(line.position..<line.text.endIndex, of: source, .kept)
    if block.ends(with: line.content) { endLeaf() }
  }

  mutating func appendCode(_ line: MarkdownLine, withoutColumns columns: Int) {
    var line = line
    line.skip(columns: columns)
    let margin = line.margin
    let code = line.text[min(margin.start, line.text.endIndex)...]
    if case .indentedCode = leaf, line.isBlank { return blankLines.append((margin.spaces, code)) }
    for blank in blankLines { receiver.appendCode(spaces: blank.spaces, blank.line) }
    blankLines.removeAll()
    receiver.appendCode(spaces: margin.spaces, code)
  }

  mutating func endLeaf() {
    let ended = leaf
    leaf = .none
    switch ended {
    case .none, .table: return
    case .fencedCode, .indentedCode:
      blankLines.removeAll()
      return receiver.endCode()
    case .paragraph:
      let text = definitionsTaken()
      if !text.isBlankText {
        updatePlace()
        receiver.appendParagraph(text)
      }
    case .html:
      updatePlace()
      receiver.appendHTML(lines.text(in: source))
    }
    lines.removeAll()
  }

  /// The paragraph's text behind the definitions that it begins with.
  mutating func definitionsTaken() -> ArraySlice<UInt8> {
    var text = lines.text(in: source)
    while text.first == UInt8(ascii: "[") {
      var scanner = LinkDefinitionScanner(text)
      let definition = scanner.scan()
      steps += scanner.steps
      guard let definition else { break }
      receiver.define(definition)
      text = text[scanner.end...].drop(while: \.isBlankByte)
    }
    return text
  }
}
