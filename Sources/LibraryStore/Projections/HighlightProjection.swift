import Articles
import GRDB
import Replication

/// Keeps the `highlight` table in step with the registers.
///
/// A highlight has a row whether its article is here or not: it may arrive first.
struct HighlightProjection {
  private let transaction: StoreTransaction
  private var registers: RegisterScan
  private let find: CachedStatement
  private let findArticle: CachedStatement
  private let remove: CachedStatement
  private let write: CachedStatement
  /// The numbers of the articles whose highlights changed.
  private var articles: Set<Int64> = []

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    let db = transaction.db
    registers = try RegisterScan(db)
    find = try CachedStatement(db, "SELECT article FROM highlight WHERE id = ?")
    findArticle = try CachedStatement(
      db, "SELECT id FROM entity WHERE kind = \(EntityKind.article.number) AND key = ?")
    remove = try CachedStatement(db, "DELETE FROM highlight WHERE id = ?")
    write = try CachedStatement(
      db,
      """
      INSERT OR REPLACE INTO highlight(
        id, key, article, body, quote, prefix, suffix, first, last, version, color, note, added,
        deleted)
      VALUES (?1, (SELECT key FROM entity WHERE id = ?1), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
  }

  /// Projects every highlight the transaction changed anew.
  mutating func update() throws {
    // They ascend, which is how registers are walked fast.
    for number in transaction.changedHighlights.numbers { try project(number) }
    registers.close()
    transaction.changedHighlights = NumberSet()
    try ArticleChanges(transaction.db).note(articles.sorted())
    articles = []
  }

  /// Projects every highlight; `check` compares with this.
  mutating func updateAll() throws {
    try transaction.db.execute(sql: "DELETE FROM highlight")
    let select = try CachedStatement(
      transaction.db, "SELECT id FROM entity WHERE kind = \(EntityKind.highlight.number)")
    try select.walk { transaction.changedHighlights.insert($0.integer(0)) }
    try update()
  }

  private mutating func project(_ number: Int64) throws {
    var found: [(field: Field, value: Value)] = []
    let interner = transaction.interner
    try registers.walk(of: number) { register, bytes in
      found.append((try interner.field(register.field), try Value(canonical: Array(bytes))))
    }
    let highlight = Highlight(registers: found)
    let former = try find.first([.integer(number)]) { $0.identifier(0) }
    // Another program may have moved it to another article.
    let keys = Set([former.flatMap(\.self), highlight?.article.key].compactMap(\.self))
    for key in keys {
      if let article = try findArticle.first([.identifier(key)], { $0.integer(0) }) {
        articles.insert(article)
      }
    }
    guard let highlight else { return try remove.run([.integer(number)]) }
    let anchor = highlight.anchor
    try write.run([
      .integer(number), .identifier(highlight.article.key), .hash(anchor.body),
      .text(anchor.quote), .text(anchor.prefix), .text(anchor.suffix), .integer(anchor.start),
      .integer(anchor.end), .integer(anchor.textVersion), .text(highlight.color),
      .text(highlight.note), .integer(highlight.addedMilliseconds), .flag(highlight.isDeleted),
    ])
  }
}
