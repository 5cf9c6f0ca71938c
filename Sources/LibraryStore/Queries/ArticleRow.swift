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

  /// Those of these numbers, in their order; what is not there any more is left out.
  static func fetch(
    _ db: Database, _ numbers: [Int64], _ extent: Extent = .whole
  ) throws -> [ArticleRow] {
    var rows: [ArticleRow] = []
    var rest = numbers[...]
    while !rest.isEmpty {
      let part = rest.prefix(512)
      rest = rest.dropFirst(part.count)
      let list = part.map(String.init).joined(separator: ",")
      let found = try numbered(db, "WHERE id IN (\(list))", [], extent)
      let byNumber = Dictionary(
        found.map { ($0.number, $0.row) }, uniquingKeysWith: { first, _ in first })
      rows += part.compactMap { byNumber[$0] }
    }
    return rows
  }

  private static func numbered(
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
  static func shortID(of id: ArticleID, _ db: Database) throws -> String {
    try shortID(of: id.key, kind: .article, db)
  }

  /// The same of another entity with such an id.
  static func shortID(of key: Identifier, kind: EntityKind, _ db: Database) throws -> String {
    let text = Base32.text(of: key.bytes)
    var length = 8
    for sql in [
      "SELECT key FROM entity WHERE kind = ? AND key < ? ORDER BY key DESC LIMIT 1",
      "SELECT key FROM entity WHERE kind = ? AND key > ? ORDER BY key LIMIT 1",
    ] {
      let neighbor = try CachedStatement(db, sql)
        .first([.integer(kind.number), .identifier(key)]) { $0.identifier(0) }
      guard let key = neighbor.flatMap(\.self) else { continue }
      let shared = zip(text.utf8, Base32.text(of: key.bytes).utf8).prefix { $0 == $1 }.count
      length = max(length, shared + 1)
    }
    return String(text.prefix(length))
  }
}
