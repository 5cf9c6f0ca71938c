import Articles
import Foundation
import GRDB
import Replication

/// Keeps the `article`, `article_tag` and `body_use` tables in step with the registers.
struct ArticleProjection {
  private let transaction: StoreTransaction
  private let select: RawStatement
  private let selectFlags: RawStatement
  private var change = TallyTable.Tally()
  private let insert: RawStatement
  private let replace: RawStatement
  private let insertUse: RawStatement
  private let noteChanges: RawStatement

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    let db = transaction.db
    select = try RawStatement(db, "SELECT field, value FROM register WHERE entity = ?")
    selectFlags = try RawStatement(
      db, "SELECT deleted, read, starred FROM article WHERE id = ?")
    insert = try RawStatement(db, ArticleProjection.insertion("INSERT"))
    replace = try RawStatement(db, ArticleProjection.insertion("REPLACE"))
    insertUse = try RawStatement(
      db,
      """
      INSERT INTO body_use(hash, entity, field, missing)
      VALUES (?1, ?2, ?3, NOT EXISTS (SELECT 1 FROM body WHERE hash = ?1))
      """)
    noteChanges = try RawStatement(
      db,
      """
      INSERT INTO article_change(revision, first, last) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET last = max(last, excluded.last)
      """)
  }

  private static func insertion(_ verb: String) -> String {
    """
    \(verb) INTO article(
      id, key, title, url, author, editor, site, published, language, summary, format, body,
      added, read, starred, archived, progress, rating, note, deleted)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  }

  /// Projects every article the transaction changed anew.
  mutating func update() throws {
    let changed = transaction.changedArticles.sorted { $0.key < $1.key }
    for (entity, id) in changed { try project(entity, as: id) }
    try note(changed.map(\.key))
    transaction.changedArticles = [:]
    try TallyTable(transaction.db).add(change)
    change = TallyTable.Tally()
  }

  /// Notes the change of articles, ascending. Those that came together have neighbouring ids.
  private func note(_ articles: [Int64]) throws {
    var rest = articles[...]
    while let first = rest.first {
      let count = zip(rest, first...).prefix { $0 == $1 }.count
      noteChanges.bind(transaction.revision, at: 1)
      noteChanges.bind(first, at: 2)
      noteChanges.bind(first + Int64(count) - 1, at: 3)
      try noteChanges.run()
      rest = rest.dropFirst(count)
    }
  }

  /// Projects every article; `check` compares with this.
  mutating func updateAll() throws {
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
    try TallyTable(transaction.db).recount()
  }

  /// Puts one row in the place of all changes, by which every article changed just now: whoever
  /// follows the library looks at all of them once.
  static func joinChanges(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM article_change;
        INSERT INTO article_change(revision, first, last)
        SELECT (SELECT revision FROM state), min(id), max(id) FROM article HAVING count(*) > 0
        """)
  }

  private mutating func project(_ entity: Int64, as id: ArticleID) throws {
    var registers: [(field: Field, value: Value)] = []
    var uses: [(field: Int64, hash: ContentHash)] = []
    select.bind(entity, at: 1)
    while try select.step() {
      let field = try transaction.interner.field(select.integer(0))
      let value = try Value(canonical: select.bytes(1))
      registers.append((field, value))
      if ArticleField.namesBody(field), let bytes = value.data,
        let hash = ContentHash(bytes: bytes)
      {
        uses.append((select.integer(0), hash))
      }
    }
    select.reset()
    let article = Article(registers: registers)
    let isNew = try !uncount(entity)
    if !isNew { try forgetRows(of: entity) }
    count(1, isDeleted: article.isDeleted, isRead: article.isRead, isStarred: article.isStarred)
    try write(article, entity: entity, id: id, with: isNew ? insert : replace)
    try write(tags: article.tags, entity: entity)
    if !article.isDeleted { try write(uses, entity: entity) }
  }

  /// Takes an article's row out of the tally; returns whether there is one.
  private mutating func uncount(_ entity: Int64) throws -> Bool {
    defer { selectFlags.reset() }
    selectFlags.bind(entity, at: 1)
    guard try selectFlags.step() else { return false }
    count(
      -1, isDeleted: selectFlags.integer(0) != 0, isRead: selectFlags.integer(1) != 0,
      isStarred: selectFlags.integer(2) != 0)
    return true
  }

  private mutating func count(_ step: Int64, isDeleted: Bool, isRead: Bool, isStarred: Bool) {
    guard !isDeleted else {
      change.deleted += step
      return
    }
    change.articles += step
    if !isRead { change.unread += step }
    if isStarred { change.starred += step }
  }

  private func forgetRows(of entity: Int64) throws {
    for table in ["article_tag WHERE article", "body_use WHERE entity"] {
      let delete = try RawStatement(transaction.db, "DELETE FROM \(table) = ?")
      delete.bind(entity, at: 1)
      try delete.run()
    }
  }

  private func write(
    _ article: Article, entity: Int64, id: ArticleID, with statement: RawStatement
  ) throws {
    statement.bind(entity, at: 1)
    statement.bind(id.key, at: 2)
    statement.bind(article.title, at: 3)
    statement.bind(article.url, at: 4)
    statement.bind(article.author, at: 5)
    statement.bind(article.editor, at: 6)
    statement.bind(article.site, at: 7)
    statement.bind(article.published, at: 8)
    statement.bind(article.language, at: 9)
    statement.bind(article.summary, at: 10)
    statement.bind(article.format.rawValue, at: 11)
    if let body = article.body { statement.bind(body, at: 12) } else { statement.bindNull(at: 12) }
    statement.bind(article.addedMilliseconds, at: 13)
    statement.bind(article.isRead, at: 14)
    statement.bind(article.isStarred, at: 15)
    statement.bind(article.isArchived, at: 16)
    statement.bind(Int64(article.progressPercent), at: 17)
    statement.bind(Int64(article.rating), at: 18)
    statement.bind(article.note, at: 19)
    statement.bind(article.isDeleted, at: 20)
    try statement.run()
  }

  private func write(tags: [String], entity: Int64) throws {
    guard !tags.isEmpty else { return }
    // Tags are bytes, and different ones may read as one text.
    let insert = try RawStatement(
      transaction.db, "INSERT OR IGNORE INTO article_tag(article, tag) VALUES (?, ?)")
    for tag in tags {
      insert.bind(entity, at: 1)
      insert.bind(tag, at: 2)
      try insert.run()
    }
  }

  private func write(_ uses: [(field: Int64, hash: ContentHash)], entity: Int64) throws {
    for use in uses {
      insertUse.bind(use.hash, at: 1)
      insertUse.bind(entity, at: 2)
      insertUse.bind(use.field, at: 3)
      try insertUse.run()
    }
  }
}
