import Satchel

/// A highlight as scripts read it. The keys are promised: change none.
struct HighlightJSON: Encodable {
  let id: String
  let quote: String
  let prefix: String
  let suffix: String
  /// In scalars of the present plain text; nil where there is no place, or none is known.
  let place: Range<Int>?
  let colour: String?
  let note: String?
  /// Nil while the text is missing here.
  let isOrphan: Bool?
  let added: String

  enum Key: CodingKey {
    case id, article, quote, prefix, suffix, start, end, colour, note, orphan, added
  }

  init(_ highlight: PlacedHighlight) {
    let row = highlight.row
    id = row.shortID
    let anchor = row.highlight.anchor
    (quote, prefix, suffix) = (anchor.quote, anchor.prefix, anchor.suffix)
    place = highlight.place.range
    (colour, note) = (row.highlight.color, row.highlight.note)
    isOrphan = highlight.place == .unknown ? nil : highlight.place == .orphan
    added = Text.time(milliseconds: row.highlight.addedMilliseconds)
  }

  /// Every key is there, null where there is nothing.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try encode(into: &container)
  }

  func encode(into container: inout KeyedEncodingContainer<Key>) throws {
    try container.encode(id, forKey: .id)
    try container.encode(quote, forKey: .quote)
    try container.encode(prefix, forKey: .prefix)
    try container.encode(suffix, forKey: .suffix)
    try container.encode(place?.lowerBound, forKey: .start)
    try container.encode(place?.upperBound, forKey: .end)
    try container.encode(colour, forKey: .colour)
    try container.encode(note, forKey: .note)
    try container.encode(isOrphan, forKey: .orphan)
  }
}

/// One of a list, with its article.
struct ListedHighlightJSON: Encodable {
  private let highlight: HighlightJSON
  private let article: String

  init(_ highlight: HighlightJSON, article: String) {
    (self.highlight, self.article) = (highlight, article)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: HighlightJSON.Key.self)
    try highlight.encode(into: &container)
    try container.encode(article, forKey: .article)
    try container.encode(highlight.added, forKey: .added)
  }
}
