import Coding
import GRDB
import Replication

/// Reads and writes whole registers, siblings included: the exact way, for local writes and for
/// the registers in which authored text is involved.
struct RegisterTable {
  private let transaction: StoreTransaction
  private let runs: RegisterRunTable

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    runs = try RegisterRunTable(transaction.db)
  }

  /// Nil where the register was never written.
  func register(_ id: RegisterID) throws -> Register? {
    guard let entity = try transaction.interner.existingNumber(of: id.entity),
      let field = transaction.interner.existingNumber(of: id.field)
    else { return nil }
    return try register(id, entity: entity, field: field)
  }

  func register(_ id: RegisterID, entity: Int64, field: Int64) throws -> Register? {
    let run = try runs.run(entity: entity, field: field)
    return try run.register(field).map { try register(id, packed: $0, in: run, entity: entity) }
  }

  /// Unpacks a register of `run`.
  func register(
    _ id: RegisterID, packed: PackedRegister, in run: RegisterRun, entity: Int64
  ) throws -> Register {
    let siblings =
      packed.siblings == 0 ? [] : try self.siblings(id, entity: entity, field: packed.field)
    let dot = Dot(
      replica: try transaction.interner.replica(packed.replica),
      sequence: UInt64(packed.sequence))
    let stamp = try stamp(packed.stamp)
    let value = try Value(canonical: Array(run.bytes[packed.value]))
    // The winner's context lies with its sibling row, where it is authored.
    let authored = siblings.first { $0.dot == dot && $0.stamp == stamp && $0.value == value }
    return Register(
      winner: try authored ?? Operation(dot: dot, stamp: stamp, register: id, value: value),
      siblings: siblings)
  }

  private func siblings(_ id: RegisterID, entity: Int64, field: Int64) throws -> [Operation] {
    let select = try RawStatement(
      transaction.db,
      """
      SELECT stamp, replica, sequence, value, context FROM sibling
      WHERE entity = ? AND field = ?
      """)
    select.bind(entity, at: 1)
    select.bind(field, at: 2)
    defer { select.reset() }
    var siblings: [Operation] = []
    while try select.step() {
      let dot = Dot(
        replica: try transaction.interner.replica(select.integer(1)),
        sequence: UInt64(select.integer(2)))
      siblings.append(
        try Operation(
          dot: dot, stamp: stamp(select.integer(0)), register: id,
          value: Value(canonical: select.bytes(3)), context: Context(bytes: select.bytes(4))))
    }
    return siblings
  }

  /// Stores a register's new state over its old one, and moves the fingerprint along.
  func replace(
    _ old: Register?, with new: Register, entity: Int64, field: Int64
  ) throws {
    guard old != new else { return }
    if let old { transaction.fingerprint.subtract(old) }
    transaction.fingerprint.add(new)
    try write(new, entity: entity, field: field)
    if old?.siblings != new.siblings {
      try write(siblings: new.siblings, entity: entity, field: field)
    }
    transaction.noteChanged(new.winner.register.entity, entity)
    for operation in old?.held ?? [] where !new.held.contains(operation) {
      try noteSuperseded(operation.dot)
    }
  }

  func noteSuperseded(_ dot: Dot) throws {
    let replica = try transaction.interner.number(of: dot.replica)
    transaction.superseded[replica, default: []].append(dot.sequence)
  }

  private func write(_ register: Register, entity: Int64, field: Int64) throws {
    let winner = register.winner
    transaction.noteStamp(winner.stamp.rawValue)
    var run = try runs.run(entity: entity, field: field)
    try run.set(
      field: field, stamp: Int64(winner.stamp.rawValue),
      replica: transaction.interner.number(of: winner.dot.replica),
      sequence: Int64(winner.dot.sequence), siblings: Int64(register.siblings.count),
      value: winner.value.bytes)
    try runs.write(run, of: entity)
  }

  private func write(siblings: [Operation], entity: Int64, field: Int64) throws {
    let delete = try RawStatement(
      transaction.db, "DELETE FROM sibling WHERE entity = ? AND field = ?")
    delete.bind(entity, at: 1)
    delete.bind(field, at: 2)
    try delete.run()
    let insert = try RawStatement(
      transaction.db, "INSERT INTO sibling VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for sibling in siblings {
      insert.bind(entity, at: 1)
      insert.bind(field, at: 2)
      insert.bind(OperationDigest.of(sibling, as: .sibling).bytes, at: 3)
      insert.bind(Int64(sibling.stamp.rawValue), at: 4)
      insert.bind(try transaction.interner.number(of: sibling.dot.replica), at: 5)
      insert.bind(Int64(sibling.dot.sequence), at: 6)
      insert.bind(sibling.value.bytes, at: 7)
      insert.bind((sibling.context ?? .empty).bytes, at: 8)
      try insert.run()
    }
  }

  private func stamp(_ raw: Int64) throws -> Stamp {
    guard let stamp = Stamp(rawValue: UInt64(bitPattern: raw)) else {
      throw StoreError.damaged("a register bears the stamp \(raw)")
    }
    return stamp
  }
}
