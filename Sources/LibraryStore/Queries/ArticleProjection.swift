import Articles
import GRDB
import Replication

/// Keeps the `article`, `article_tag` and `body_use` tables in step with the registers.
struct ArticleProjection {
  private let transaction: StoreTransaction
  private var registers: RegisterScan
  private let selectStored: RawStatement
  private let insertRow: RawStatement
  private let updateRow: RawStatement
  private let updateWholeRow: RawStatement
  private let selectTags: RawStatement
  private let selectUses: RawStatement
  private let insertUse: RawStatement
  private var change = TallyTable.Tally()

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    let db = transaction.db
    registers = try RegisterScan(db)
    selectStored = try RawStatement(
      db,
      """
      SELECT read, starred, \(ArticleProjection.indexed.joined(separator: ", "))
      FROM article WHERE id = ?
      """)
    insertRow = try RawStatement(db, ArticleProjection.insertion)
    updateRow = try RawStatement(db, ArticleProjection.updating(ArticleProjection.plain))
    updateWholeRow = try RawStatement(
      db, ArticleProjection.updating(ArticleProjection.plain + ArticleProjection.indexed))
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

  private static let plain = [
    "title", "url", "author", "editor", "published", "language", "summary", "format", "body",
    "read", "starred", "progress", "rating", "note",
  ]
  /// Columns that an index holds, too: naming one as changed takes its place in the index anew,
  /// whether it changed or not, and seldom one does.
  private static let indexed = ["deleted", "archived", "added", "day", "site"]

  private static var insertion: String {
    let columns = plain + indexed
    return """
      INSERT INTO article(id, key, \(columns.joined(separator: ", ")))
      VALUES (
        ?1, (SELECT key FROM entity WHERE id = ?1)\(String(repeating: ", ?", count: columns.count)))
      """
  }

  private static func updating(_ columns: [String]) -> String {
    let settings = columns.enumerated().map { "\($1) = ?\($0 + 2)" }
    return "UPDATE article SET \(settings.joined(separator: ", ")) WHERE id = ?1"
  }

  /// Projects every article the transaction changed anew.
  mutating func update() throws {
    let changed = transaction.changedArticles.numbers
    // They ascend, which is how registers are walked fast.
    for article in changed { try project(article) }
    registers.close()
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
    var values: [(field: Field, value: Value)] = []
    var uses: [BodyUse] = []
    let interner = transaction.interner
    try registers.walk(of: entity) { register, bytes in
      let field = try interner.field(register.field)
      let value = try Value(canonical: Array(bytes))
      values.append((field, value))
      if ArticleField.namesBody(field), let bytes = value.data,
        let hash = ContentHash(bytes: bytes)
      {
        uses.append(BodyUse(field: register.field, hash: hash))
      }
    }
    let article = Article(registers: values)
    let (old, new) = (try stored(entity), Stored(article))
    if let old { count(old, -1) }
    if old?.isDeleted ?? true, !new.isDeleted { transaction.addedArticles.insert(entity) }
    count(new, 1)
    try write(article, entity: entity, from: old, to: new)
    try write(tags: article.tags, entity: entity, isNew: old == nil)
    try write(article.isDeleted ? [] : uses, entity: entity, isNew: old == nil)
  }

  /// What of an article's row is counted, or indexed.
  fileprivate struct Stored {
    let isRead, isStarred, isDeleted, isArchived: Bool
    let added: Int64
    let day: Int
    /// Its bytes: texts are equal that have different ones.
    let site: [UInt8]?

    func isIndexed(like other: Stored) -> Bool {
      isDeleted == other.isDeleted && isArchived == other.isArchived && added == other.added
        && day == other.day && site == other.site
    }
  }

  private func stored(_ entity: Int64) throws -> Stored? {
    defer { selectStored.reset() }
    selectStored.bind(entity, at: 1)
    guard try selectStored.step() else { return nil }
    return Stored(
      isRead: selectStored.integer(0) != 0, isStarred: selectStored.integer(1) != 0,
      isDeleted: selectStored.integer(2) != 0, isArchived: selectStored.integer(3) != 0,
      added: selectStored.integer(4), day: Int(selectStored.integer(5)),
      site: selectStored.isNull(6) ? nil : selectStored.bytes(6))
  }

  private mutating func count(_ article: Stored, _ step: Int64) {
    guard !article.isDeleted else {
      change.deleted += step
      return
    }
    change.articles += step
    if !article.isRead { change.unread += step }
    if article.isStarred { change.starred += step }
  }

  private func write(
    _ article: Article, entity: Int64, from old: Stored?, to new: Stored
  ) throws {
    let keepsIndexes = old.map { $0.isIndexed(like: new) } ?? false
    let statement = old == nil ? insertRow : keepsIndexes ? updateRow : updateWholeRow
    statement.bind(entity, at: 1)
    statement.bind(article.title, at: 2)
    statement.bind(article.url, at: 3)
    statement.bind(article.author, at: 4)
    statement.bind(article.editor, at: 5)
    statement.bind(article.published, at: 6)
    statement.bind(article.language, at: 7)
    statement.bind(article.summary, at: 8)
    statement.bind(article.format.rawValue, at: 9)
    if let body = article.body { statement.bind(body, at: 10) } else { statement.bindNull(at: 10) }
    statement.bind(article.isRead, at: 11)
    statement.bind(article.isStarred, at: 12)
    statement.bind(Int64(article.progressPercent), at: 13)
    statement.bind(Int64(article.rating), at: 14)
    statement.bind(article.note, at: 15)
    if !keepsIndexes {
      statement.bind(article.isDeleted, at: 16)
      statement.bind(article.isArchived, at: 17)
      statement.bind(article.addedMilliseconds, at: 18)
      statement.bind(Int64(article.day), at: 19)
      statement.bind(article.site, at: 20)
    }
    try statement.run()
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

extension ArticleProjection.Stored {
  fileprivate init(_ article: Article) {
    self.init(
      isRead: article.isRead, isStarred: article.isStarred, isDeleted: article.isDeleted,
      isArchived: article.isArchived, added: article.addedMilliseconds, day: article.day,
      site: article.site.map { Array($0.utf8) })
  }
}

/// A register that names a body.
private struct BodyUse: Equatable {
  let field: Int64
  let hash: ContentHash
}
