import Articles
import Foundation
import GRDB
import Replication

extension ReplicaStore {
  /// Articles that match, newest first but for titles and sites, which ascend. Throws ``StoreError``,
  /// ``QueryError``, and what the index throws where the query asks for words.
  ///
  /// - Parameter today: the reader's, in days since 1970; so below.
  package nonisolated func articles(
    _ query: ArticleQuery = ArticleQuery(), today: Int
  ) async throws -> [ArticleRow] {
    let numbers = try await articleNumbers(query, today: today)
    return try await view { try ArticleRow.fetch($0, numbers) }
  }

  /// The numbers of articles that match, in order: all that is held of a list, however long.
  ///
  /// - Parameter progress: told how many of the changed articles are in the index, and how many there are.
  package nonisolated func articleNumbers(
    _ query: ArticleQuery, today: Int,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> [Int64] {
    try await asking(query, today: today, progress: progress) { db, plan in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT article.id FROM article WHERE \(plan.whole.sql)
          ORDER BY \(query.order) LIMIT \(query.limit ?? -1)
          """, arguments: StatementArguments(plan.whole.arguments))
    }
  }

  /// The ids of articles that match, in order.
  ///
  /// - Parameter progress: told how many of the changed articles are in the index, and how many there are.
  package nonisolated func articleIDs(
    _ query: ArticleQuery, today: Int,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> [ArticleID] {
    try await asking(query, today: today, progress: progress) { db, plan in
      let keys = try Data.fetchCursor(
        db,
        sql: """
          SELECT article.key FROM article WHERE \(plan.whole.sql)
          ORDER BY \(query.order) LIMIT \(query.limit ?? -1)
          """, arguments: StatementArguments(plan.whole.arguments))
      return try ArticleRow.ids(keys)
    }
  }

  /// The articles that bear this very tag, archived ones too.
  package nonisolated func articleIDs(tagged tag: String) async throws(StoreError) -> [ArticleID] {
    try await view { db in
      let keys = try Data.fetchCursor(
        db,
        sql: """
          SELECT key FROM article WHERE NOT deleted
            AND id IN (SELECT article FROM article_tag WHERE tag = ?)
          ORDER BY key
          """, arguments: [tag])
      return try ArticleRow.ids(keys)
    }
  }

  /// Articles as a list shows them, in the order of `numbers`, which are few: long texts are cut,
  /// and notes left out.
  package nonisolated func listedArticles(_ numbers: [Int64]) async throws(StoreError)
    -> [ArticleRow]
  {
    try await view { try ArticleRow.fetch($0, numbers, .listed) }
  }

  /// How many articles match, whatever the limit.
  package nonisolated func count(of query: ArticleQuery, today: Int) async throws -> Int {
    try await asking(query, today: today) { db, plan in
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM article WHERE \(plan.whole.sql)",
        arguments: StatementArguments(plan.whole.arguments)) ?? 0
    }
  }

  /// The beginnings of ids that `list` shows, of articles here and those that were here.
  package nonisolated func shortIDs(of ids: Set<ArticleID>) async throws(StoreError) -> [ArticleID:
    String]
  {
    try await view { db in
      var names: [ArticleID: String] = [:]
      for id in ids { names[id] = try ArticleRow.shortID(of: id, db) }
      return names
    }
  }

  /// The titles of articles here and those that were here, cut as lists show them.
  package nonisolated func titles(of ids: Set<ArticleID>) async throws(StoreError) -> [ArticleID:
    String]
  {
    try await view { db in
      let select = try CachedStatement(
        db,
        """
        SELECT substr(title, 1, \(ArticleRow.listedCharacters + 1)) FROM article
        WHERE \(ArticleRow.hasKey)
        """)
      var titles: [ArticleID: String] = [:]
      for id in ids {
        titles[id] = try select.first([.identifier(id.key)]) { ArticleRow.listed($0.text(0)) }
      }
      return titles
    }
  }

  /// The article an id's beginning or an address names: none, one, or several, as a list shows them.
  ///
  /// - Parameters:
  ///   - isListed: whether the texts of one are cut as well.
  ///   - isDeleted: whether to look among deleted articles instead of the others.
  package nonisolated func articles(
    named name: String, urlID: ArticleID, isListed: Bool = false, isDeleted: Bool = false
  ) async throws(StoreError) -> [ArticleRow] {
    let state = isDeleted ? "deleted" : "NOT deleted"
    let extent = isListed ? ArticleRow.Extent.listed : .whole
    return try await view { db in
      let byURL = try ArticleRow.fetch(
        db, "WHERE \(state) AND \(ArticleRow.hasKey)", [Data(urlID.key.bytes)], extent)
      guard byURL.isEmpty, let range = Base32.identifiers(startingWith: name) else { return byURL }
      let found = try ArticleRow.fetch(
        db,
        """
        JOIN entity ON entity.id = article.id
        WHERE kind = \(EntityKind.article.number) AND entity.key BETWEEN ? AND ? AND \(state)
        ORDER BY entity.key LIMIT 8
        """,
        [Data(range.lowerBound.bytes), Data(range.upperBound.bytes)], .listed)
      guard found.count == 1, !isListed, let id = found.first?.id else { return found }
      return try ArticleRow.fetch(db, "WHERE \(ArticleRow.hasKey)", [Data(id.key.bytes)])
    }
  }

  /// The article, deleted or not; nil if it was never here.
  package nonisolated func article(_ id: ArticleID) async throws(StoreError) -> ArticleRow? {
    try await view {
      try ArticleRow.fetch($0, "WHERE \(ArticleRow.hasKey)", [Data(id.key.bytes)]).first
    }
  }

  /// The bytes of a body; nil when it is missing here.
  package nonisolated func body(_ hash: ContentHash) async throws(StoreError) -> [UInt8]? {
    try await view { try BodyReader($0).body(hash) }
  }

  /// How many bytes a body has; nil when it is missing here.
  package nonisolated func length(of hash: ContentHash) async throws(StoreError) -> Int? {
    try await view { db in
      try CachedStatement(db, "SELECT length FROM body WHERE hash = ?")
        .first([.hash(hash)]) { Int($0.integer(0)) }
    }
  }

  /// The first bytes of a body; nil when it is missing here.
  package nonisolated func beginning(
    of hash: ContentHash, upTo count: Int
  ) async throws(StoreError) -> [UInt8]? {
    try await view { try BodyReader($0).beginning(of: hash, upTo: count) }
  }

  /// The number under which lists hold an article; nil if it was never here.
  package nonisolated func number(of id: ArticleID) async throws(StoreError) -> Int64? {
    try await view { db in
      try CachedStatement(db, "SELECT id FROM article WHERE \(ArticleRow.hasKey)")
        .first([.identifier(id.key)]) { $0.integer(0) }
    }
  }

  /// Every tag in use with the number of its articles, by name.
  package nonisolated func tags() async throws(StoreError) -> [(name: String, count: Int)] {
    try await view { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT tag, count(*) AS count FROM article_tag JOIN article ON article.id = article
          WHERE NOT deleted GROUP BY tag ORDER BY tag
          """
      ).map { ($0["tag"], $0["count"]) }
    }
  }

  /// The views, by name.
  package nonisolated func views() async throws(StoreError) -> [ArticleView] {
    try await view { try ViewQuery($0).all() }
  }

  /// Throws ``QueryError`` where the query names views that are not there, or leads to the view whose
  /// query it shall be.
  package nonisolated func check(_ filter: ArticleFilter, of view: String) async throws {
    _ = try await self.view { db in
      Result { try ViewQuery(db).expanded(filter, of: view) }
    }.get()
  }

  /// The view of this name; nil where there is none.
  package nonisolated func view(named name: String) async throws(StoreError) -> ArticleView? {
    try await view { try ViewQuery($0).view(named: name) }
  }
}

extension ArticleRow {
  fileprivate static func ids(_ keys: FastDatabaseValueCursor<Data>) throws -> [ArticleID] {
    var ids: [ArticleID] = []
    while let bytes = try keys.next() {
      guard let key = Identifier(bytes: bytes) else {
        throw StoreError.damaged("an article's key is not sixteen bytes")
      }
      ids.append(ArticleID(key: key))
    }
    return ids
  }
}
