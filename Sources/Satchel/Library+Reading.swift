import Articles
import Coding
import Documents
import Foundation
import LibraryStore
import Replication

/// A tag and how many articles bear it.
public struct TagCount: Sendable, Hashable, Codable, Identifiable {
  public var id: String { name }
  public let name: String
  public let count: Int
}

extension Library {
  /// The reader's day, in days since 1970.
  var today: Int {
    let seconds = Int(now() / 1_000)
    var (time, parts) = (time_t(seconds), tm())
    localtime_r(&time, &parts)
    return (seconds + parts.tm_gmtoff) / 86_400
  }

  /// Articles that match, with their reader's state.
  public func articles(
    _ query: ArticleQuery = ArticleQuery()
  ) async throws(LibraryError) -> [ArticleRow] {
    try await LibraryError.wrapping { try await store.articles(query, today: today) }
  }

  /// How many articles match, whatever the query's limit.
  public func count(of query: ArticleQuery) async throws(LibraryError) -> Int {
    try await LibraryError.wrapping { try await store.count(of: query, today: today) }
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
    try await LibraryError.wrapping { try await store.articleIDs(query, today: today) }
  }

  /// The ids of the articles that a query means which are to be changed together, archived ones too.
  ///
  /// Throws `invalid` for a query that says nothing, which would be every article there is.
  public func articleIDs(toChange filter: ArticleFilter) async throws(LibraryError) -> [ArticleID] {
    try await findArticles(toChange: filter).result()
  }

  /// The same as work: a query with words brings the index up to date first, which takes a while the
  /// first time.
  public func findArticles(toChange filter: ArticleFilter) -> Work<[ArticleID]> {
    Work { progress in
      guard filter != .everything else { throw LibraryError.invalid("a query is not empty") }
      return try await store.articleIDs(
        ArticleQuery(filter, includingArchived: true), today: today
      ) { progress(WorkProgress(.articles, done: $0, total: $1)) }
    }
  }

  /// The article that the beginning of an id, or an address, names; a deleted one where no other is
  /// named so.
  ///
  /// Throws `noSuchArticle` or `ambiguousArticle`.
  public func article(_ name: String) async throws(LibraryError) -> ArticleRow {
    try await one(of: named(name), name)
  }

  /// The id of the article that the beginning of an id, or an address, names; of a deleted one where no
  /// other is named so.
  ///
  /// Throws `noSuchArticle` or `ambiguousArticle`.
  public func articleID(of name: String) async throws(LibraryError) -> ArticleID {
    try await one(of: named(name, isListed: true), name).id
  }

  /// The article that is to be changed: an id must then have six letters, so that no other word is
  /// taken for one.
  ///
  /// Throws `invalid` for fewer, `noSuchArticle`, `ambiguousArticle`, or `deletedArticle` for one that
  /// must be restored first.
  public func articleToChange(_ name: String) async throws(LibraryError) -> ArticleRow {
    let article = try await articleToRestore(name)
    guard !article.article.isDeleted else { throw .deletedArticle(article.shortID) }
    return article
  }

  /// The article that is to be restored, or something of it: a deleted one where no other is named so.
  ///
  /// Throws `invalid` for fewer than six letters, `noSuchArticle` or `ambiguousArticle`.
  public func articleToRestore(_ name: String) async throws(LibraryError) -> ArticleRow {
    guard name.utf8.count >= Library.fewestLetters else {
      throw .invalid(
        "\(name) is no article's id: where something is changed, one has at least six letters")
    }
    return try await article(name)
  }

  /// Those that are named so; deleted ones where no others are.
  private func named(
    _ name: String, isListed: Bool = false
  ) async throws(LibraryError) -> [ArticleRow] {
    let byURL = ArticleID(digest: ContentHash(of: ArticleID.preimage(url: name)))
    return try await LibraryError.wrapping {
      let found = try await store.articles(named: name, urlID: byURL, isListed: isListed)
      guard found.isEmpty else { return found }
      return try await store.articles(
        named: name, urlID: byURL, isListed: isListed, isDeleted: true)
    }
  }

  private func one(of found: [ArticleRow], _ name: String) throws(LibraryError) -> ArticleRow {
    guard let article = found.first else { throw .noSuchArticle(name) }
    guard found.count == 1 else {
      throw .ambiguousArticle(name, candidates: found.map(\.shortID))
    }
    return article
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

  /// How many bytes a body has; nil while it is missing here.
  package func length(of hash: ContentHash) async throws(LibraryError) -> Int? {
    try await LibraryError.wrapping { try await store.length(of: hash) }
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
