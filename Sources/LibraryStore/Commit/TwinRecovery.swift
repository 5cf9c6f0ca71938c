import Coding
import GRDB
import Replication

/// Finds that another database writes under an id this one may write as, and makes room for it
/// (Protocol 1.10): own operations that no peer has acknowledged move to a fresh id with their
/// stamps, so that results do not change, and the old id is left to the other.
struct TwinRecovery {
  private let transaction: StoreTransaction

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  struct Outcome {
    let old: ReplicaID
    let new: ReplicaID
    let rewritten: Int
  }

  /// Notes what a peer's knowledge shows of this database's ids, and recovers from a twin.
  func recover(before known: Knowledge, now: Int64) throws -> Outcome? {
    for replica in transaction.identities.entries.keys {
      if let last = known[replica].last { transaction.identities.noteShown(last, of: replica) }
    }
    return try recover(now: now)
  }

  /// The same for operations, and for the contexts they bear.
  func recover(before blocks: [OperationBlock], now: Int64) throws -> Outcome? {
    for block in blocks {
      if transaction.identities.entries[block.replica] != nil { try noteShown(by: block) }
      for context in block.contexts.values {
        for replica in transaction.identities.entries.keys {
          transaction.identities.noteShown(context.sequence(of: replica), of: replica)
        }
      }
    }
    return try recover(now: now)
  }

  private func noteShown(by block: OperationBlock) throws {
    let shown = try differs(block) ? Limits.maximumSequence : block.carried.last ?? 0
    transaction.identities.noteShown(shown, of: block.replica)
  }

  private func differs(_ block: OperationBlock) throws -> Bool {
    let own = try heldOperations(of: block.replica, within: block.range)
    guard !own.isEmpty else { return false }
    let held = Dictionary(
      own.map { ($0.dot.sequence, $0) }, uniquingKeysWith: { first, _ in first })
    for index in 0..<block.count {
      guard let mine = held[block.sequence(at: index)] else { continue }
      if try block.operation(at: index) != mine { return true }
    }
    return false
  }

  private func heldOperations(
    of replica: ReplicaID, within range: ClosedRange<UInt64>
  ) throws -> [Operation] {
    let log = FrameLog(transaction)
    let number = try transaction.interner.number(of: replica)
    return try log.entries(of: number).filter { $0.range.overlaps(range) }
      .flatMap { try log.block($0.id).operations() }
  }

  /// Makes room for a twin, if what was shown so far proves one.
  func recover(now: Int64) throws -> Outcome? {
    guard transaction.identities.isContested, let evidence = transaction.evidence,
      let old = transaction.identities.twin(try evidence.rows())
    else { return nil }
    let issued = transaction.identities.entries[old]?.issued.sequence ?? 0
    let acknowledged = try PeerTable(transaction).acknowledged(of: old)
    let log = FrameLog(transaction)
    let number = try transaction.interner.number(of: old)
    let moving = try log.entries(of: number).flatMap { try log.block($0.id).operations() }
      .filter { $0.dot.sequence <= issued && !acknowledged.contains($0.dot.sequence) }
    let own = issued == 0 ? SequenceSet() : SequenceSet(1...issued)
    let unacknowledged = transaction.knowledge[old].intersection(own).subtracting(acknowledged)
    try takeOut(moving, of: old)
    transaction.forget(unacknowledged, of: old)
    try ExchangeTable(transaction.db).forgetFiles(carrying: unacknowledged, of: old)
    transaction.identities.strike(old)
    let fresh = try transaction.takeFreshID()
    let moved = try move(moving, from: old, acknowledged: acknowledged)
    try LocalWrite(transaction).rename(fresh, like: old, now: now)
    return Outcome(old: old, new: fresh, rewritten: moved)
  }

  /// Takes operations out of the log; their registers follow in ``move(_:from:)``.
  private func takeOut(_ operations: [Operation], of replica: ReplicaID) throws {
    let gone = Set(operations.map(\.dot.sequence))
    let log = FrameLog(transaction)
    let number = try transaction.interner.number(of: replica)
    for entry in try log.entries(of: number) {
      let kept = try log.block(entry.id).operations().filter { !gone.contains($0.dot.sequence) }
      guard kept.count < entry.operations else { continue }
      try log.delete(entry)
      try log.append(kept, of: replica)
    }
  }

  /// Writes operations again under the fresh id: only those still shown or in conflict.
  private func move(
    _ operations: [Operation], from old: ReplicaID, acknowledged: SequenceSet
  ) throws -> Int {
    let table = try RegisterTable(transaction)
    var moved: [Operation] = []
    for operation in operations {
      let entity = try transaction.interner.number(of: operation.register.entity)
      let field = try transaction.interner.number(of: operation.register.field)
      guard
        let register = try table.register(operation.register, entity: entity, field: field),
        register.held.contains(operation)
      else { continue }
      let dot = try transaction.takeDot()
      let renamed = try Operation(
        dot: dot, stamp: operation.stamp, register: operation.register, value: operation.value,
        context: operation.context?.claiming(only: acknowledged, of: old))
      let new = Register(
        winner: register.winner == operation ? renamed : register.winner,
        siblings: register.siblings.map { $0 == operation ? renamed : $0 })
      try table.replace(
        [RegisterTable.Change(field: field, old: register, new: new)], of: entity)
      moved.append(renamed)
    }
    try LocalWrite(transaction).log(moved)
    return moved.count
  }
}

extension Context {
  /// The same context, covering of `replica` no more than what leads up to the first sequence
  /// that is not in `sequences`: past it, a dot may be the twin's, whose text was not seen.
  fileprivate func claiming(only sequences: SequenceSet, of replica: ReplicaID) -> Context {
    let first = sequences.ranges.first
    let last = first?.lowerBound == 1 ? first?.upperBound ?? 0 : 0
    return Context(
      entries.compactMap { entry in
        guard entry.replica == replica, entry.sequence > last else { return entry }
        return last == 0 ? nil : Entry(replica: replica, sequence: last)
      })
  }
}
