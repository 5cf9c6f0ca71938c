import GRDB

/// An article's words as the index takes them: what ``SearchTokens`` made of its texts.
struct SearchDocument: Sendable {
  let article: Int64
  /// Of all that is searched; another one means other words.
  let digest: [UInt8]
  /// The words of each column of the index.
  var text: [UInt8] = []
  var title: [UInt8] = []
  var author: [UInt8] = []
  var note: [UInt8] = []
  var highlight: [UInt8] = []
  /// Editor, site, summary and tags.
  var about: [UInt8] = []

  /// In the order of the columns.
  var columns: [[UInt8]] { [text, title, author, note, highlight, about] }
}

/// What one transaction adds to the index.
struct SearchBatch: Sendable {
  var documents: [SearchDocument] = []
  /// Articles that were deleted.
  var removed: [Int64] = []
  /// How many changed articles were looked at for it.
  var articles = 0
  var bytes = 0

  /// Large enough that the parts FTS5 makes of a transaction are few, small enough for memory: one
  /// is written while the next one is made.
  var isFull: Bool { bytes >= 2 << 20 || articles >= 16_384 }
}

/// Writes documents within a transaction.
struct SearchWriter {
  /// How many there ever were.
  private(set) var documents: Int64
  /// How many of them died here.
  private(set) var dead: Int64 = 0

  private let find: CachedStatement
  private let forget: CachedStatement
  private let insert: CachedStatement
  private let words: CachedStatement

  init(_ db: Database, documents: Int64) throws {
    self.documents = documents
    find = try CachedStatement(db, "SELECT digest FROM document WHERE article = ?")
    forget = try CachedStatement(db, "DELETE FROM document WHERE article = ?")
    insert = try CachedStatement(db, "INSERT INTO document(id, article, digest) VALUES (?, ?, ?)")
    words = try CachedStatement(
      db,
      """
      INSERT INTO words(rowid, text, title, author, note, highlight, about)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
  }

  mutating func remove(_ article: Int64) throws {
    if try forget.runChanging([.integer(article)]) { dead += 1 }
  }

  mutating func write(_ document: SearchDocument) throws {
    // Another process may have been as quick.
    let digest = try find.first([.integer(document.article)]) { $0.bytes(0) }
    if digest == document.digest { return }
    try remove(document.article)
    documents += 1
    try insert.run([.integer(documents), .integer(document.article), .blob(document.digest)])
    try words.run([.integer(documents)] + document.columns.map { .blob($0) })
  }
}
