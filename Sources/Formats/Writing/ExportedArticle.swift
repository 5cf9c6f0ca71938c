import Articles

/// An article on its way out of a library: its name there, and what an importer would read of it.
package struct ExportedArticle: Sendable {
  package let id: ArticleID
  /// Its facts, text and images with the state its reader gave it.
  package let draft: ArticleDraft

  package init(_ id: ArticleID, _ draft: ArticleDraft) {
    self.id = id
    self.draft = draft
  }
}
