import Articles

/// An article on its way out of a library: its name there, and what an importer would read of it.
package struct ExportedArticle: Sendable {
  package let id: ArticleID
  /// Its facts, text and images with the state its reader gave it.
  package let draft: ArticleDraft
  /// Whether its text is here; the draft's is empty where it is not.
  package let hasText: Bool

  /// - Parameters:
  ///   - id: what the library calls it.
  ///   - draft: what an importer would read of it.
  ///   - hasText: whether its text is here.
  package init(_ id: ArticleID, _ draft: ArticleDraft, hasText: Bool = true) {
    self.id = id
    self.draft = draft
    self.hasText = hasText
  }
}
