import Foundation
import GRDB
import Replication

/// The bin: deleted articles whose bodies are kept until it is emptied (Protocol 5.7, 6.6).
struct BinTable {
  private let db: Database
  /// Wall time in milliseconds since 1970.
  private let now: Int64

  /// - Parameter now: of the change; nil for this moment.
  init(_ db: Database, now: Int64?) {
    self.db = db
    self.now = now ?? Int64(Date().timeIntervalSince1970 * 1_000)
  }

  /// Keeps the bin in step with an article's registers.
  ///
  /// - Parameters:
  ///   - wasDeleted: nil for an article that was not here.
  ///   - uses: the bodies that its registers name.
  func note(
    _ article: Int64, was wasDeleted: Bool?, isDeleted: Bool, _ uses: [BodyUse]
  ) throws {
    guard isDeleted else {
      if wasDeleted == true { try remove(article) }
      return
    }
    if wasDeleted != true {
      try CachedStatement(db, "INSERT OR IGNORE INTO bin(article, since) VALUES (?, ?)")
        .run([.integer(article), .integer(now)])
    } else if try !CachedStatement(db, "SELECT 1 FROM bin WHERE article = ?")
      .hasRow([.integer(article)])
    {
      return
    }
    try CachedStatement(db, "DELETE FROM bin_use WHERE entity = ?").run([.integer(article)])
    let insert = try CachedStatement(
      db, "INSERT INTO bin_use(entity, field, hash) VALUES (?, ?, ?)")
    for use in uses {
      try insert.run([.integer(article), .integer(use.field), .hash(use.hash)])
    }
  }

  private func remove(_ article: Int64) throws {
    for sql in ["DELETE FROM bin WHERE article = ?", "DELETE FROM bin_use WHERE entity = ?"] {
      try CachedStatement(db, sql).run([.integer(article)])
    }
  }

  /// Gives up the bodies of articles whose deletion has been known here for so many days. Returns how
  /// many articles they were.
  func empty(olderThanDays days: Int) throws -> Int {
    try CachedStatement(db, "DELETE FROM bin WHERE since <= ?")
      .run([.integer(now - Int64(days) * 86_400_000)])
    let count = db.changesCount
    try CachedStatement(
      db, "DELETE FROM bin_use WHERE entity NOT IN (SELECT article FROM bin)"
    ).run()
    return count
  }
}
