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
    let insert = try RawStatement(
      transaction.db,
      """
      INSERT OR IGNORE INTO replaced(
        entity, field, stamp, replica, sequence, time, length, value)
      SELECT entity, field, stamp, replica, sequence, ?, length(value), value FROM sibling
      WHERE entity = ? AND field = ? AND digest = ? AND value NOT IN (?, ?)
      """)
    insert.bind(now, at: 1)
    insert.bind(key.entity, at: 2)
    insert.bind(key.field, at: 3)
    insert.bind(digest.bytes, at: 4)
    insert.bind(shows.bytes, at: 5)
    insert.bind(Value.nothing.bytes, at: 6)
    if try insert.runChanging() { transaction.hasReplaced = true }
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

  /// The operations that were replaced, of one entity or of all, in no order.
  ///
  /// Their contexts are not kept: theirs are empty.
  func operations(of entity: EntityID?, by replica: ReplicaID?, since: Stamp) throws -> [Operation]
  {
    let select = try RawStatement(
      transaction.db,
      """
      SELECT entity, field, stamp, replica, sequence, value FROM replaced
      WHERE (?1 IS NULL OR entity = ?1) AND (?2 IS NULL OR replica = ?2) AND stamp >= ?3
      """)
    let interner = transaction.interner
    if let entity {
      guard let number = try interner.existingNumber(of: entity) else { return [] }
      select.bind(number, at: 1)
    } else {
      select.bindNull(at: 1)
    }
    if let replica {
      guard interner.replicas.contains(replica) else { return [] }
      select.bind(try transaction.interner.number(of: replica), at: 2)
    } else {
      select.bindNull(at: 2)
    }
    select.bind(Int64(since.rawValue), at: 3)
    defer { select.reset() }
    var operations: [Operation] = []
    while try select.step() {
      guard let stamp = Stamp(rawValue: UInt64(bitPattern: select.integer(2))) else {
        throw StoreError.damaged("a replaced text bears the stamp \(select.integer(2))")
      }
      let register = RegisterID(
        try interner.entity(select.integer(0)), try interner.field(select.integer(1)))
      let dot = Dot(
        replica: try interner.replica(select.integer(3)), sequence: UInt64(select.integer(4)))
      operations.append(
        try Operation(
          dot: dot, stamp: stamp, register: register, value: Value(canonical: select.bytes(5)),
          context: .empty))
    }
    return operations
  }
}
