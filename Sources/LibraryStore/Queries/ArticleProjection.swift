import Articles
import GRDB
import Replication

/// Keeps the `article`, `article_tag` and `body_use` tables in step with the registers.
struct ArticleProjection {
  private let transaction: StoreTransaction
  private let runs: RegisterRunTable
  private let selectFlags: RawStatement
  private let upsert: RawStatement
  private let selectTags: RawStatement
  private let selectUses: RawStatement
  private let insertUse: RawStatement
  private var change = TallyTable.Tally()

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    let db = transaction.db
    runs = try RegisterRunTable(db)
    selectFlags = try RawStatement(
      db, "SELECT deleted, read, starred FROM article WHERE id = ?")
    upsert = try RawStatement(db, ArticleProjection.upsertion)
    // Most changes of an article change neither: looking is cheaper than writing them anew.
    selectTags = try RawStatement(
      db, "SELECT tag FROM article_tag WHERE article = ? ORDER BY tag")
    selectUses = try RawStatement(
      db, "SELECT field, hash FROM body_use WHERE entity = ? ORDER BY field")
    insertUse = try RawStatement(
      db,
      """
      INSERT INTO body_use(hash, entity, field, missing)
      VALUES (?1, ?2, ?3, NOT EXISTS (SELECT 1 FROM body WHERE hash = ?1))
      """)
  }

  private static var upsertion: String {
    let columns = [
      "title", "url", "author", "editor", "site", "published", "language", "summary", "format",
      "body", "added", "read", "starred", "archived", "progress", "rating", "note", "deleted",
    ]
    return """
      INSERT INTO article(id, key, \(columns.joined(separator: ", ")))
      VALUES (
        ?1, (SELECT key FROM entity WHERE id = ?1)\(String(repeating: ", ?", count: columns.count)))
      ON CONFLICT(id) DO UPDATE SET
        \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
      """
  }

  /// Projects every article the transaction changed anew.
  mutating func update() throws {
    let changed = transaction.changedArticles.numbers
    for article in changed { try project(article) }
    try ArticleChanges(transaction.db).note(changed)
    transaction.changedArticles = NumberSet()
    try TallyTable(transaction.db).add(change)
    change = TallyTable.Tally()
  }

  /// Projects every article; `check` compares with this.
  mutating func updateAll() throws {
    try transaction.db.execute(
      sql: "DELETE FROM article; DELETE FROM article_tag; DELETE FROM body_use")
    let select = try RawStatement(
      transaction.db, "SELECT id FROM entity WHERE kind = \(EntityKind.article.number)")
    defer { select.reset() }
    while try select.step() { transaction.changedArticles.insert(select.integer(0)) }
    try update()
    try TallyTable(transaction.db).recount()
  }

  private mutating func project(_ entity: Int64) throws {
    var registers: [(field: Field, value: Value)] = []
    var uses: [BodyUse] = []
    try runs.walk(of: entity) { register, bytes in
      let field = try transaction.interner.field(register.field)
      let value = try Value(canonical: Array(bytes))
      registers.append((field, value))
      if ArticleField.namesBody(field), let bytes = value.data,
        let hash = ContentHash(bytes: bytes)
      {
        uses.append(BodyUse(field: register.field, hash: hash))
      }
    }
    let article = Article(registers: registers)
    let isNew = try !uncount(entity)
    count(1, isDeleted: article.isDeleted, isRead: article.isRead, isStarred: article.isStarred)
    try write(article, entity: entity)
    try write(tags: article.tags, entity: entity, isNew: isNew)
    try write(article.isDeleted ? [] : uses, entity: entity, isNew: isNew)
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

  private func write(_ article: Article, entity: Int64) throws {
    upsert.bind(entity, at: 1)
    upsert.bind(article.title, at: 2)
    upsert.bind(article.url, at: 3)
    upsert.bind(article.author, at: 4)
    upsert.bind(article.editor, at: 5)
    upsert.bind(article.site, at: 6)
    upsert.bind(article.published, at: 7)
    upsert.bind(article.language, at: 8)
    upsert.bind(article.summary, at: 9)
    upsert.bind(article.format.rawValue, at: 10)
    if let body = article.body { upsert.bind(body, at: 11) } else { upsert.bindNull(at: 11) }
    upsert.bind(article.addedMilliseconds, at: 12)
    upsert.bind(article.isRead, at: 13)
    upsert.bind(article.isStarred, at: 14)
    upsert.bind(article.isArchived, at: 15)
    upsert.bind(Int64(article.progressPercent), at: 16)
    upsert.bind(Int64(article.rating), at: 17)
    upsert.bind(article.note, at: 18)
    upsert.bind(article.isDeleted, at: 19)
    try upsert.run()
  }

  private func write(tags: [String], entity: Int64, isNew: Bool) throws {
    guard isNew ? !tags.isEmpty : try storedTags(entity) != tags else { return }
    if !isNew { try delete("article_tag WHERE article", entity) }
    // Tags are bytes, and different ones may read as one text.
    let insert = try RawStatement(
      transaction.db, "INSERT OR IGNORE INTO article_tag(article, tag) VALUES (?, ?)")
    for tag in tags {
      insert.bind(entity, at: 1)
      insert.bind(tag, at: 2)
      try insert.run()
    }
  }

  private func storedTags(_ entity: Int64) throws -> [String] {
    defer { selectTags.reset() }
    selectTags.bind(entity, at: 1)
    var tags: [String] = []
    while try selectTags.step() { tags.append(selectTags.text(0)) }
    return tags
  }

  /// `uses` ascend by field.
  private func write(_ uses: [BodyUse], entity: Int64, isNew: Bool) throws {
    guard isNew ? !uses.isEmpty : try storedUses(entity) != uses else { return }
    if !isNew { try delete("body_use WHERE entity", entity) }
    for use in uses {
      insertUse.bind(use.hash, at: 1)
      insertUse.bind(entity, at: 2)
      insertUse.bind(use.field, at: 3)
      try insertUse.run()
    }
  }

  private func storedUses(_ entity: Int64) throws -> [BodyUse] {
    defer { selectUses.reset() }
    selectUses.bind(entity, at: 1)
    var uses: [BodyUse] = []
    while try selectUses.step() {
      guard let hash = ContentHash(bytes: selectUses.blob(1)) else { return [] }
      uses.append(BodyUse(field: selectUses.integer(0), hash: hash))
    }
    return uses
  }

  private func delete(_ rows: String, _ entity: Int64) throws {
    let delete = try RawStatement(transaction.db, "DELETE FROM \(rows) = ?")
    delete.bind(entity, at: 1)
    try delete.run()
  }
}

/// A register that names a body.
private struct BodyUse: Equatable {
  let field: Int64
  let hash: ContentHash
}
