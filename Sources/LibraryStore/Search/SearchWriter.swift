import GRDB

/// An article's words as the index takes them: what ``SearchTokens`` made of its texts.
struct SearchDocument: Sendable {
  let article: Int64
  /// Of all that is searched; another one means other words.
  let digest: [UInt8]
  var title: [UInt8] = []
  var text: [UInt8] = []
  /// Author, editor, site, summary, tags and note.
  var about: [UInt8] = []
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

  private let find: RawStatement
  private let forget: RawStatement
  private let insert: RawStatement
  private let words: RawStatement

  init(_ db: Database, documents: Int64) throws {
    self.documents = documents
    find = try RawStatement(db, "SELECT digest FROM document WHERE article = ?")
    forget = try RawStatement(db, "DELETE FROM document WHERE article = ?")
    insert = try RawStatement(db, "INSERT INTO document(id, article, digest) VALUES (?, ?, ?)")
    words = try RawStatement(
      db, "INSERT INTO words(rowid, text, title, about) VALUES (?, ?, ?, ?)")
  }

  mutating func remove(_ article: Int64) throws {
    forget.bind(article, at: 1)
    if try forget.runChanging() { dead += 1 }
  }

  mutating func write(_ document: SearchDocument) throws {
    find.bind(document.article, at: 1)
    // Another process may have been as quick.
    let isHere = try find.step() && find.bytes(0) == document.digest
    find.reset()
    if isHere { return }
    try remove(document.article)
    documents += 1
    insert.bind(documents, at: 1)
    insert.bind(document.article, at: 2)
    insert.bind(document.digest, at: 3)
    try insert.run()
    words.bind(documents, at: 1)
    words.bind(document.text, at: 2)
    words.bind(document.title, at: 3)
    words.bind(document.about, at: 4)
    try words.run()
  }
}
