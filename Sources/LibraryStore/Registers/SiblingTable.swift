import Coding
import GRDB
import Replication

/// The authored operations that no other supersedes. A register may have any number of them, so
/// they are walked, and never held all at once.
struct SiblingTable {
  private let transaction: StoreTransaction
  private let select: RawStatement

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    select = try RawStatement(
      transaction.db,
      """
      SELECT digest, stamp, replica, sequence, value, context FROM sibling
      WHERE entity = ? AND field = ?
      """)
  }

  /// A sibling where it is stored.
  struct Row {
    private let select: RawStatement

    fileprivate init(_ select: RawStatement) {
      self.select = select
    }

    /// The fingerprint's, in the role of a sibling.
    func digest() throws -> Digest128 {
      guard let digest = Digest128(bytes: select.blob(0)) else {
        throw StoreError.damaged("a sibling's digest is not sixteen bytes")
      }
      return digest
    }

    var stamp: Int64 { select.integer(1) }
    /// Its interned number.
    var replica: Int64 { select.integer(2) }
    var sequence: Int64 { select.integer(3) }
    func context() throws -> Context { try Context(bytes: select.bytes(5)) }
    var valueBytes: [UInt8] { select.bytes(4) }
    func value() throws -> Value { try Value(canonical: valueBytes) }

    /// Whether it says this, without a copy of it.
    func says(_ value: some Sequence<UInt8>) -> Bool { select.blob(4).elementsEqual(value) }
  }

  /// Calls `body` with each sibling of a register; the table must not change meanwhile.
  func walk(_ key: RegisterKey, _ body: (Row) throws -> Void) throws {
    select.bind(key.entity, at: 1)
    select.bind(key.field, at: 2)
    defer { select.reset() }
    while try select.step() { try body(Row(select)) }
  }

  func insert(_ operation: Operation, digest: Digest128, into key: RegisterKey) throws {
    let insert = try RawStatement(
      transaction.db, "INSERT INTO sibling VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    insert.bind(key.entity, at: 1)
    insert.bind(key.field, at: 2)
    insert.bind(digest.bytes, at: 3)
    insert.bind(Int64(operation.stamp.rawValue), at: 4)
    insert.bind(try transaction.interner.number(of: operation.dot.replica), at: 5)
    insert.bind(Int64(operation.dot.sequence), at: 6)
    insert.bind(operation.value.bytes, at: 7)
    insert.bind((operation.context ?? .empty).bytes, at: 8)
    try insert.run()
  }

  func delete(_ digest: Digest128, from key: RegisterKey) throws {
    let delete = try RawStatement(
      transaction.db, "DELETE FROM sibling WHERE entity = ? AND field = ? AND digest = ?")
    delete.bind(key.entity, at: 1)
    delete.bind(key.field, at: 2)
    delete.bind(digest.bytes, at: 3)
    try delete.run()
  }
}
