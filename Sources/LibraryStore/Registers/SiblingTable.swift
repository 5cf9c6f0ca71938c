import Coding
import GRDB
import Replication

/// What every row of a sibling begins with.
protocol SiblingName {
  var row: SQLRow { get }
}

extension SiblingName {
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
}

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
  struct Row: SiblingName {
    let row: SQLRow

    func context() throws -> Context { try Context(bytes: row.bytes(5)) }
    var valueBytes: [UInt8] { row.bytes(4) }
    func value() throws -> Value { try Value(canonical: valueBytes) }

    /// Whether it says this, without a copy of it.
    func says(_ value: some Sequence<UInt8>) -> Bool { row.blob(4).elementsEqual(value) }
  }

  /// Calls `body` with each sibling of a register; the table must not change meanwhile.
  func walk(_ key: RegisterKey, _ body: (Row) throws -> Void) throws {
    try select.walk([.integer(key.entity), .integer(key.field)]) { try body(Row(row: $0)) }
  }

  /// A sibling without what it says: values may be long.
  struct Outline: SiblingName {
    let row: SQLRow

    /// Its value's, in bytes.
    var length: Int { Int(row.integer(4)) }
    var contextLength: Int { Int(row.integer(5)) }
    /// Whether it says what is shown.
    var isShown: Bool { row.flag(6) }
    /// Only on a survey with contexts.
    func context() throws -> Context { try Context(bytes: row.bytes(7)) }
  }

  /// Calls `body` with each sibling of a register, whose value is looked at only where it is as long
  /// as what is shown; the table must not change meanwhile.
  func survey(
    _ key: RegisterKey, over shown: [UInt8], withContexts: Bool = false,
    _ body: (Outline) throws -> Void
  ) throws {
    let survey = try CachedStatement(
      transaction.db,
      """
      SELECT digest, stamp, replica, sequence, length(value), length(context),
        CASE WHEN length(value) = length(?3) THEN value = ?3 ELSE 0 END
        \(withContexts ? ", context" : "")
      FROM sibling WHERE entity = ?1 AND field = ?2
      """)
    // What is shown may be long: it is neither copied nor kept.
    try shown.withUnsafeBytes { shown in
      try survey.walk([.integer(key.entity), .integer(key.field), .bytes(shown)]) {
        try body(Outline(row: $0))
      }
    }
  }

  /// Nil where no sibling of the register has this digest.
  func operation(
    _ digest: Digest128, of id: RegisterID, _ key: RegisterKey
  ) throws -> Operation? {
    let find = try CachedStatement(
      transaction.db,
      """
      SELECT stamp, replica, sequence, value, context FROM sibling
      WHERE entity = ? AND field = ? AND digest = ?
      """)
    return try find.first([.integer(key.entity), .integer(key.field), .blob(digest.bytes)]) { row in
      let dot = Dot(
        replica: try transaction.interner.replica(row.integer(1)),
        sequence: UInt64(row.integer(2)))
      return try Operation(
        dot: dot, stamp: RegisterTable.stamp(row.integer(0)), register: id,
        value: Value(canonical: row.bytes(3)), context: Context(bytes: row.bytes(4)))
    }
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
