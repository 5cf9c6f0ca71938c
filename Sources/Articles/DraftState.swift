/// What a reader made of an article elsewhere, as an importer found it; nil where that says nothing.
///
/// It never changes what a library's own reader did: each part is written only where nothing ever
/// was, as old as it is (Protocol 5.5).
public struct DraftState: Sendable, Equatable {
  public var isRead: Bool?
  public var isStarred: Bool?
  public var isArchived: Bool?
  /// Percent, 0 to 100.
  public var progressPercent: Int?
  /// Stars, 0 to 5.
  public var rating: Int?
  public var note: String?
  /// When its reader saved it, in milliseconds since 1970.
  public var addedMilliseconds: Int64?
  /// When all this was so, in milliseconds since 1970; nil for when it was saved.
  public var changedMilliseconds: Int64?
  /// In the order of the text. Those whose words do not stand in it become orphans.
  public var highlights: [HighlightDraft] = []

  public init() {}

  /// The time under which it is recorded; nil where none is known.
  package var recordedMilliseconds: Int64? { changedMilliseconds ?? addedMilliseconds }
}

/// A passage that a reader marked elsewhere.
public struct HighlightDraft: Sendable, Equatable {
  /// The passage as it was exported, which need not be the text's spelling of it.
  public var quote: String
  public var note: String?
  /// The name of a color, such as `yellow`.
  public var color: String?
  /// In milliseconds since 1970.
  public var createdMilliseconds: Int64?
  /// What it is called in the library it comes from; nil where it comes from elsewhere.
  public var id: HighlightID?
  /// Where it stood there; nil where nothing but its words is known.
  public var anchor: HighlightAnchor?

  /// - Parameter quote: the passage.
  public init(quote: String) {
    self.quote = quote
  }

  /// What a library hands to a writer of a foreign format.
  ///
  /// - Parameters:
  ///   - id: what it is called there.
  ///   - highlight: all that is known of it.
  package init(_ id: HighlightID, _ highlight: Highlight) {
    self.init(quote: highlight.anchor.quote)
    self.id = id
    anchor = highlight.anchor
    (note, color) = (highlight.note, highlight.color)
    createdMilliseconds = highlight.addedMilliseconds
  }
}
