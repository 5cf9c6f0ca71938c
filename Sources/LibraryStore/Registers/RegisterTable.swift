import GRDB
import Replication

/// Reads and writes registers one by one, siblings included.
struct RegisterTable {
  let transaction: StoreTransaction
  let runs: RegisterRunTable
  private let siblings: SiblingTable

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    runs = try RegisterRunTable(transaction.db)
    siblings = try SiblingTable(transaction)
  }

  /// Nil where the register was never written.
  func register(_ id: RegisterID) throws -> Register? {
    try key(of: id).flatMap { try register(id, entity: $0.entity, field: $0.field) }
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
    let winner = try RegisterTable.winner(id, packed, value: value, transaction)
    guard packed.siblings > 0 else { return Register(winner: winner, siblings: []) }
    var siblings: [Operation] = []
    try self.siblings.walk(RegisterKey(entity: entity, field: packed.field)) { row in
      let dot = Dot(
        replica: try transaction.interner.replica(row.replica), sequence: UInt64(row.sequence))
      siblings.append(
        try Operation(
          dot: dot, stamp: RegisterTable.stamp(row.stamp), register: id, value: row.value(),
          context: row.context()))
    }
    let register = Register(winner: winner, siblings: siblings)
    // The winner's context lies with its sibling, where it is authored.
    let authored = register.siblings.last {
      $0.dot == winner.dot && $0.stamp == winner.stamp && $0.value == winner.value
    }
    return authored.map { Register(winner: $0, siblings: siblings) } ?? register
  }

  /// A stored winner without its context.
  static func winner(
    _ id: RegisterID, _ packed: PackedRegister, value: [UInt8], _ transaction: StoreTransaction
  ) throws -> Operation {
    try Operation(
      dot: Dot(
        replica: transaction.interner.replica(packed.replica),
        sequence: UInt64(packed.sequence)),
      stamp: stamp(packed.stamp), register: id, value: Value(canonical: value))
  }

  static func stamp(_ raw: Int64) throws -> Stamp {
    guard let stamp = Stamp(rawValue: UInt64(bitPattern: raw)) else {
      throw StoreError.damaged("a register bears the stamp \(raw)")
    }
    return stamp
  }

  /// What a register shows, without its context and its siblings; nil where it was never written.
  func winner(_ id: RegisterID) throws -> Operation? {
    try stored(id).map { try RegisterTable.winner(id, $0, value: $1, transaction) }
  }

  private func stored(_ id: RegisterID) throws -> (PackedRegister, value: [UInt8])? {
    guard let key = try key(of: id) else { return nil }
    return try runs.run(of: key).register(key)
  }

  /// Nil where nothing of the register's entity, or of its field's name, is here.
  func key(of id: RegisterID) throws -> RegisterKey? {
    guard let entity = try transaction.interner.existingNumber(of: id.entity),
      let field = try transaction.interner.existingNumber(of: id.field)
    else { return nil }
    return RegisterKey(entity: entity, field: field)
  }

  /// A sibling that says something else than what is shown, without what it says.
  typealias Hidden = SiblingTable.Outline

  /// Calls `body` with each sibling that says something else than what is shown, without reading
  /// what (Protocol 5.6).
  ///
  /// - Returns: how long what is shown is; nil where the register was never written.
  func surveyHidden(
    _ key: RegisterKey, _ body: (Hidden) throws -> Void
  ) throws -> Int? {
    guard let (packed, value) = try runs.run(of: key).register(key) else { return nil }
    if packed.siblings > 0 {
      try siblings.survey(key, over: value) { if !$0.isShown { try body($0) } }
    }
    return value.count
  }

  /// A sibling by its digest; nil where it has gone.
  func sibling(_ digest: Digest128, of id: RegisterID, _ key: RegisterKey) throws -> Operation? {
    try siblings.operation(digest, of: id, key)
  }

  /// What a register shows, and the context of an authored write over all that is in it.
  struct Face {
    /// With its context, where it is authored.
    var winner: Operation
    var context = Context.empty
  }

  /// Nil where the register was never written.
  func face(_ id: RegisterID, _ key: RegisterKey) throws -> Face? {
    guard let (packed, value) = try runs.run(of: key).register(key) else { return nil }
    var face = Face(winner: try RegisterTable.winner(id, packed, value: value, transaction))
    guard packed.siblings > 0 else { return face }
    var join = ContextJoin()
    try siblings.survey(key, over: value, withContexts: true) { row in
      let context = try row.context()
      let dot = Dot(
        replica: try transaction.interner.replica(row.replica), sequence: UInt64(row.sequence))
      join.add(dot, context: context, knowing: transaction.knowledge)
      // The winner's context lies with its sibling.
      guard row.isShown, dot == face.winner.dot, row.stamp == packed.stamp else { return }
      let authored = try Operation(
        dot: dot, stamp: face.winner.stamp, register: id, value: face.winner.value,
        context: context)
      if authored.beats(face.winner) { face.winner = authored }
    }
    face.context = join.context
    return face
  }

  /// What an author is shown of a register now.
  func shown(_ id: RegisterID) throws -> Shown {
    guard let current = try current(id, holdingConflicts: true) else { return Shown(unwritten: id) }
    return Shown(
      id, value: current.winner.value, conflicts: current.conflicts, context: current.context)
  }

  /// What a write must know of a register.
  struct CurrentRegister {
    /// Without its context.
    let winner: Operation
    /// Whether any authored text is in it.
    let isAuthored: Bool
    /// How many siblings say something else than the winner.
    var conflictCount = 0
    /// What they say, where that was asked for.
    var conflicts: [Value] = []
    /// The context of an authored write over all of this (Protocol 1.6).
    var context = Context.empty
  }

  /// Nil where the register was never written.
  func current(_ id: RegisterID, holdingConflicts: Bool = false) throws -> CurrentRegister? {
    guard let (packed, value) = try stored(id) else { return nil }
    var current = CurrentRegister(
      winner: try RegisterTable.winner(id, packed, value: value, transaction),
      isAuthored: packed.siblings > 0)
    guard current.isAuthored, let entity = try transaction.interner.existingNumber(of: id.entity)
    else { return current }
    var join = ContextJoin()
    try siblings.walk(RegisterKey(entity: entity, field: packed.field)) { row in
      let dot = Dot(
        replica: try transaction.interner.replica(row.replica), sequence: UInt64(row.sequence))
      join.add(dot, context: try row.context(), knowing: transaction.knowledge)
      guard !row.says(value) else { return }
      current.conflictCount += 1
      if holdingConflicts { current.conflicts.append(try row.value()) }
    }
    current.context = join.context
    return current
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
      try write(
        new.siblings, over: old?.siblings ?? [], RegisterKey(entity: entity, field: change.field))
      let held = Set(new.held)
      for operation in old?.held ?? [] where !held.contains(operation) {
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

  private func write(_ new: [Operation], over old: [Operation], _ key: RegisterKey) throws {
    guard new != old else { return }
    let (before, after) = (Set(old), Set(new))
    for operation in before.subtracting(after) {
      try siblings.delete(OperationDigest.of(operation, as: .sibling), from: key)
    }
    for operation in after.subtracting(before) {
      let digest = OperationDigest.of(operation, as: .sibling)
      try siblings.insert(operation, digest: digest, into: key)
    }
  }
}
