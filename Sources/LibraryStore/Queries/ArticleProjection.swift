import Articles
import Foundation
import GRDB
import Replication

/// Keeps the `article`, `article_tag` and `body_use` tables in step with the registers.
struct ArticleProjection {
  private let transaction: StoreTransaction
  private let select: RawStatement

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    select = try RawStatement(
      transaction.db, "SELECT field, value FROM register WHERE entity = ?")
  }

  /// Projects every article the transaction changed anew.
  func update() throws {
    for (entity, id) in transaction.changedArticles.sorted(by: { $0.key < $1.key }) {
      try project(entity, as: id)
    }
    transaction.changedArticles = [:]
  }

  /// Projects every article; `check` compares with this.
  func updateAll() throws {
    try transaction.db.execute(
      sql: "DELETE FROM article; DELETE FROM article_tag; DELETE FROM body_use")
    let select = try RawStatement(
      transaction.db, "SELECT id, key FROM entity WHERE kind = \(EntityKind.article.number)")
    defer { select.reset() }
    while try select.step() {
      guard let key = Identifier(bytes: select.blob(1)) else {
        throw StoreError.damaged("an entity's key is not sixteen bytes")
      }
      transaction.changedArticles[select.integer(0)] = ArticleID(key: key)
    }
    try update()
  }

  private func project(_ entity: Int64, as id: ArticleID) throws {
    var registers: [(field: Field, value: Value)] = []
    var uses: [(field: Int64, hash: [UInt8])] = []
    select.bind(entity, at: 1)
    while try select.step() {
      let field = try transaction.interner.field(select.integer(0))
      let value = try Value(canonical: select.bytes(1))
      registers.append((field, value))
      if ArticleField.namesBody(field), let hash = value.data, hash.count == 32 {
        uses.append((select.integer(0), hash))
      }
    }
    select.reset()
    let article = Article(registers: registers)
    try write(article, entity: entity, id: id)
    try write(tags: article.tags, entity: entity)
    try write(uses: article.isDeleted ? [] : uses, entity: entity)
  }

  private func write(_ article: Article, entity: Int64, id: ArticleID) throws {
    let statement = try transaction.db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO article(
          id, key, title, url, author, editor, site, published, language, summary, format, body,
          added, read, starred, archived, progress, rating, note, deleted)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      entity, Data(id.key.bytes), article.title, article.url, article.author, article.editor,
      article.site, article.published, article.language, article.summary,
      article.format.rawValue, article.body.map { Data($0.bytes) },
      article.addedMilliseconds, article.isRead, article.isStarred, article.isArchived,
      article.progressPercent, article.rating, article.note, article.isDeleted,
    ])
  }

  private func write(tags: [String], entity: Int64) throws {
    let delete = try RawStatement(transaction.db, "DELETE FROM article_tag WHERE article = ?")
    delete.bind(entity, at: 1)
    try delete.run()
    guard !tags.isEmpty else { return }
    // Tags are bytes, and different ones may read as one text.
    let insert = try transaction.db.cachedStatement(
      sql: "INSERT OR IGNORE INTO article_tag(article, tag) VALUES (?, ?)")
    for tag in tags { try insert.execute(arguments: [entity, tag]) }
  }

  private func write(uses: [(field: Int64, hash: [UInt8])], entity: Int64) throws {
    let delete = try RawStatement(transaction.db, "DELETE FROM body_use WHERE entity = ?")
    delete.bind(entity, at: 1)
    try delete.run()
    let insert = try RawStatement(
      transaction.db,
      """
      INSERT INTO body_use(hash, entity, field, missing)
      VALUES (?1, ?2, ?3, NOT EXISTS (SELECT 1 FROM body WHERE hash = ?1))
      """)
    for use in uses {
      insert.bind(use.hash, at: 1)
      insert.bind(entity, at: 2)
      insert.bind(use.field, at: 3)
      try insert.run()
    }
  }
}
