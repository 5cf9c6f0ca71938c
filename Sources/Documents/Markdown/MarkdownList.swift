/// A list that is open while Markdown's lines are read.
struct MarkdownList {
  /// The list and its open item in the document.
  let list: Container
  let item: Container
  /// The column its markers stand in.
  let markerIndent: Int
  let isOrdered: Bool
  /// The number of the item that is open.
  let number: Int

  init(list: Container, item: Container, markerIndent: Int, _ marker: ListMarker) {
    self.list = list
    self.item = item
    self.markerIndent = markerIndent
    if case .number(let number) = marker {
      self.number = number
      isOrdered = true
    } else {
      number = 0
      isOrdered = false
    }
  }

  /// The least column of a line that belongs to the item: lists nest by two.
  var textIndent: Int { markerIndent + 2 }
}

extension [MarkdownList] {
  /// Begins an item in the column and says what stands before it: in a list that is open there, or
  /// in a new one inside the item left of it.
  mutating func open(
    _ marker: ListMarker, at column: Int, in builder: inout DocumentBuilder
  ) -> ListMarker {
    let left = leave(before: column) ?? (count >= Document.deepestNesting ? popLast() : nil)
    let sibling = left.flatMap { $0.isOrdered == (marker != .bullet) ? $0 : nil }
    var marker = marker
    // Numbers go on from the first, however the others are written: `1. 1. 1.` counts to three.
    if case .number(let written) = marker {
      marker = .number(sibling.map { $0.number + 1 } ?? written)
    }
    append(
      MarkdownList(
        list: sibling?.list ?? builder.newContainer(.list),
        item: builder.newContainer(.item(marker)),
        markerIndent: Swift.min(left?.markerIndent ?? column, column), marker))
    return marker
  }

  /// Closes the lists that text in the column is not part of; returns the outermost of them.
  @discardableResult
  mutating func leave(before column: Int) -> MarkdownList? {
    var left: MarkdownList?
    while let list = last, column < list.textIndent { left = popLast() }
    return left
  }
}
