/// A document's text without its markup.
///
/// Blocks are parted by blank lines, items of a list and rows of a table by line ends. An item begins
/// with `• ` or its number, indented by two for each list around its own; a quote's lines begin with
/// `> `; an image is `[image: alt]`; a rule is `---`. A link shows its text only. Nothing is wrapped
/// and nothing depends on a width, a locale or a version of Unicode: the same body is the same text
/// everywhere, and highlights count its scalars. It ends without a line feed. Characters are as the
/// page has them, no-break spaces and controls included; `TerminalEscape` is for printing them.
public enum PlainText {
  /// The text of a document.
  public static func text(of document: Document) -> String {
    var output = ""
    var previous: TextBlock?
    for block in document.textBlocks {
      if let previous { output += block.isTight(after: previous) ? "\n" : "\n\n" }
      append(block, to: &output)
      previous = block
    }
    return output
  }
}

extension PlainText {
  fileprivate static func append(_ block: TextBlock, to output: inout String) {
    let inlines = block.kind == .rule ? [.text("---")] : block.inlines
    if block.quoteDepth == 0 && block.listDepth == 0 { return inlines.appendText(to: &output) }
    let quote = String(repeating: "> ", count: block.quoteDepth)
    let (first, later) = prefixes(of: block)
    var prefix = quote + first
    for line in inlines.text.split(separator: "\n", omittingEmptySubsequences: false) {
      output += prefix
      output += line
      prefix = "\n" + quote + later
    }
  }

  /// What stands before the first line of a block in a list, and before its others.
  fileprivate static func prefixes(of block: TextBlock) -> (first: String, later: String) {
    guard block.listDepth > 0 else { return ("", "") }
    let indent = String(repeating: "  ", count: block.listDepth - 1)
    guard case .listItem(let marker) = block.kind else { return (indent + "  ", indent + "  ") }
    return (indent + marker.text, indent + "  ")
  }
}
