import Articles
import Coding
import Replication

/// Turns edits into operations of this replica's own.
struct LocalWrite {
  private let transaction: StoreTransaction

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  func write(_ edits: [Edit], now: Int64) throws -> Written {
    transaction.now = now
    let table = try RegisterTable(transaction)
    var written = Written()
    var operations: [Operation] = []
    var record = try ActionRecord(transaction, now: now)
    // In key order, which keeps an entity's operations together in the frame.
    var rest = LocalWrite.last(of: edits).sorted { $0.register < $1.register }[...]
    while let entity = rest.first?.register.entity {
      let part = rest.prefix { $0.register.entity == entity }
      operations += try write(part, of: entity, table, &written, &record, now: now)
      rest = rest.dropFirst(part.count)
    }
    try log(operations)
    try record?.end(operations)
    written.changed = Set(operations.map(\.register.entity))
    return written
  }

  /// Only the last edit of a register counts.
  private static func last(of edits: [Edit]) -> [Edit] {
    var last: [RegisterID: Edit] = [:]
    for edit in edits { last[edit.register] = edit }
    return Array(last.values)
  }

  /// Writes the registers of one entity together: they lie together.
  private func write(
    _ edits: ArraySlice<Edit>, of entity: EntityID, _ table: RegisterTable,
    _ written: inout Written, _ record: inout ActionRecord?, now: Int64
  ) throws -> [Operation] {
    try record?.begin(entity)
    var plain: [RegisterTable.Change] = []
    var operations: [Operation] = []
    for edit in edits {
      let current = try table.current(edit.register)
      guard LocalWrite.isNeeded(edit, over: current) else { continue }
      let made: Result<Operation, ReplicationError> = try operation(edit, over: current, now: now)
      guard case .success(let operation) = made else {
        if case .failure(let reason) = made {
          written.leftOut.append(LeftOut(register: edit.register, reason: reason))
        }
        continue
      }
      operations.append(operation)
      let field = try transaction.interner.number(of: edit.register.field)
      try record?.note(current?.winner.value, of: edit.register, field: field)
      if edit.isAuthored || current?.isAuthored == true {
        let entity = try transaction.interner.number(of: entity)
        try table.join(operation, entity: entity, field: field)
      } else {
        let old = (current?.winner).map { Register($0) }
        var new = old ?? Register(operation)
        new.apply(operation)
        plain.append(RegisterTable.Change(field: field, old: old, new: new))
      }
    }
    if !plain.isEmpty {
      try table.replace(plain, of: transaction.interner.number(of: entity))
    }
    return operations
  }

  /// Fails for a register that can never be written again; throws what stops every write.
  private func operation(
    _ edit: Edit, over current: RegisterTable.CurrentRegister?, now: Int64
  ) throws -> Result<Operation, ReplicationError> {
    let reading: Stamp
    if case .recorded(let time) = edit.policy {
      // The clock is not read for what was done elsewhere.
      reading = Clock.reading(recordedAt: time, wallMilliseconds: now)
    } else {
      reading = try transaction.clock.tick(wallMilliseconds: now)
    }
    let context = edit.isAuthored ? edit.shown?.context ?? current?.context ?? .empty : nil
    let dot = Dot(replica: transaction.replica, sequence: transaction.nextSequence)
    let operation: Operation
    do {
      operation = try Operation(
        dot: dot, stamp: Clock.stamp(reading: reading, over: current?.winner.stamp),
        register: edit.register, value: edit.value, context: context)
    } catch .sequenceOutOfRange(let sequence) {
      throw ReplicationError.sequenceOutOfRange(sequence)
    } catch {
      return .failure(error)
    }
    _ = try transaction.takeDot()
    return .success(operation)
  }

  private static func isNeeded(_ edit: Edit, over current: RegisterTable.CurrentRegister?) -> Bool {
    guard let current else {
      // What was never set need not be unset.
      return edit.value != .nothing && edit.value != .flag(false)
    }
    let isShown = current.winner.value == edit.value && current.conflictCount == 0
    switch edit.policy {
    case .recorded where edit.isAuthored: return false
    case .onlyIfUnset, .recorded:
      return current.winner.value == .nothing && edit.value != .nothing
    case .importing: return !current.isAuthored && current.winner.value != edit.value
    case .set: return !isShown
    case .author:
      // What a person says is theirs from then on, though an importer said the same.
      guard current.isAuthored else { return true }
      // Who hands back what they were shown wrote nothing.
      let isUntouched = edit.shown.map { $0.value == edit.value && $0.conflicts.isEmpty } ?? false
      return !isShown && !isUntouched
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
        bytes += operation.maximumLength
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
    let written = try write([Edit(register, try .text(name))], now: now)
    if let leftOut = written.leftOut.first { throw leftOut.reason }
  }

  /// Names a fresh replica after the one it was copied from, told apart by its id.
  func rename(_ fresh: ReplicaID, like old: ReplicaID, now: Int64) throws {
    let register = RegisterID(
      EntityID(kind: .replica, key: old.identifier), ReplicaField.name)
    let card = try RegisterTable(transaction).register(register)?.winner.value.text
    let suffix = "-" + fresh.description.prefix(4)
    var base = card?.asReplicaName ?? "replica"
    // One that was a copy itself hands on the name it was given.
    let given = "-" + old.description.prefix(4)
    if base.hasSuffix(given) { base.removeLast(given.count) }
    base = base.beginning(ofBytes: Limits.nameBytes - suffix.utf8.count)
    try self.name(fresh, base + suffix, now: now)
  }
}

/// What a write of edits did.
package struct Written: Sendable, Equatable {
  /// The entities of which a register changed.
  package internal(set) var changed: Set<EntityID> = []
  /// What was to be written and cannot be; all else was.
  package internal(set) var leftOut: [LeftOut] = []

  package init() {}
}

/// A register that can never be written again, since of what a member wrote there nothing greater
/// can be said.
public struct LeftOut: Sendable, Equatable {
  public let register: RegisterID
  public let reason: ReplicationError
}

extension Operation {
  /// About what it takes of a frame's payload at most: its entity and field may be the first of
  /// their name, and a context names replicas with sequences.
  fileprivate var maximumLength: Int {
    48 + register.field.bytes.count + value.bytes.count + 26 * (context?.entries.count ?? 0)
  }
}
