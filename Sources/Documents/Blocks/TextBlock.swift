/// A block of an article's text, such as a heading or one item of a list.
public struct TextBlock: Sendable, Equatable {
  /// What sort of block it is; blocks inside a quote or a list carry that beside.
  public enum Kind: Sendable, Equatable {
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

  public var kind: Kind
  /// How many quotes the block stands in, at most `TextBlock.deepestNesting`.
  public var quoteDepth: Int
  /// How many lists the block stands in, at most `TextBlock.deepestNesting`.
  public var listDepth: Int
  /// The text; a `\n` in it is a line end the author asked for.
  public var runs: [TextRun]

  /// Deeper quotes and lists are shown at this depth.
  public static let deepestNesting = 16

  public init(_ kind: Kind, quoteDepth: Int = 0, listDepth: Int = 0, runs: [TextRun] = []) {
    self.kind = kind
    self.quoteDepth = quoteDepth
    self.listDepth = listDepth
    self.runs = runs
  }
}

/// What stands before an item of a list.
public enum ListMarker: Sendable, Equatable {
  case bullet
  case number(Int)

  /// The marker as it is printed, with the space that follows it.
  public var text: String {
    switch self {
    case .bullet: "• "
    case .number(let number): "\(number). "
    }
  }
}

extension TextBlock {
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
