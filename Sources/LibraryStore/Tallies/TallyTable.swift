import GRDB

/// Counts of what the tables hold, kept as those change: counting anew would make `status` slower
/// with every article.
struct TallyTable {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  struct Tally: Equatable {
    /// Of articles that are not deleted.
    var articles: Int64 = 0
    var unread: Int64 = 0
    var starred: Int64 = 0
    /// Articles that are.
    var deleted: Int64 = 0
    /// Whole ones, and their bytes inflated.
    var bodies: Int64 = 0
    var bodyBytes: Int64 = 0
    /// As stored.
    var chunkBytes: Int64 = 0
    var logBytes: Int64 = 0

    init() {}

    /// The columns of a row in their order.
    fileprivate init(_ column: (Int32) -> Int64) {
      (articles, unread, starred, deleted) = (column(0), column(1), column(2), column(3))
      (bodies, bodyBytes) = (column(4), column(5))
      (chunkBytes, logBytes) = (column(6), column(7))
    }

    fileprivate static let columns = [
      "articles", "unread", "starred", "deleted", "bodies", "body_bytes", "chunk_bytes",
      "log_bytes",
    ]

    fileprivate var values: [Int64] {
      [articles, unread, starred, deleted, bodies, bodyBytes, chunkBytes, logBytes]
    }
  }

  func tally() throws -> Tally {
    try read("SELECT \(Tally.columns.joined(separator: ", ")) FROM tally")
  }

  /// What the tally should be.
  func counted() throws -> Tally {
    try read(
      """
      SELECT articles, unread, starred, (SELECT count(*) FROM article WHERE deleted), bodies,
        body_bytes,
        (SELECT total(length(bytes)) FROM chunk), (SELECT total(length(bytes)) FROM frame)
      FROM (
          SELECT count(*) AS articles, total(NOT read) AS unread, total(starred) AS starred
          FROM article WHERE NOT deleted),
        (SELECT count(*) AS bodies, total(length) AS body_bytes FROM body)
      """)
  }

  func add(_ change: Tally) throws {
    guard change != Tally() else { return }
    try write(change) { "\($0) = \($0) + ?" }
  }

  func recount() throws { try write(counted()) { "\($0) = ?" } }

  private func read(_ sql: String) throws -> Tally {
    guard let tally = try CachedStatement(db, sql).first([], { Tally($0.integer) }) else {
      throw StoreError.damaged("the tally is missing")
    }
    return tally
  }

  private func write(_ tally: Tally, _ assignment: (String) -> String) throws {
    let assignments = Tally.columns.map(assignment).joined(separator: ", ")
    try CachedStatement(db, "UPDATE tally SET \(assignments)")
      .run(tally.values.map { .integer($0) })
  }
}
