/// What plain text puts between blocks and before their lines (Protocol 5.10).
struct PlainTextFrame {
  /// The block before, without its text.
  private var previous: TextBlock?
  /// What stands before the lines of the block, but for the first.
  private(set) var linePrefix = ""

  /// What stands before the first character of a block: the line ends that part it from the one
  /// before, and its prefix; of a rule also its dashes. Called once for each block, in order.
  mutating func beginning(of block: TextBlock) -> String {
    let gap = previous.map { block.isTight(after: $0) ? "\n" : "\n\n" } ?? ""
    let prefixes = prefixes(of: block)
    linePrefix = prefixes.later
    previous = block
    previous?.runs = []
    return gap + prefixes.first + (block.kind == .rule ? "---" : "")
  }

  /// What stands before the first line of a block, and before its others.
  private func prefixes(of block: TextBlock) -> (first: String, later: String) {
    let quote = String(repeating: "> ", count: block.quoteDepth)
    guard block.listDepth > 0 else { return (quote, quote) }
    let indent = quote + String(repeating: "  ", count: block.listDepth - 1)
    guard case .listItem(let marker) = block.kind else { return (indent + "  ", indent + "  ") }
    return (indent + marker.text, indent + "  ")
  }
}
