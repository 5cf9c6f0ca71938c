import Replication

/// What a highlight marks: a passage as it stood in an article's plain text, with its neighbors, by
/// which its place is found again (Protocol 5.12).
public struct HighlightAnchor: Sendable, Hashable, Codable {
  /// The body in whose text it was marked.
  public let body: ContentHash?
  /// The version of plain text that ``start`` and ``end`` count in.
  public let textVersion: Int
  /// The passage, exactly as it stood.
  public let quote: String
  /// What stood before it, and behind it: at most ``neighborScalars`` scalars.
  public let prefix: String
  public let suffix: String
  /// In scalars of the plain text of ``body``.
  public let start: Int
  public let end: Int

  /// How many scalars before and behind a passage are kept.
  public static let neighborScalars = 32

  /// Of longer neighbors what stands next to the passage counts.
  package init(
    body: ContentHash?, textVersion: Int, quote: String, prefix: String, suffix: String, start: Int,
    end: Int
  ) {
    (self.body, self.textVersion, self.quote) = (body, textVersion, quote)
    let count = HighlightAnchor.neighborScalars
    self.prefix = String(String.UnicodeScalarView(prefix.unicodeScalars.suffix(count)))
    self.suffix = String(String.UnicodeScalarView(suffix.unicodeScalars.prefix(count)))
    (self.start, self.end) = (start, end)
  }

  /// A passage that stands in no text that is known; nil if there is nothing in it.
  ///
  /// - Parameters:
  ///   - quote: the passage as a foreign file has it.
  ///   - version: of the rules by which plain text is made.
  package init?(orphaned quote: String, version: Int) {
    let words = quote.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty else { return nil }
    self.init(
      body: nil, textVersion: version, quote: words, prefix: "", suffix: "", start: 0, end: 0)
  }
}
