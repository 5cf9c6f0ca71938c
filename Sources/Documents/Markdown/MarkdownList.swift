/// A list that is open while Markdown's lines are read.
struct MarkdownList {
  /// The column its markers stand in.
  let markerIndent: Int
  let isOrdered: Bool
  /// The number of the item that is open.
  var number: Int

  /// The least column of a line that belongs to the item: lists nest by two.
  var textIndent: Int { markerIndent + 2 }
}

extension [MarkdownList] {
  /// Begins an item in the column and says what stands before it: in a list that is open there, or
  /// in a new one inside the item left of it.
  mutating func open(_ marker: ListMarker, at column: Int) -> ListMarker {
    let sibling = leave(before: column) ?? (count >= TextBlock.deepestNesting ? popLast() : nil)
    let indent = Swift.min(sibling?.markerIndent ?? column, column)
    switch marker {
    case .bullet:
      append(MarkdownList(markerIndent: indent, isOrdered: false, number: 0))
      return .bullet
    case .number(let written):
      // Numbers go on from the first, however the others are written: `1. 1. 1.` counts to three.
      let previous = sibling.flatMap { $0.isOrdered ? $0.number : nil }
      let number = previous.map { $0 + 1 } ?? written
      append(MarkdownList(markerIndent: indent, isOrdered: true, number: number))
      return .number(number)
    }
  }

  /// Closes the lists that text in the column is not part of; returns the outermost of them.
  @discardableResult
  mutating func leave(before column: Int) -> MarkdownList? {
    var left: MarkdownList?
    while let list = last, column < list.textIndent { left = popLast() }
    return left
  }
}
