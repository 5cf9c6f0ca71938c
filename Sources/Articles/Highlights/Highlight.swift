import Replication

/// A passage of an article that its reader marked (Protocol 5.12).
public struct Highlight: Sendable, Hashable, Codable {
  public let article: ArticleID
  public let anchor: HighlightAnchor
  /// The name of a color, such as `yellow`; nil for none.
  public var color: String?
  public var note: String?
  public var addedMilliseconds: Int64
  public var isDeleted = false

  package init(
    article: ArticleID, anchor: HighlightAnchor, color: String? = nil, note: String? = nil,
    addedMilliseconds: Int64
  ) {
    (self.article, self.anchor, self.color, self.note) = (article, anchor, color, note)
    self.addedMilliseconds = addedMilliseconds
  }

  /// How long the name of a color may be, in bytes.
  public static let maximumColorBytes = 32

  /// Whether a text can name a color: small letters, digits, `#` and `-`.
  public static func isColor(_ text: String) -> Bool {
    (1...maximumColorBytes).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "-")
      }
  }
}

extension Highlight {
  /// The highlight that an entity's registers spell; nil where they name no article or quote nothing.
  package init?(registers: some Sequence<(field: Field, value: Value)>) {
    var values: [Field: Value] = [:]
    for (field, value) in registers { values[field] = value }
    func text(_ field: Field) -> String? { values[field]?.text }
    func number(_ field: Field) -> Int { Int(clamping: values[field]?.integer ?? 0) }
    guard let key = values[HighlightField.article]?.data.flatMap({ Identifier(bytes: $0) }),
      let quote = text(HighlightField.quote), !quote.isEmpty
    else { return nil }
    self.init(
      article: ArticleID(key: key),
      anchor: HighlightAnchor(
        body: values[HighlightField.body]?.data.flatMap { ContentHash(bytes: $0) },
        textVersion: number(HighlightField.version), quote: quote,
        prefix: text(HighlightField.prefix) ?? "", suffix: text(HighlightField.suffix) ?? "",
        start: number(HighlightField.start), end: number(HighlightField.end)),
      color: text(HighlightField.color).flatMap { Highlight.isColor($0) ? $0 : nil },
      note: text(HighlightField.note),
      addedMilliseconds: values[HighlightField.added]?.integer ?? 0)
    isDeleted = values[HighlightField.deleted]?.flag ?? false
  }

  /// The registers that make it. None of them but the note and the tombstone is ever written again.
  package func edits(for id: HighlightID, _ policy: Edit.Policy = .set) throws(ReplicationError)
    -> [Edit]
  {
    var values: [(Field, Value)] = [
      (HighlightField.article, try .data(article.key.bytes)),
      (HighlightField.quote, try .text(anchor.quote)),
      (HighlightField.prefix, try .text(anchor.prefix)),
      (HighlightField.suffix, try .text(anchor.suffix)),
      (HighlightField.start, .integer(Int64(anchor.start))),
      (HighlightField.end, .integer(Int64(anchor.end))),
      (HighlightField.version, .integer(Int64(anchor.textVersion))),
      (HighlightField.added, .integer(addedMilliseconds)),
    ]
    if let body = anchor.body { values.append((HighlightField.body, try .data(body.bytes))) }
    if let color { values.append((HighlightField.color, try .text(color))) }
    var edits = values.map { Edit(RegisterID(id.entity, $0.0), $0.1, policy) }
    if let note, !note.isBlank {
      edits.append(
        Edit(
          RegisterID(id.entity, HighlightField.note), try .text(note),
          policy == .set ? .author : policy))
    }
    return edits
  }
}

extension HighlightID {
  /// Another note; an empty one takes it away. It covers what its author was shown.
  package func note(_ text: String, over shown: Shown) throws(ReplicationError) -> Edit {
    Edit(text.isEmpty ? .nothing : try .text(text), over: shown)
  }

  package func delete(_ isDeleted: Bool) -> Edit {
    Edit(RegisterID(entity, HighlightField.deleted), .flag(isDeleted))
  }

  /// The edits that bring a withdrawn highlight back.
  package var revival: [Edit] {
    [delete(false), Edit(RegisterID(entity, HighlightField.withdrawn), .flag(false))]
  }
}
