import Articles

/// A page of a source, and what an import made of it (Protocol 5.13).
package struct SourcePage: Sendable {
  /// The source's place.
  package let source: String
  /// Below the source, as people are shown it.
  package let page: String
  /// Nil for a page that holds none.
  package let article: ArticleID?
  /// The tags that came with it.
  package let tags: [String]
  /// Where the images lie that it names.
  package let images: [String]
  /// The name of the blob that was read; nil for a file.
  package let mark: String?

  package init(
    source: String, page: String, article: ArticleID?, tags: [String] = [], images: [String] = [],
    mark: String? = nil
  ) {
    (self.source, self.page, self.article) = (source, page, article)
    (self.tags, self.images, self.mark) = (tags, images, mark)
  }
}

/// What is remembered of a source as a whole.
package struct RememberedSource: Sendable {
  /// How its pages were read last.
  package let manner: String
  /// The commit that was imported whole; nil for a folder.
  package let commit: String?
  /// How many pages it had.
  package let pages: Int
}

/// A page that a source had, with one of the articles that it brought.
package struct RememberedPage: Sendable {
  package let page: String
  /// Nil for a page that holds none, and for an image.
  package let article: ArticleID?
  /// The name of the blob that was read; nil for a file.
  package let mark: String?
}

/// What an import saw of a source.
package struct SourceSurvey: Sendable {
  package let place: String
  package let manner: String
  /// The commit that was imported whole; nil for a folder, and where a page was skipped.
  package var commit: String?
  /// Whether the source still has a page with this article; nil where it is what it was.
  package var hasPage: (@Sendable (_ page: String, _ article: ArticleID?) -> Bool)?
  /// Whether the import brought the article, from whatever page.
  package var hasArticle: @Sendable (ArticleID) -> Bool = { _ in false }

  package init(place: String, manner: String) {
    (self.place, self.manner) = (place, manner)
  }
}

/// An article whose pages are all gone.
package struct GoneArticle: Sendable {
  package let id: ArticleID
  package let source: String
  /// One of its pages that were there.
  package let page: String
  /// Whether somebody marked it, so that it is not pruned.
  package let isMarked: Bool
  /// Whether it was there when the source was imported before.
  package let isNew: Bool
}

/// What sources came to after an import.
package struct SourceState: Sendable {
  package fileprivate(set) var gone: [GoneArticle] = []
  /// How many articles each brought.
  package fileprivate(set) var articles: [String: Int] = [:]

  package init() {}

  mutating func add(_ article: GoneArticle) { gone.append(article) }
  mutating func count(_ articles: Int, of source: String) { self.articles[source] = articles }
}
