/// A block of text as it is printed: the nesting of the tree around it has become two depths.
struct TextBlock: Equatable {
  /// What sort of block it is; blocks inside a quote or a list carry that beside.
  enum Kind: Equatable {
    /// Level 1 is the largest, 6 the smallest.
    case heading(level: Int)
    case paragraph
    /// The first block of a list's item; its later blocks are paragraphs at the same depth.
    case listItem(marker: ListMarker)
    /// Text whose spaces and line ends are kept.
    case preformatted
    /// One row of a table, its cells parted by ` | `.
    case tableRow
    /// A line across; it has no text.
    case rule

    /// Whether an item that begins with it is shown without its marker.
    var hidesMarker: Bool { self == .preformatted || self == .rule }
  }

  var kind: Kind
  /// How many quotes and lists the block stands in.
  var quoteDepth = 0
  var listDepth = 0
  var runs: [TextRun] = []
  /// Whether it is more of the block before, whatever its kind: long blocks come in parts.
  var isContinuation = false

  /// Whether the block follows `previous` on the very next line, as items and rows do.
  func isTight(after previous: TextBlock) -> Bool {
    guard quoteDepth == previous.quoteDepth else { return false }
    switch kind {
    case .listItem: return previous.listDepth > 0
    case .tableRow: return previous.kind == .tableRow
    default: return false
    }
  }
}

/// Takes blocks of text in reading order.
protocol TextBlockReceiver {
  mutating func append(_ block: TextBlock)
}

extension Document {
  /// Hands over the blocks of text in reading order.
  func handOverTextBlocks<Receiver: TextBlockReceiver>(to receiver: Receiver) -> Receiver {
    var walk = TextBlockWalk(receiver: receiver)
    walk.visit(blocks, quoteDepth: 0, listDepth: 0)
    return walk.receiver
  }
}

/// Walks the tree and hands over each block of text with what stands around it.
private struct TextBlockWalk<Receiver: TextBlockReceiver> {
  var receiver: Receiver
  private var targets = LinkTargets()
  /// The marker of the innermost item that has begun and has no text yet.
  private var marker: ListMarker?

  init(receiver: Receiver) { self.receiver = receiver }

  mutating func visit(_ blocks: [Block], quoteDepth: Int, listDepth: Int) {
    for block in blocks {
      switch block {
      case .quote(let inner): visit(inner, quoteDepth: quoteDepth + 1, listDepth: listDepth)
      case .figure(let inner): visit(inner, quoteDepth: quoteDepth, listDepth: listDepth)
      case .list(let items):
        for item in items {
          marker = item.marker ?? marker
          visit(item.blocks, quoteDepth: quoteDepth, listDepth: listDepth + 1)
          marker = nil
        }
      case .table(let rows):
        for row in rows {
          append(.tableRow, runs(of: row), quoteDepth: quoteDepth, listDepth: listDepth)
        }
      case .heading(let level, let text):
        append(.heading(level: level), runs(of: text), quoteDepth: quoteDepth, listDepth: listDepth)
      case .paragraph(let text), .caption(let text):
        append(.paragraph, runs(of: text), quoteDepth: quoteDepth, listDepth: listDepth)
      case .code(let text):
        append(.preformatted, runs(of: text), quoteDepth: quoteDepth, listDepth: listDepth)
      case .rule: append(.rule, [], quoteDepth: quoteDepth, listDepth: listDepth)
      }
    }
  }

  /// The marker stands before an item's text; code and rules have no place for it.
  private mutating func append(
    _ kind: TextBlock.Kind, _ runs: [TextRun], quoteDepth: Int, listDepth: Int
  ) {
    var block = TextBlock(
      kind: kind, quoteDepth: quoteDepth, listDepth: listDepth, runs: runs)
    if let marker, !kind.hidesMarker { block.kind = .listItem(marker: marker) }
    marker = nil
    receiver.append(block)
  }

  private mutating func runs(of text: [Inline]) -> [TextRun] { [TextRun](text, &targets) }

  private mutating func runs(of row: TableRow) -> [TextRun] {
    row.cells.map { runs(of: $0) }.inOneLine
  }
}
