import Satchel

/// A query with a caret under the place where it is wrong.
struct QueryExcerpt {
  let lines: [String]

  init(_ error: FilterError) {
    let excerpt = error.excerpt
    let before = TerminalEscape.escaped(excerpt.before)
    let place = TerminalEscape.escaped(excerpt.place)
    lines = [
      "  \(before)\(place)\(TerminalEscape.escaped(excerpt.after))",
      "  \(String(repeating: " ", count: DisplayWidth.columns(of: before)))"
        + String(repeating: "^", count: max(1, DisplayWidth.columns(of: place))),
    ]
  }
}

extension LibraryError {
  /// Where a query is wrong; nil for other errors.
  var excerpt: QueryExcerpt? { filterError.map(QueryExcerpt.init) }
}
