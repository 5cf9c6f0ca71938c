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
      let field = try transaction.interner.existingNumber(of: id.field)
    else { return nil }
    return try register(id, entity: entity, field: field)
  }

  func register(_ id: RegisterID, entity: Int64, field: Int64) throws -> Register? {
    let key = RegisterKey(entity: entity, field: field)
    return try runs.run(of: key).register(key).map {
      try register(id, packed: $0, value: $1, entity: entity)
    }
  }

  /// Unpacks a register.
  func register(
    _ id: RegisterID, packed: PackedRegister, value: [UInt8], entity: Int64
  ) throws -> Register {
    let siblings =
      packed.siblings == 0 ? [] : try self.siblings(id, entity: entity, field: packed.field)
    let dot = Dot(
      replica: try transaction.interner.replica(packed.replica),
      sequence: UInt64(packed.sequence))
    let stamp = try stamp(packed.stamp)
    let value = try Value(canonical: value)
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

  /// Stores registers' new states over their old ones, and moves the fingerprint along.
  ///
  /// They are distinct ones of one entity.
  func replace(_ changes: [Change], of entity: Int64) throws {
    let changes = changes.filter { $0.old != $0.new }
    guard let first = changes.first else { return }
    transaction.noteChanged(first.new.winner.register.entity, entity)
    for change in changes {
      let (old, new) = (change.old, change.new)
      if let old { transaction.fingerprint.subtract(old) }
      transaction.fingerprint.add(new)
      transaction.noteStamp(new.winner.stamp.rawValue)
      if old?.siblings != new.siblings {
        try write(siblings: new.siblings, entity: entity, field: change.field)
      }
      for operation in old?.held ?? [] where !new.held.contains(operation) {
        let replica = try transaction.interner.number(of: operation.dot.replica)
        transaction.superseded[replica, default: []].append(operation.dot.sequence)
      }
    }
    try runs.set(changes.map { try unpacked($0.new, field: $0.field) }, of: entity)
  }

  /// What a register was and is to be.
  struct Change {
    let field: Int64
    let old: Register?
    let new: Register
  }

  private func unpacked(_ register: Register, field: Int64) throws -> UnpackedRegister {
    let winner = register.winner
    return UnpackedRegister(
      field: field, stamp: Int64(winner.stamp.rawValue),
      replica: try transaction.interner.number(of: winner.dot.replica),
      sequence: Int64(winner.dot.sequence), siblings: Int64(register.siblings.count),
      value: winner.value.bytes)
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
