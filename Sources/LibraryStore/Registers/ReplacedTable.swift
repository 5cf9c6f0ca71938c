import Coding
import GRDB
import Replication

/// Authored text that its author, or somebody who had read it, replaced: kept here for a while so
/// that it can be restored, and never sent (Protocol 6.6).
struct ReplacedTable {
  private let transaction: StoreTransaction

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// Copies a sibling that is about to go, unless it says what is shown now or nothing at all.
  func keep(_ digest: Digest128, of key: RegisterKey, unlessIt shows: Value) throws {
    guard let now = transaction.now else { return }
    let insert = try CachedStatement(
      transaction.db,
      """
      INSERT OR IGNORE INTO replaced(
        entity, field, stamp, replica, sequence, time, length, value)
      SELECT entity, field, stamp, replica, sequence, ?, length(value), value FROM sibling
      WHERE entity = ? AND field = ? AND digest = ? AND value NOT IN (?, ?)
      """)
    let isKept = try insert.runChanging([
      .integer(now), .integer(key.entity), .integer(key.field), .blob(digest.bytes),
      .blob(shows.bytes), .blob(Value.nothing.bytes),
    ])
    if isKept { transaction.hasReplaced = true }
  }

  /// Drops what is older than the limits allow, or more.
  func prune(now: Int64) throws {
    // A clock may say anything: times before 1970 count as 1970.
    let oldest = max(now, 0) - Int64(Limits.replacedTextDays) * 86_400_000
    try transaction.db.execute(
      sql: "DELETE FROM replaced WHERE time < ?", arguments: [oldest])
    try transaction.db.execute(
      sql: """
        DELETE FROM replaced
        WHERE id <= (SELECT id FROM replaced ORDER BY id DESC LIMIT 1 OFFSET ?)
        """, arguments: [Limits.replacedTexts])
    let length = try Int.fetchOne(transaction.db, sql: "SELECT sum(length) FROM replaced") ?? 0
    guard length > Limits.replacedTextBytes else { return }
    try transaction.db.execute(
      sql: """
        DELETE FROM replaced WHERE id <= (
          SELECT max(id) FROM (
            SELECT id, sum(length) OVER (ORDER BY id DESC) AS newer FROM replaced)
          WHERE newer > ?)
        """, arguments: [Limits.replacedTextBytes])
  }

  /// A replaced operation, without what it says.
  struct Row {
    let id: Int64
    let dot: Dot
    let stamp: Stamp
    /// Its value's, in bytes.
    let length: Int
  }

  /// The operations that were replaced, of one entity or of all, in no order.
  func rows(of entity: EntityID?, by replica: ReplicaID?, since: Stamp) throws -> [Row] {
    let select = try CachedStatement(
      transaction.db,
      """
      SELECT id, stamp, replica, sequence, length(value) FROM replaced
      WHERE (?1 IS NULL OR entity = ?1) AND (?2 IS NULL OR replica = ?2) AND stamp >= ?3
      """)
    let interner = transaction.interner
    var values: [SQLValue] = [.null, .null, .integer(since.rawValue)]
    if let entity {
      guard let number = try interner.existingNumber(of: entity) else { return [] }
      values[0] = .integer(number)
    }
    if let replica {
      guard let number = interner.existingNumber(of: replica) else { return [] }
      values[1] = .integer(number)
    }
    return try select.all(values) { row in
      let (stamp, dot) = try name(row, at: 1)
      return Row(id: row.integer(0), dot: dot, stamp: stamp, length: Int(row.integer(4)))
    }
  }

  /// Nil where the row has gone. Its context is not kept: it is empty.
  func operation(_ id: Int64) throws -> Operation? {
    let select = try CachedStatement(
      transaction.db,
      "SELECT entity, field, stamp, replica, sequence, value FROM replaced WHERE id = ?")
    return try select.first([.integer(id)]) { row in
      let register = RegisterID(
        try transaction.interner.entity(row.integer(0)),
        try transaction.interner.field(row.integer(1)))
      let (stamp, dot) = try name(row, at: 2)
      return try Operation(
        dot: dot, stamp: stamp, register: register, value: Value(canonical: row.bytes(5)),
        context: .empty)
    }
  }

  /// Reads the columns stamp, replica and sequence.
  private func name(_ row: SQLRow, at column: Int32) throws -> (Stamp, Dot) {
    guard let stamp = Stamp(rawValue: UInt64(bitPattern: row.integer(column))) else {
      throw StoreError.damaged("a replaced text bears the stamp \(row.integer(column))")
    }
    return (
      stamp,
      Dot(
        replica: try transaction.interner.replica(row.integer(column + 1)),
        sequence: UInt64(row.integer(column + 2)))
    )
  }
}
