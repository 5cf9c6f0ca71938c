import Articles
import Coding
import Documents
import LibraryStore
import Replication

/// A tag and how many articles bear it.
public struct TagCount: Sendable, Hashable, Codable, Identifiable {
  public var id: String { name }
  public let name: String
  public let count: Int
}

extension Library {
  /// Articles that match, with their reader's state.
  public func articles(
    _ query: ArticleQuery = ArticleQuery()
  ) async throws(LibraryError) -> [ArticleRow] {
    try await LibraryError.wrapping { try await store.articles(query) }
  }

  /// How many articles match, whatever the query's limit.
  public func count(of query: ArticleQuery) async throws(LibraryError) -> Int {
    try await LibraryError.wrapping { try await store.count(of: query) }
  }

  /// The short ids of articles, deleted or not.
  public func shortIDs(of ids: Set<ArticleID>) async throws(LibraryError) -> [ArticleID: String] {
    try await LibraryError.wrapping { try await store.shortIDs(of: ids) }
  }

  /// The titles of articles, deleted or not, cut as a list shows them.
  public func titles(of ids: Set<ArticleID>) async throws(LibraryError) -> [ArticleID: String] {
    try await LibraryError.wrapping { try await store.titles(of: ids) }
  }

  /// The ids of articles that match, in order.
  public func articleIDs(_ query: ArticleQuery) async throws(LibraryError) -> [ArticleID] {
    try await LibraryError.wrapping { try await store.articleIDs(query) }
  }

  /// The ids of articles whose titles hold some words, archived ones too, to be changed together.
  ///
  /// Throws `invalid` where there are no words, which would be every article there is.
  public func articleIDs(titled words: String) async throws(LibraryError) -> [ArticleID] {
    guard !words.isBlank else { throw .invalid("a query is not empty") }
    var query = ArticleQuery.all
    query.title = words
    return try await articleIDs(query)
  }

  /// The article that the beginning of an id, or an address, names.
  ///
  /// Throws `noSuchArticle` or `ambiguousArticle`.
  public func article(_ name: String) async throws(LibraryError) -> ArticleRow {
    try await article(name, isListed: false)
  }

  /// The id of the article that the beginning of an id, or an address, names.
  ///
  /// Throws `noSuchArticle` or `ambiguousArticle`.
  public func articleID(of name: String) async throws(LibraryError) -> ArticleID {
    try await article(name, isListed: true).id
  }

  private func article(
    _ name: String, isListed: Bool
  ) async throws(LibraryError) -> ArticleRow {
    let byURL = ArticleID(digest: ContentHash(of: ArticleID.preimage(url: name)))
    let found = try await LibraryError.wrapping {
      try await store.articles(named: name, urlID: byURL, isListed: isListed)
    }
    guard let article = found.first else { throw .noSuchArticle(name) }
    guard found.count == 1 else {
      throw .ambiguousArticle(name, candidates: found.map(\.shortID))
    }
    return article
  }

  /// The article that is to be changed: an id must then have six letters, so that no other word is
  /// taken for one.
  ///
  /// Throws `invalid` for fewer, `noSuchArticle` or `ambiguousArticle`.
  public func articleToChange(_ name: String) async throws(LibraryError) -> ArticleRow {
    guard name.utf8.count >= Library.fewestLetters else {
      throw .invalid(
        "\(name) is no article's id: where something is changed, one has at least six letters")
    }
    return try await article(name)
  }

  private static let fewestLetters = 6

  /// The article of this id, deleted or not; nil if it was never here.
  public func article(_ id: ArticleID) async throws(LibraryError) -> ArticleRow? {
    try await LibraryError.wrapping { try await store.article(id) }
  }

  /// A body's bytes; nil while it is missing here.
  public func body(_ hash: ContentHash) async throws(LibraryError) -> [UInt8]? {
    try await LibraryError.wrapping { try await store.body(hash) }
  }

  /// The text of an article without markup, which highlights are anchored to; nil while its body
  /// is missing here.
  public func plainText(of row: ArticleRow) async throws(LibraryError) -> String? {
    guard let hash = row.article.body, let bytes = try await body(hash) else { return nil }
    return PlainText.text(reading: bytes, as: row.article.format.document)
  }

  /// What ``plainText(of:)`` says, as HTML that is safe to put into a page: without scripts, styles,
  /// images and what is not the article's; nil while its body is missing here.
  public func html(of row: ArticleRow) async throws(LibraryError) -> String? {
    guard let hash = row.article.body, let bytes = try await body(hash) else { return nil }
    var html: [UInt8] = []
    row.article.format.writeHTML(of: bytes) { html += $0 }
    return String(decoding: html, as: UTF8.self)
  }

  /// Every tag in use with the number of its articles.
  public func tags() async throws(LibraryError) -> [TagCount] {
    try await LibraryError.wrapping {
      try await store.tags().map { TagCount(name: $0.name, count: $0.count) }
    }
  }
}
