/// What a page says about itself; nil where it says nothing.
package struct PageMetadata: Sendable, Equatable {
  package var title: String?
  /// Whatever the page gives as its address.
  package var address: String?
  package var author: String?
  package var editor: String?
  /// An ISO 8601 date, or an instant in UTC.
  package var published: String?
  /// When a program saved the page, in the same way.
  package var saved: String?
  package var language: String?
  package var summary: String?
  package var tags: [String] = []

  package init() {}
}

extension ArraySlice<UInt8> {
  /// The bytes as a title: one line of at most 200 characters, nil if nothing is left.
  package var asTitle: String? {
    let title = asSingleLine
    return title.isEmpty ? nil : String(title.prefix(200))
  }
}

extension String {
  /// The text as a date of `PageMetadata`; nil if it is none.
  var asDate: String? { DateText.normalized(Array(utf8)[...]) }
}
