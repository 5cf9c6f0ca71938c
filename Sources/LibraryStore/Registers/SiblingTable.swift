import Coding
import GRDB
import Replication

/// The authored operations that no other supersedes. A register may have any number of them, so
/// they are walked, and never held all at once.
struct SiblingTable {
  private let transaction: StoreTransaction
  private let select: CachedStatement

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    select = try CachedStatement(
      transaction.db,
      """
      SELECT digest, stamp, replica, sequence, value, context FROM sibling
      WHERE entity = ? AND field = ?
      """)
  }

  /// A sibling where it is stored.
  struct Row {
    private let row: SQLRow

    fileprivate init(_ row: SQLRow) {
      self.row = row
    }

    /// The fingerprint's, in the role of a sibling.
    func digest() throws -> Digest128 {
      guard let digest = Digest128(bytes: row.blob(0)) else {
        throw StoreError.damaged("a sibling's digest is not sixteen bytes")
      }
      return digest
    }

    var stamp: Int64 { row.integer(1) }
    /// Its interned number.
    var replica: Int64 { row.integer(2) }
    var sequence: Int64 { row.integer(3) }
    func context() throws -> Context { try Context(bytes: row.bytes(5)) }
    var valueBytes: [UInt8] { row.bytes(4) }
    func value() throws -> Value { try Value(canonical: valueBytes) }

    /// Whether it says this, without a copy of it.
    func says(_ value: some Sequence<UInt8>) -> Bool { row.blob(4).elementsEqual(value) }
  }

  /// Calls `body` with each sibling of a register; the table must not change meanwhile.
  func walk(_ key: RegisterKey, _ body: (Row) throws -> Void) throws {
    try select.walk([.integer(key.entity), .integer(key.field)]) { try body(Row($0)) }
  }

  func insert(_ operation: Operation, digest: Digest128, into key: RegisterKey) throws {
    let insert = try CachedStatement(
      transaction.db, "INSERT INTO sibling VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    try insert.run([
      .integer(key.entity), .integer(key.field), .blob(digest.bytes),
      .integer(operation.stamp.rawValue),
      .integer(transaction.interner.number(of: operation.dot.replica)),
      .integer(operation.dot.sequence), .blob(operation.value.bytes),
      .blob((operation.context ?? .empty).bytes),
    ])
  }

  func delete(_ digest: Digest128, from key: RegisterKey) throws {
    let delete = try CachedStatement(
      transaction.db, "DELETE FROM sibling WHERE entity = ? AND field = ? AND digest = ?")
    try delete.run([.integer(key.entity), .integer(key.field), .blob(digest.bytes)])
  }
}
