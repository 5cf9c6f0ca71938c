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
  }

  var kind: Kind
  /// How many quotes and lists the block stands in.
  var quoteDepth = 0
  var listDepth = 0
  var inlines: [Inline] = []

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

extension Document {
  /// The blocks of text in reading order.
  var textBlocks: [TextBlock] {
    var walk = TextBlockWalk()
    walk.visit(blocks, quoteDepth: 0, listDepth: 0)
    return walk.found
  }
}

/// Walks the tree and notes each block of text with what stands around it.
private struct TextBlockWalk {
  private(set) var found: [TextBlock] = []
  /// The marker of the innermost item that has begun and has no text yet.
  private var marker: ListMarker?

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
          append(.tableRow, row.cells.inOneLine, quoteDepth: quoteDepth, listDepth: listDepth)
        }
      case .heading(let level, let text):
        append(.heading(level: level), text, quoteDepth: quoteDepth, listDepth: listDepth)
      case .paragraph(let text), .caption(let text):
        append(.paragraph, text, quoteDepth: quoteDepth, listDepth: listDepth)
      case .code(let text):
        append(.preformatted, text, quoteDepth: quoteDepth, listDepth: listDepth)
      case .rule: append(.rule, [], quoteDepth: quoteDepth, listDepth: listDepth)
      }
    }
  }

  /// The marker stands before an item's text; code and rules have no place for it.
  private mutating func append(
    _ kind: TextBlock.Kind, _ text: [Inline], quoteDepth: Int, listDepth: Int
  ) {
    var block = TextBlock(
      kind: kind, quoteDepth: quoteDepth, listDepth: listDepth, inlines: text)
    if let marker, kind != .preformatted, kind != .rule { block.kind = .listItem(marker: marker) }
    marker = nil
    found.append(block)
  }
}

extension [[Inline]] {
  /// A row's cells in one line, parted by ` | `; a line end takes the place of a space.
  var inOneLine: [Inline] {
    guard var line = first else { return [] }
    for cell in dropFirst() {
      let before = line.isEmpty || line.endsWithLineBreak ? "" : " "
      let after = cell.isEmpty || cell.beginsWithLineBreak ? "" : " "
      line.append(.text("\(before)|\(after)"))
      line += cell
    }
    return line
  }
}
