import Articles
import Foundation
import GRDB
import Replication

/// What lies in a library, counted, for `stats`.
public struct LibraryStatistics: Sendable {
  public var articles = 0
  /// The year of publication, or where that is not known of adding; the ten with the most articles,
  /// as all the lists.
  public var years: [Count] = []
  public var sites: [Count] = []
  public var languages: [Count] = []
  public var tags: [Count] = []
  /// By the month in which articles were last marked read, as `2026-11` in UTC; ascending, all of
  /// them.
  public var readByMonth: [Count] = []
  /// Each body once, inflated.
  public var texts = Bodies()
  public var pictures = Bodies()
  /// Articles that are deleted and can be restored, and the bodies that nothing else needs.
  public var bin = Bodies()
  /// All bodies as compressed.
  public var chunkBytes = 0
  public var logBytes = 0
  /// Of the search index, which is no part of the library.
  public var searchBytes = 0

  public struct Count: Sendable, Hashable {
    public let name: String
    public let count: Int
  }

  /// How many of something, and how long together.
  public struct Bodies: Sendable, Hashable {
    public var count = 0
    public var bytes = 0
  }
}

extension ReplicaStore {
  /// Counts everything in one snapshot.
  package nonisolated func statistics() async throws(StoreError) -> LibraryStatistics {
    try await view { db in
      var statistics = try LibraryStatistics(StoreTransaction(db))
      statistics.searchBytes = self.searchBytes
      return statistics
    }
  }
}

extension LibraryStatistics {
  fileprivate init(_ transaction: StoreTransaction) throws {
    let db = transaction.db
    years = try Self.top("strftime('%Y', day * 86400, 'unixepoch')", db)
    sites = try Self.top("site", db)
    languages = try Self.top("language", db)
    tags = try Self.counts(
      """
      SELECT tag, count(*) FROM article_tag JOIN article ON article.id = article
      WHERE NOT deleted GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 10
      """, db)
    readByMonth = try Self.readByMonth(transaction)
    (texts, pictures) = try Self.bodies(transaction)
    bin = try Self.bin(db)
    let tally = try TallyTable(db).tally()
    articles = Int(tally.articles)
    chunkBytes = Int(tally.chunkBytes)
    logBytes = Int(tally.logBytes)
  }

  private static func top(_ column: String, _ db: Database) throws -> [Count] {
    try counts(
      """
      SELECT \(column) AS name, count(*) FROM article WHERE NOT deleted AND name IS NOT NULL
      GROUP BY name ORDER BY count(*) DESC, name LIMIT 10
      """, db)
  }

  private static func counts(_ sql: String, _ db: Database) throws -> [Count] {
    try CachedStatement(db, sql).all {
      Count(name: $0.text(0), count: Int($0.integer(1)))
    }
  }

  /// Registers of the articles that are read say when that was, but for those that a file told of
  /// without a time (Protocol 1.4).
  private static func readByMonth(_ transaction: StoreTransaction) throws -> [Count] {
    guard let field = try transaction.interner.existingNumber(of: ArticleField.read) else {
      return []
    }
    var registers = try RegisterScan(transaction.db)
    defer { registers.close() }
    var days: [Int64: Int] = [:]
    let select = try CachedStatement(
      transaction.db, "SELECT id FROM article WHERE read AND NOT deleted ORDER BY id")
    try select.walk { row in
      try registers.walk(of: row.integer(0)) { register, _ in
        guard register.field == field,
          let stamp = Stamp(rawValue: UInt64(bitPattern: register.stamp)), stamp != .zero
        else { return }
        days[stamp.milliseconds / 86_400_000, default: 0] += 1
      }
    }
    var months: [String: Int] = [:]
    for (day, count) in days { months[month(of: day), default: 0] += count }
    return months.sorted { $0.key < $1.key }.map { Count(name: $0.key, count: $0.value) }
  }

  private static func month(of day: Int64) -> String {
    var seconds = time_t(day * 86_400)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let month = Int(parts.tm_mon) + 1
    return "\(Int(parts.tm_year) + 1_900)-\(month < 10 ? "0" : "")\(month)"
  }

  private static func bodies(
    _ transaction: StoreTransaction
  ) throws -> (texts: Bodies, pictures: Bodies) {
    // A library without articles has no such field.
    let field = try transaction.interner.existingNumber(of: ArticleField.body) ?? -1
    let select = try CachedStatement(
      transaction.db,
      """
      SELECT is_text, count(*), total(length) FROM (
        SELECT DISTINCT body_use.hash, body_use.field = ? AS is_text, length
        FROM body_use JOIN body ON body.hash = body_use.hash)
      GROUP BY is_text
      """)
    var (texts, pictures) = (Bodies(), Bodies())
    try select.walk([.integer(field)]) { row in
      let bodies = Bodies(count: Int(row.integer(1)), bytes: Int(row.integer(2)))
      if row.flag(0) { texts = bodies } else { pictures = bodies }
    }
    return (texts, pictures)
  }

  private static func bin(_ db: Database) throws -> Bodies {
    let count = try CachedStatement(db, "SELECT count(*) FROM bin").first { $0.integer(0) } ?? 0
    guard count > 0 else { return Bodies() }
    let bytes = try CachedStatement(
      db,
      """
      SELECT total(length) FROM body WHERE hash IN (SELECT hash FROM bin_use)
        AND hash NOT IN (SELECT hash FROM body_use)
      """
    ).first { $0.integer(0) }
    return Bodies(count: Int(count), bytes: Int(bytes ?? 0))
  }
}
