import Articles
import Coding
import Replication

/// Turns edits into operations of this replica's own.
struct LocalWrite {
  private let transaction: StoreTransaction

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// Returns the entities that changed.
  func write(_ edits: [Edit], now: Int64) throws -> Set<EntityID> {
    let table = try RegisterTable(transaction)
    // In key order, which keeps an entity's operations together in the frame.
    var rest = LocalWrite.last(of: edits).sorted { $0.register < $1.register }[...]
    var operations: [Operation] = []
    while let entity = rest.first?.register.entity {
      let part = rest.prefix { $0.register.entity == entity }
      operations += try write(part, of: entity, table, now: now)
      rest = rest.dropFirst(part.count)
    }
    try log(operations)
    return Set(operations.map(\.register.entity))
  }

  /// Only the last edit of a register counts.
  private static func last(of edits: [Edit]) -> [Edit] {
    var last: [RegisterID: Edit] = [:]
    for edit in edits { last[edit.register] = edit }
    return Array(last.values)
  }

  /// Writes the registers of one entity together: they lie together.
  private func write(
    _ edits: ArraySlice<Edit>, of entity: EntityID, _ table: RegisterTable, now: Int64
  ) throws -> [Operation] {
    var changes: [RegisterTable.Change] = []
    var operations: [Operation] = []
    for edit in edits {
      let seen = try table.register(edit.register)
      guard LocalWrite.isNeeded(edit, over: seen) else { continue }
      let operation = try operation(edit, over: seen, now: now)
      var new = seen ?? Register(operation)
      new.apply(operation)
      let field = try transaction.interner.number(of: edit.register.field)
      changes.append(RegisterTable.Change(field: field, old: seen, new: new))
      operations.append(operation)
    }
    guard !changes.isEmpty else { return [] }
    try table.replace(changes, of: transaction.interner.number(of: entity))
    return operations
  }

  private func operation(_ edit: Edit, over seen: Register?, now: Int64) throws -> Operation {
    let reading = try transaction.clock.tick(wallMilliseconds: now)
    return try Operation(
      dot: transaction.takeDot(),
      stamp: Clock.stamp(reading: reading, over: seen?.winner.stamp), register: edit.register,
      value: edit.value,
      context: edit.manner == .author ? seen?.contextForNextWrite ?? .empty : nil)
  }

  private static func isNeeded(_ edit: Edit, over seen: Register?) -> Bool {
    guard let seen else {
      // What was never set need not be unset.
      return edit.value != .nothing && edit.value != .flag(false)
    }
    switch edit.manner {
    case .onlyIfUnset: return false
    case .importing: return seen.siblings.isEmpty && seen.winner.value != edit.value
    case .set, .author: return seen.winner.value != edit.value || !seen.conflicts.isEmpty
    }
  }

  /// Appends own operations to the log, in frames of about the size aimed at.
  func log(_ operations: [Operation]) throws {
    guard let first = operations.first else { return }
    let log = FrameLog(transaction)
    var rest = operations[...]
    while !rest.isEmpty {
      var bytes = 0
      let part = rest.prefix(Limits.frameOperations / 4).prefix { operation in
        let isFirst = bytes == 0
        bytes += operation.greatestLength
        return isFirst || bytes <= Limits.frameTargetBytes
      }
      try log.append(Array(part), of: transaction.replica)
      rest = rest.dropFirst(part.count)
    }
    transaction.learn(
      SequenceSet(first.dot.sequence...(transaction.nextSequence - 1)), of: transaction.replica)
    try log.rollUp(transaction.interner.number(of: transaction.replica))
  }

  func name(_ replica: ReplicaID, _ name: String, now: Int64) throws {
    guard name.utf8.count <= Limits.nameBytes else {
      throw ReplicationError.valueLength(name.utf8.count)
    }
    let register = RegisterID(
      EntityID(kind: .replica, key: replica.identifier), ReplicaField.name)
    _ = try write([Edit(register, try .text(name))], now: now)
  }

  /// Names a fresh replica after the one it was copied from, told apart by its id.
  func rename(_ fresh: ReplicaID, like old: ReplicaID, now: Int64) throws {
    let register = RegisterID(
      EntityID(kind: .replica, key: old.identifier), ReplicaField.name)
    let name = try RegisterTable(transaction).register(register)?.winner.value.text
    let suffix = "-" + fresh.description.prefix(4)
    var base = name ?? "replica"
    // One that was a copy itself hands on the name it was given.
    let given = "-" + old.description.prefix(4)
    if base.hasSuffix(given) { base.removeLast(given.count) }
    while base.utf8.count + suffix.utf8.count > Limits.nameBytes { base.removeLast() }
    try self.name(fresh, base + suffix, now: now)
  }
}

extension Operation {
  /// About what it takes of a frame's payload at most: its entity and field may be the first of
  /// their name, and a context names replicas with sequences.
  fileprivate var greatestLength: Int {
    48 + register.field.bytes.count + value.bytes.count + 26 * (context?.entries.count ?? 0)
  }
}
