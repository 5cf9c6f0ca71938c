import Articles

/// What a search found.
public struct SearchResults: Sendable, Hashable, Codable {
  /// The best first, as many as were asked for.
  public var hits: [Hit] = []
  /// How many articles match.
  public var matches = 0

  public struct Hit: Sendable, Hashable, Codable, Identifiable {
    public var id: ArticleID { article.id }
    public let article: ArticleRow
    /// The text around what was found, or its beginning where that is only in the title, the note or
    /// the like; nil while the text is missing here.
    public let snippet: SearchSnippet?

    package init(article: ArticleRow, snippet: SearchSnippet?) {
      (self.article, self.snippet) = (article, snippet)
    }
  }
}

/// The articles that a search found, by their numbers, in its order.
package struct FoundArticles: Sendable {
  package let numbers: [Int64]
  /// What is shown as found in a text.
  let shown: [SearchTerm]

  /// Whether words were looked for, so that snippets show something.
  package var holdsWords: Bool { !shown.isEmpty }
}
