import Articles
import Coding
import GRDB
import Replication

extension ReplicaStore {
  /// Makes edits in one transaction, at wall time `now` in milliseconds since 1970; returns the
  /// entities that changed. An edit that says what is already so writes nothing.
  ///
  /// - Parameters:
  ///   - bodies: bodies the edits name, stored before them.
  ///   - rehearsing: whether all of it is taken back, to learn what would change.
  @discardableResult
  public func write(
    _ edits: [Edit], bodies: [VerifiedChunk] = [], now: Int64, rehearsing: Bool = false
  ) throws(StoreError) -> Set<EntityID> {
    try changeOwn(now: now, rehearsing: rehearsing) { transaction in
      _ = try BodyTable(transaction.db).insert(bodies)
      return try LocalWrite(transaction).write(edits, now: now)
    }
  }

  /// A change that issues sequences of this replica's own: under a fresh id if this database is
  /// not the one its id was given to.
  func changeOwn<Result>(
    now: Int64, rehearsing: Bool = false, _ body: (StoreTransaction) throws -> Result
  ) throws(StoreError) -> Result {
    var notice: Notice?
    let result = try change(rehearsing: rehearsing) { transaction in
      notice = try takeFreshIdentity(transaction, now: now)
      return try body(transaction)
    }
    if !rehearsing {
      mismatch = nil
      if let notice { tell(notice) }
    }
    return result
  }

  /// Makes sure the next thing sent bears an id that is this database's alone.
  public func ensureIdentity(now: Int64) throws(StoreError) {
    guard mismatch != nil else { return }
    try changeOwn(now: now) { _ in }
  }

  private func takeFreshIdentity(
    _ transaction: StoreTransaction, now: Int64
  ) throws -> Notice? {
    // Looked at again now that no other process writes: one may have been about to commit what its
    // evidence spoke of, or have taken the fresh id already.
    guard mismatch != nil,
      let mismatch = options.guardian.mismatch(
        of: transaction.replica, database: file, lastSequence: transaction.nextSequence - 1)
    else { return nil }
    let old = transaction.replica
    var generator = SystemRandomNumberGenerator()
    let fresh = ReplicaID(.random(using: &generator))
    try transaction.become(fresh)
    try LocalWrite(transaction).rename(fresh, like: old, now: now)
    return .freshIdentity(mismatch, old: old, new: fresh)
  }
}

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
