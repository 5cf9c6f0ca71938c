import Articles
import Foundation
import GRDB
import Replication

/// An article as queries return it.
public struct ArticleRow: Sendable, Hashable, Codable, Identifiable {
  public let id: ArticleID
  /// The shortest unique beginning of the id's text, at least eight letters.
  public let shortID: String
  public let article: Article
  /// The text's length in bytes; nil when the body is missing here.
  public let bodyLength: Int?
  /// Whether something an author wrote of it is not shown.
  public let hasConflict: Bool

  /// A row for previews and tests of what shows rows; those of a library come from its queries.
  ///
  /// - Parameter shortID: the first eight letters of the id where it is nil.
  public init(
    id: ArticleID, shortID: String? = nil, article: Article, bodyLength: Int? = nil,
    hasConflict: Bool = false
  ) {
    self.id = id
    self.shortID = shortID ?? String(id.description.prefix(8))
    self.article = article
    self.bodyLength = bodyLength
    self.hasConflict = hasConflict
  }
}

/// Which articles, in what order.
public struct ArticleQuery: Sendable {
  public var title: String?
  public var isRead: Bool?
  public var isStarred: Bool?
  /// Nil for both.
  public var isArchived: Bool? = false
  public var tag: String?
  public var site: String?
  /// ISO 8601; published on or after it.
  public var since: String?
  /// ISO 8601; published before it.
  public var before: String?
  public var sort = Sort.published
  public var isReversed = false
  public var limit: Int?

  public enum Sort: String, Sendable, CaseIterable {
    case added
    /// The day of publication, or of adding where that is not known.
    case published
    case title, site
  }

  public init() {}

  public static var all: ArticleQuery {
    var query = ArticleQuery()
    query.isArchived = nil
    return query
  }
}

extension ReplicaStore {
  /// Articles that match, newest first but for titles and sites, which ascend.
  package nonisolated func articles(_ query: ArticleQuery = ArticleQuery()) async throws(StoreError)
    -> [ArticleRow]
  {
    try await view { db in
      let (conditions, arguments) = query.conditions
      let sql = """
        WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(query.order)
        LIMIT \(query.limit ?? -1)
        """
      return try ArticleRow.fetch(db, sql, arguments)
    }
  }

  /// The numbers of articles that match, in order: all that is held of a list, however long.
  package nonisolated func articleNumbers(_ query: ArticleQuery) async throws(StoreError) -> [Int64]
  {
    try await view { db in
      let (conditions, arguments) = query.conditions
      return try Int64.fetchAll(
        db,
        sql: """
          SELECT id FROM article WHERE \(conditions.joined(separator: " AND "))
          ORDER BY \(query.order) LIMIT \(query.limit ?? -1)
          """, arguments: arguments)
    }
  }

