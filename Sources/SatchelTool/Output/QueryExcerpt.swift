import Satchel

/// A query with a caret under the place where it is wrong.
struct QueryExcerpt {
  let lines: [String]

  init(_ error: FilterError) {
    let scalars = Array(error.text.unicodeScalars)
    let start = min(error.place.lowerBound, scalars.count)
    let end = max(start, min(error.place.upperBound, scalars.count))
    // Of a long query, what stands around the place.
    let first = start > QueryExcerpt.context ? start - QueryExcerpt.context : 0
    let last = min(scalars.count, end + QueryExcerpt.context)
    func text(_ range: Range<Int>) -> String {
      TerminalEscape.escaped(String(String.UnicodeScalarView(scalars[range])))
    }
    let before = (first > 0 ? "…" : "") + text(first..<start)
    let marked = text(start..<end)
    let after = text(end..<last) + (last < scalars.count ? "…" : "")
    lines = [
      "  \(before)\(marked)\(after)",
      "  \(String(repeating: " ", count: DisplayWidth.columns(of: before)))"
        + String(repeating: "^", count: max(1, DisplayWidth.columns(of: marked))),
    ]
  }

  private static let context = 40
}

extension LibraryError {
  /// Where a query is wrong; nil for other errors.
  var excerpt: QueryExcerpt? {
    switch self {
    case .filter(let error), .query(.unreadable(_, let error)): QueryExcerpt(error)
    default: nil
    }
  }
}
