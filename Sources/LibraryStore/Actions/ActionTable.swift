import Articles
import GRDB
import Replication

/// What makes the writes of one command one action, which is undone whole.
package struct ActionLabel: Sendable, Equatable {
  /// Random: transactions that bear the same are one action.
  package let token: Int64
  /// For people.
  package let command: String

  package init(_ command: String) {
    token = Int64.random(in: Int64.min...Int64.max)
    self.command = command
  }
}

/// An action that can be undone.
public struct LoggedAction: Sendable, Hashable, Codable, Identifiable {
  public var id: Int64 { number }
  /// Ascending in time; of this machine alone.
  public let number: Int64
  /// Wall time at its beginning, in milliseconds since 1970.
  public let milliseconds: Int64
  /// The command, or another name of what was done.
  public let command: String
  /// How many articles it changed or made.
  public let articles: Int
  /// How many registers it wrote.
  public let registers: Int

  /// Another one when the action, or what is the newest, has become another.
  public var state: String { "\(number)-\(milliseconds)-\(registers)" }
}

/// The tables of actions: what each wrote, and what its registers showed before (Protocol 6.6).
struct ActionTable {
  let transaction: StoreTransaction
  private var db: Database { transaction.db }

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// The row of an action, made where it is the first of its transactions.
  func begin(_ label: ActionLabel, now: Int64) throws -> Int64 {
    let find = try CachedStatement(db, "SELECT id FROM action WHERE token = ?")
    if let number = try find.first([.int64(label.token)], { $0.integer(0) }) { return number }
    try CachedStatement(
      db, "INSERT INTO action(token, time, command, registers, bytes) VALUES (?, ?, ?, 0, 0)"
    ).run([.int64(label.token), .integer(now), .text(label.command)])
    let number = db.lastInsertedRowID
    try forget(upTo: number - Int64(Limits.actions))
    return number
  }

  /// Notes what a register showed before the action wrote it for the first time.
  func note(_ former: Value?, of register: RegisterKey, by action: Int64) throws {
    try CachedStatement(
      db,
      """
      INSERT OR IGNORE INTO action_register(action, entity, field, value) VALUES (?, ?, ?, ?)
      """
    ).run([
      .int64(action), .integer(register.entity), .integer(register.field), .blob(former?.bytes),
    ])
  }

  /// Notes entities that the action made, ascending.
  func note(made entities: [Int64], by action: Int64) throws {
    let insert = try CachedStatement(
      db,
      """
      INSERT INTO action_entity(action, first, last) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET last = max(last, excluded.last)
      """)
    var rest = entities[...]
    while let first = rest.first {
      let count = zip(rest, first...).prefix { $0 == $1 }.count
      try insert.run([.int64(action), .integer(first), .integer(first + Int64(count) - 1)])
      rest = rest.dropFirst(count)
    }
  }

  /// Whether an earlier transaction of the action made the entity.
  func isMade(_ entity: Int64, by action: Int64) throws -> Bool {
    try CachedStatement(
      db, "SELECT 1 FROM action_entity WHERE action = ? AND ? BETWEEN first AND last"
    ).hasRow([.int64(action), .integer(entity)])
  }

  /// Notes that the action wrote these sequences; forgets what is too much to keep.
  ///
  /// - Parameter bytes: about how many the former values take that were noted.
  func end(_ sequences: ClosedRange<UInt64>, bytes: Int, by action: Int64) throws {
    try CachedStatement(
      db, "INSERT INTO action_dot(action, replica, first, last) VALUES (?, ?, ?, ?)"
    ).run([
      .int64(action), .integer(transaction.interner.number(of: transaction.replica)),
      .integer(sequences.lowerBound), .integer(sequences.upperBound),
    ])
    try CachedStatement(
      db, "UPDATE action SET registers = registers + ?, bytes = bytes + ? WHERE id = ?"
    ).run([.integer(sequences.count), .integer(bytes), .int64(action)])
    try keepWithinLimits()
  }

  /// An action that wrote nothing is none.
  func forgetEmpty(_ action: Int64) throws {
    try CachedStatement(db, "DELETE FROM action WHERE id = ? AND registers = 0")
      .run([.int64(action)])
  }

  /// The newest actions whose former values are no more than is kept together stay.
  private func keepWithinLimits() throws {
    let actions = try CachedStatement(db, "SELECT id, bytes FROM action ORDER BY id DESC")
    var sum = 0
    for (action, bytes) in try actions.all([], { ($0.integer(0), Int($0.integer(1))) }) {
      sum += bytes
      if sum > Limits.actionBytes { return try forget(upTo: action) }
    }
  }

  private func forget(upTo action: Int64) throws {
    for (table, column) in [
      ("action", "id"), ("action_register", "action"), ("action_entity", "action"),
      ("action_dot", "action"),
    ] {
      try CachedStatement(db, "DELETE FROM \(table) WHERE \(column) <= ?").run([.int64(action)])
    }
  }
}

// Reading them.
extension ActionTable {
  /// The newest first.
  static func all(_ db: Database) throws -> [LoggedAction] {
    try CachedStatement(
      db,
      """
      SELECT id, time, command, registers,
        (SELECT count(DISTINCT entity) FROM action_register JOIN entity ON entity.id = entity
          WHERE action = action.id AND kind = \(EntityKind.article.number))
        + (SELECT count(*) FROM action_entity JOIN entity ON entity.id BETWEEN first AND last
          WHERE action = action.id AND kind = \(EntityKind.article.number))
      FROM action ORDER BY id DESC
      """
    ).all([]) { row in
      LoggedAction(
        number: row.integer(0), milliseconds: row.integer(1), command: row.text(2),
        articles: Int(row.integer(4)), registers: Int(row.integer(3)))
    }
  }

  /// What the action wrote.
  func dots(of action: Int64) throws -> Knowledge {
    var dots: [ReplicaID: SequenceSet] = [:]
    try CachedStatement(db, "SELECT replica, first, last FROM action_dot WHERE action = ?")
      .walk([.int64(action)]) { row in
        let replica = try transaction.interner.replica(row.integer(0))
        let range = UInt64(clamping: row.integer(1))...UInt64(clamping: row.integer(2))
        dots[replica, default: SequenceSet()].formUnion(SequenceSet(range))
      }
    return Knowledge(dots)
  }

  /// The registers that the action wrote after `last`, ascending, and what they showed before; nil where
  /// they were never written.
  func registers(
    of action: Int64, after last: RegisterKey, atMost limit: Int
  ) throws -> [(register: RegisterKey, former: Value?)] {
    try CachedStatement(
      db,
      """
      SELECT entity, field, value FROM action_register
      WHERE action = ? AND (entity, field) > (?, ?) ORDER BY entity, field LIMIT ?
      """
    ).all([.int64(action), .integer(last.entity), .integer(last.field), .integer(limit)]) { row in
      (
        RegisterKey(entity: row.integer(0), field: row.integer(1)),
        row.isNull(2) ? nil : try Value(canonical: row.bytes(2))
      )
    }
  }

  /// The numbers of the entities that the action made, as ranges, ascending.
  func made(by action: Int64) throws -> [ClosedRange<Int64>] {
    try CachedStatement(db, "SELECT first, last FROM action_entity WHERE action = ? ORDER BY first")
      .all([.int64(action)]) { $0.integer(0)...max($0.integer(0), $0.integer(1)) }
  }
}
