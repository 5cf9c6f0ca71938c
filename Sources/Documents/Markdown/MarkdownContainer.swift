/// A quote, a list or an item that is open while Markdown's lines are read.
struct MarkdownContainer {
  enum Kind {
    case quote
    /// The byte that its items' marks share, and the number of the item that comes next.
    case list(mark: UInt8, next: Int)
    /// How many columns a line must be indented by to belong to the item.
    case item(indent: Int)
  }

  var kind: Kind
  /// Its place in the document.
  let container: Container
  /// Whether nothing has begun in it.
  var isEmpty = true

  var isQuote: Bool {
    if case .quote = kind { return true }
    return false
  }

  var isList: Bool {
    if case .list = kind { return true }
    return false
  }

  /// Takes what the container asks of a line that belongs to it; false if the line does not.
  func matches(_ line: inout MarkdownLine) -> Bool {
    switch kind {
    case .list: return true
    case .quote:
      guard !line.isIndented, line.first == UInt8(ascii: ">") else { return false }
      line.take(1)
      line.skip(columns: 1)
    case .item(let indent) where line.indent >= indent: line.skip(columns: indent)
    case .item: return line.isBlank && !isEmpty
    }
    return true
  }
}

extension Collection<MarkdownContainer> {
  /// Whether no further quote may open, so that its mark is passed over.
  var holdsMostQuotes: Bool { count { $0.isQuote } >= Document.deepestNesting }

  var holdsMostLists: Bool { count { $0.isList } >= Document.deepestNesting }
}
