import Articles
import GRDB
import Replication

/// The tables of what this machine keeps texts of (Protocol 3.9, 6.6).
struct KeepingTable {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// What is noted of a machine that does not keep every text.
  struct Entry {
    let policy: TextPolicy
    /// The operation by which it ceased to.
    let replica: Int64
    let sequence: UInt64
    /// How many bodies are not kept and still here, since no other replica is known to hold them.
    var waiting = 0
    /// How many articles were chosen one by one and have no room.
    var crowdedOut = 0
  }

  /// Nil where every text is kept.
  func entry() throws -> Entry? {
    try CachedStatement(
      db, "SELECT query, maximum, replica, sequence, waiting, crowded_out FROM keeping"
    )
    .first { row in
      Entry(
        policy: TextPolicy(
          query: row.isNull(0) ? nil : row.text(0),
          maximumBytes: row.isNull(1) ? nil : Int(row.integer(1))),
        replica: row.integer(2), sequence: UInt64(clamping: row.integer(3)),
        waiting: Int(row.integer(4)), crowdedOut: Int(row.integer(5)))
    }
  }

  func isPartial() throws -> Bool { try CachedStatement(db, "SELECT 1 FROM keeping").hasRow() }

  func write(_ entry: Entry) throws {
    try CachedStatement(db, "INSERT OR REPLACE INTO keeping VALUES (1, ?, ?, ?, ?, ?, 0)").run([
      .text(entry.policy.query), entry.policy.maximumBytes.map { .integer($0) } ?? .null,
      .integer(entry.replica), .integer(Int64(clamping: entry.sequence)), .integer(entry.waiting),
    ])
  }

  func noteCrowdedOut(_ count: Int) throws {
    try CachedStatement(db, "UPDATE keeping SET crowded_out = ?1 WHERE crowded_out <> ?1")
      .run([.integer(count)])
  }

  func noteWaiting(_ count: Int) throws {
    try CachedStatement(db, "UPDATE keeping SET waiting = ?1 WHERE waiting <> ?1")
      .run([.integer(count)])
  }

  /// From here on every text is kept.
  func clear() throws {
    try CachedStatement(db, "DELETE FROM keeping").run()
    try clearChoices()
    try CachedStatement(db, "UPDATE body_use SET missing = 1 WHERE missing = 2").run()
  }

  func clearChoices() throws { try CachedStatement(db, "DELETE FROM keeping_choice").run() }

  /// Has an article's texts kept, or not, whatever the policy says of it. Returns whether it was chosen
  /// otherwise before.
  func choose(_ article: Int64, kept isKept: Bool) throws -> Bool {
    try CachedStatement(
      db,
      """
      INSERT INTO keeping_choice VALUES (?1, ?2)
      ON CONFLICT(article) DO UPDATE SET kept = ?2 WHERE kept <> ?2
      """
    ).runChanging([.integer(article), .flag(isKept)])
  }

  /// Whether an article's text is chosen not to be kept.
  func excludes() throws -> Bool {
    try CachedStatement(db, "SELECT 1 FROM keeping_choice WHERE kept = 0").hasRow()
  }

  /// Notes about how much room a body, or a piece of it, takes that is left out.
  func addLeftOut(_ hash: ContentHash, bytes: Int) throws {
    try CachedStatement(
      db,
      """
      INSERT INTO left_out VALUES (?, ?)
      ON CONFLICT(hash) DO UPDATE SET bytes = bytes + excluded.bytes
      """
    ).run([.hash(hash), .integer(bytes)])
  }

  /// The same of a whole one.
  func noteLeftOut(_ hash: ContentHash, bytes: Int) throws {
    try CachedStatement(db, "INSERT OR REPLACE INTO left_out VALUES (?, ?)")
      .run([.hash(hash), .integer(bytes)])
  }

  /// Forgets that, for bodies that have come.
  func forgetLeftOut(_ hashes: [ContentHash]) throws {
    let delete = try CachedStatement(db, "DELETE FROM left_out WHERE hash = ?")
    for hash in hashes { try delete.run([.hash(hash)]) }
  }
}