  /// The ids of articles that match, in order.
  package nonisolated func articleIDs(_ query: ArticleQuery) async throws(StoreError) -> [ArticleID]
  {
    try await view { db in
      let (conditions, arguments) = query.conditions
      let keys = try Data.fetchCursor(
        db,
        sql: """
          SELECT key FROM article WHERE \(conditions.joined(separator: " AND "))
          ORDER BY \(query.order) LIMIT \(query.limit ?? -1)
          """, arguments: arguments)
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

  /// Articles as a list shows them, in the order of `numbers`, which are few: long texts are cut,
  /// and notes left out. What was deleted meanwhile is left out, too.
  package nonisolated func listedArticles(_ numbers: [Int64]) async throws(StoreError)
    -> [ArticleRow]
  {
    try await view { db in
      let list = numbers.map(String.init).joined(separator: ",")
      let rows = try ArticleRow.numbered(db, "WHERE id IN (\(list)) AND NOT deleted", [], .listed)
      let found = Dictionary(
        rows.map { ($0.number, $0.row) }, uniquingKeysWith: { first, _ in first })
      return numbers.compactMap { found[$0] }
    }
  }

  /// How many articles match, whatever the limit.
  package nonisolated func count(of query: ArticleQuery) async throws(StoreError) -> Int {
    try await view { db in
      let (conditions, arguments) = query.conditions
      return try Int.fetchOne(
        db, sql: "SELECT count(*) FROM article WHERE \(conditions.joined(separator: " AND "))",
        arguments: arguments) ?? 0
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
  /// - Parameter isListed: whether the texts of one are cut as well.
  package nonisolated func articles(
    named name: String, urlID: ArticleID, isListed: Bool = false
  ) async throws(StoreError) -> [ArticleRow] {
    let extent = isListed ? ArticleRow.Extent.listed : .whole
    return try await view { db in
      let byURL = try ArticleRow.fetch(
        db, "WHERE NOT deleted AND \(ArticleRow.hasKey)", [Data(urlID.key.bytes)], extent)
      guard byURL.isEmpty, let range = Base32.identifiers(startingWith: name) else { return byURL }
      let found = try ArticleRow.fetch(
        db,
        """
        JOIN entity ON entity.id = article.id
        WHERE kind = \(EntityKind.article.number) AND entity.key BETWEEN ? AND ? AND NOT deleted
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
}

extension ArticleQuery {
  /// What an article's row must fulfil, and the values for that; never empty.
  var conditions: (sql: [String], arguments: StatementArguments) {
    var conditions = ["NOT deleted"]
    var arguments = StatementArguments()
    func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      conditions.append(condition)
      arguments += [value]
    }
    add("(instr(lower(title), lower(?)) > 0)", title)
    add("read = ?", isRead)
    add("starred = ?", isStarred)
    // Spelt so that the index of the newest serves.
    if let isArchived { conditions.append(isArchived ? "archived" : "NOT archived") }
    add("id IN (SELECT article FROM article_tag WHERE tag = ?)", tag)
    add("site = ?", site)
    add("published >= ?", since)
    add("published < ?", before)
    return (conditions, arguments)
  }
}

extension ArticleQuery {
  fileprivate var order: String {
    let (down, up) = isReversed ? ("ASC", "DESC") : ("DESC", "ASC")
    return switch sort {
    case .added: "added \(down), key \(up)"
    case .published: "day \(down), added \(down), key \(up)"
    // Sorting holds what it sorts by.
    case .title: "substr(title, 1, 200) \(up), key \(up)"
    case .site: "site IS NULL, site \(up), day \(down), key \(up)"
    }
  }
}

extension ArticleRow {
  /// What follows FROM where articles' entities are looked through.
  private static let entities = "entity WHERE kind = \(EntityKind.article.number)"
  /// The condition that a row of `article` is of the key that is bound next.
  ///
  /// It is found by its entity: an index of the same keys of their own would be one more place for
  /// every new article, somewhere in a large table.
  static let hasKey = "id = (SELECT id FROM \(entities) AND key = ?)"

  /// How much of its texts a row holds.
  enum Extent {
    case whole
    /// As a list shows them: a member can write megabytes where a title is expected.
    case listed

    /// Each by its name, so that a table that lacks one is refused before its rows are read.
    fileprivate var columns: String {
      "article.id, article.key\(ArticleColumn.ordered.map { ", \(expression($0))" }.joined())"
    }

    private func expression(_ column: ArticleColumn) -> String {
      switch self == .whole ? .whole : column.listing {
      case .whole: "article.\(column.name)"
      case .beginning:
        "substr(article.\(column.name), 1, \(ArticleRow.listedCharacters + 1)) AS \(column.name)"
      case .nothing: "NULL AS \(column.name)"
      }
    }

    /// A column's value as it is shown: what was cut ends in dots.
    fileprivate func shown(_ value: DatabaseValue) -> DatabaseValue {
      guard self == .listed, case .string(let text) = value.storage else { return value }
      return ArticleRow.listed(text).databaseValue
    }
  }

  /// How many characters of a text a list shows, and how many tags.
  public static let listedCharacters = 1_000
  public static let listedTags = 200

  /// A text as a list shows it.
  public static func listed(_ text: String) -> String {
    guard text.unicodeScalars.count > listedCharacters else { return text }
    return "\(String(text.unicodeScalars.prefix(listedCharacters)))…"
  }

  static func fetch(
    _ db: Database, _ clauses: String, _ arguments: StatementArguments, _ extent: Extent = .whole
  ) throws -> [ArticleRow] {
    try numbered(db, clauses, arguments, extent).map(\.row)
  }

  fileprivate static func numbered(
    _ db: Database, _ clauses: String, _ arguments: StatementArguments, _ extent: Extent
  ) throws -> [(number: Int64, row: ArticleRow)] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(extent.columns), (SELECT length FROM body WHERE hash = article.body) AS body_length,
          EXISTS (SELECT 1 FROM sibling WHERE entity = article.id) AS has_siblings
        FROM article \(clauses)
        """, arguments: arguments)
    // Few articles have siblings, and not each of those is a conflict.
    let conflicts =
      try rows.contains { $0["has_siblings"] } ? ConflictQuery(StoreTransaction(db)) : nil
    return try rows.map { row in
      let article = try ArticleRow(
        row, hasConflict: row["has_siblings"] && conflicts?.isInConflict(row["id"]) == true,
        extent, db)
      return (row["id"], article)
    }
  }

  private init(_ row: Row, hasConflict: Bool, _ extent: Extent, _ db: Database) throws {
    self.hasConflict = hasConflict
    guard let key = Identifier(bytes: row["key"] as Data) else {
      throw StoreError.damaged("an article's key is not sixteen bytes")
    }
    id = ArticleID(key: key)
    shortID = try ArticleRow.shortID(of: id, db)
    bodyLength = row["body_length"]
    var article = Article()
    for column in ArticleColumn.ordered {
      column.read(&article, extent.shown(row[column.name]))
    }
    article.tags = try ArticleRow.tags(
      of: row["id"], extent == .listed ? ArticleRow.listedTags : -1, db)
    self.article = article
  }

  private static func tags(of article: Int64, _ limit: Int, _ db: Database) throws -> [String] {
    let statement = try db.cachedStatement(
      sql: "SELECT tag FROM article_tag WHERE article = ? ORDER BY tag LIMIT ?")
    return try String.fetchAll(statement, arguments: [article, limit])
  }

  /// Long enough to tell the article from its neighbors in key order.
  fileprivate static func shortID(of id: ArticleID, _ db: Database) throws -> String {
    let text = id.description
    var length = 8
    for sql in [
      "SELECT key FROM \(entities) AND key < ? ORDER BY key DESC LIMIT 1",
      "SELECT key FROM \(entities) AND key > ? ORDER BY key LIMIT 1",
    ] {
      let neighbor = try CachedStatement(db, sql)
        .first([.identifier(id.key)]) { $0.identifier(0) }
      guard let key = neighbor.flatMap(\.self) else { continue }
      let shared = zip(text.utf8, ArticleID(key: key).description.utf8).prefix { $0 == $1 }.count
      length = max(length, shared + 1)
    }
    return String(text.prefix(length))
  }
}
