import Articles
import GRDB
import Replication

/// Keeps the `article`, `article_tag` and `body_use` tables in step with the registers.
struct ArticleProjection {
  private let transaction: StoreTransaction
  private var registers: RegisterScan
  private let selectStored: CachedStatement
  private let insertRow: CachedStatement
  private let updateRow: CachedStatement
  private let updateWholeRow: CachedStatement
  private let selectTags: CachedStatement
  private let selectUses: CachedStatement
  private let insertUse: CachedStatement
  private let bin: BinTable
  private var change = TallyTable.Tally()

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    let db = transaction.db
    registers = try RegisterScan(db)
    selectStored = try CachedStatement(
      db,
      """
      SELECT read, starred, deleted, \(ArticleColumn.indexed.map(\.name).joined(separator: ", "))
      FROM article WHERE id = ?
      """)
    insertRow = try CachedStatement(db, ArticleProjection.insertion)
    updateRow = try CachedStatement(db, ArticleProjection.updating(ArticleColumn.plain))
    updateWholeRow = try CachedStatement(db, ArticleProjection.updating(ArticleColumn.ordered))
    // Most changes of an article change neither: looking is cheaper than writing them anew.
    selectTags = try CachedStatement(
      db, "SELECT tag FROM article_tag WHERE article = ? ORDER BY tag")
    selectUses = try CachedStatement(
      db, "SELECT field, hash FROM body_use WHERE entity = ? ORDER BY field")
    bin = BinTable(db, now: transaction.now)
    insertUse = try CachedStatement(
      db,
      """
      INSERT INTO body_use(hash, entity, field, missing)
      VALUES (?1, ?2, ?3, CASE WHEN EXISTS (SELECT 1 FROM body WHERE hash = ?1) THEN 0
        WHEN EXISTS (SELECT 1 FROM keeping) THEN 2 ELSE 1 END)
      """)
  }

  private static var insertion: String {
    let columns = ArticleColumn.ordered.map { ", \($0.name)" }.joined()
    let places = String(repeating: ", ?", count: ArticleColumn.ordered.count)
    return """
      INSERT INTO article(id, key\(columns))
      VALUES (?1, (SELECT key FROM entity WHERE id = ?1)\(places))
      """
  }

  private static func updating(_ columns: [ArticleColumn]) -> String {
    let settings = columns.enumerated().map { "\($1.name) = ?\($0 + 2)" }
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
    let select = try CachedStatement(
      transaction.db, "SELECT id FROM entity WHERE kind = \(EntityKind.article.number)")
    try select.walk { transaction.changedArticles.insert($0.integer(0)) }
    try update()
    try TallyTable(transaction.db).recount()
  }

  private mutating func project(_ entity: Int64) throws {
    var uses: [BodyUse] = []
    let interner = transaction.interner
    let article = try Article(walking: { set in
      try registers.walk(of: entity) { register, bytes in
        let field = try interner.field(register.field)
        let value = try Value(canonical: Array(bytes))
        set(field, value)
        if ArticleField.namesBody(field), let bytes = value.data,
          let hash = ContentHash(bytes: bytes)
        {
          uses.append(BodyUse(field: register.field, hash: hash))
        }
      }
    })
    let old = try stored(entity, beside: article)
    if let old { count(old.state, -1) }
    let new = State(article)
    if old?.state.isDeleted ?? true, !new.isDeleted { transaction.addedArticles.insert(entity) }
    try bin.note(entity, was: old?.state.isDeleted, isDeleted: new.isDeleted, uses)
    count(new, 1)
    try write(article, entity: entity, over: old)
    try write(tags: article.tags, entity: entity, isNew: old == nil)
    try write(article.isDeleted ? [] : uses, entity: entity, isNew: old == nil)
  }

  /// What of an article's row is counted.
  fileprivate struct State {
    let isRead, isStarred, isDeleted: Bool
  }

  /// An article's row as it was.
  private struct Stored {
    let state: State
    /// Whether the columns that indexes hold stay as they are.
    let keepsIndexes: Bool
  }

  private func stored(_ entity: Int64, beside article: Article) throws -> Stored? {
    try selectStored.first([.integer(entity)]) { row in
      let state = State(isRead: row.flag(0), isStarred: row.flag(1), isDeleted: row.flag(2))
      let keepsIndexes = ArticleColumn.indexed.enumerated().allSatisfy { number, column in
        row.holds(column.value(article), in: Int32(number) + 3)
      }
      return Stored(state: state, keepsIndexes: keepsIndexes)
    }
  }

  private mutating func count(_ article: State, _ step: Int64) {
    guard !article.isDeleted else {
      change.deleted += step
      return
    }
    change.articles += step
    if !article.isRead { change.unread += step }
    if article.isStarred { change.starred += step }
  }

  private func write(_ article: Article, entity: Int64, over old: Stored?) throws {
    let keepsIndexes = old?.keepsIndexes ?? false
    let statement = old == nil ? insertRow : keepsIndexes ? updateRow : updateWholeRow
    let columns = keepsIndexes ? ArticleColumn.plain : ArticleColumn.ordered
    try statement.run([.integer(entity)] + columns.map { $0.value(article) })
  }

  private func write(tags: [String], entity: Int64, isNew: Bool) throws {
    // Tags are bytes: strings that are composed differently are equal, and are two tags.
    guard
      isNew
        ? !tags.isEmpty
        : try !storedTags(entity).map(\.utf8).elementsEqual(
          tags.map(\.utf8), by: { $0.elementsEqual($1) })
    else { return }
    if !isNew { try delete("article_tag WHERE article", entity) }
    // What is no UTF-8 may read as one text.
    let insert = try CachedStatement(
      transaction.db, "INSERT OR IGNORE INTO article_tag(article, tag) VALUES (?, ?)")
    for tag in tags { try insert.run([.integer(entity), .text(tag)]) }
  }

  private func storedTags(_ entity: Int64) throws -> [String] {
    try selectTags.all([.integer(entity)]) { $0.text(0) }
  }

  /// `uses` ascend by field.
  private func write(_ uses: [BodyUse], entity: Int64, isNew: Bool) throws {
    guard isNew ? !uses.isEmpty : try storedUses(entity) != uses else { return }
    if !isNew { try delete("body_use WHERE entity", entity) }
    for use in uses {
      try insertUse.run([.hash(use.hash), .integer(entity), .integer(use.field)])
    }
  }

  private func storedUses(_ entity: Int64) throws -> [BodyUse] {
    let uses = try selectUses.all([.integer(entity)]) { row in
      row.hash(1).map { BodyUse(field: row.integer(0), hash: $0) }
    }
    // What does not read is written anew.
    return uses.contains(nil) ? [] : uses.compactMap(\.self)
  }

  private func delete(_ rows: String, _ entity: Int64) throws {
    try CachedStatement(transaction.db, "DELETE FROM \(rows) = ?").run([.integer(entity)])
  }
}

extension ArticleProjection.State {
  init(_ article: Article) {
    self.init(
      isRead: article.isRead, isStarred: article.isStarred, isDeleted: article.isDeleted)
  }
}

/// A register that names a body.
struct BodyUse: Equatable {
  let field: Int64
  let hash: ContentHash
}
