import Coding
import GRDB
import Replication

/// Folds a batch of blocks in memory and applies the result in key order.
///
/// Random order costs three to six times as much, since each write then finds another page of
/// the register table; sorting the batch first is what makes a merge run at the table's speed.
struct RegisterMerge {
  private let transaction: StoreTransaction
  private let exact: RegisterTable
  private let select: RawStatement
  private let insert: RawStatement
  private let replace: RawStatement
  private var blocks: [Interned] = []

  /// A block with the integers its identifiers are interned to.
  ///
  /// A reference, since copying a block's dozen arrays for each of its operations costs as much as
  /// writing the operation.
  private final class Interned {
    let block: OperationBlock
    let replica: Int64
    let entities: [Int64]
    let fields: [Int64]

    init(_ block: OperationBlock, _ transaction: StoreTransaction) throws {
      self.block = block
      replica = try transaction.interner.number(of: block.replica)
      entities = try transaction.interner.numbers(of: block.entities)
      fields = try block.fields.map { try transaction.interner.number(of: $0) }
    }
  }

  /// One operation of the batch: its register's key, its stamp, and where it is.
  private struct Candidate {
    let entity: Int64
    let field: Int64
    let stamp: UInt64
    let block: Int32
    let index: Int32
  }

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    exact = try RegisterTable(transaction)
    select = try RawStatement(
      transaction.db,
      """
      SELECT stamp, replica, sequence, siblings, value FROM register
      WHERE entity = ? AND field = ?
      """)
    insert = try RawStatement(transaction.db, RegisterMerge.insertion(or: "IGNORE"))
    replace = try RawStatement(transaction.db, RegisterMerge.insertion(or: "REPLACE"))
  }

  private static func insertion(or otherwise: String) -> String {
    """
    INSERT OR \(otherwise) INTO register(entity, field, stamp, replica, sequence, siblings, value)
    VALUES (?, ?, ?, ?, ?, 0, ?)
    """
  }

  /// Applies all operations of `blocks`; returns, per block, which of its operations are now a
  /// winner or sibling that was not stored before.
  mutating func apply(_ blocks: [OperationBlock]) throws -> [[Bool]] {
    self.blocks = try blocks.map { try Interned($0, transaction) }
    let candidates = sortedCandidates()
    var won = blocks.map { [Bool](repeating: false, count: $0.count) }
    var start = 0
    while start < candidates.count {
      var end = start + 1
      while end < candidates.count, candidates[end].entity == candidates[start].entity,
        candidates[end].field == candidates[start].field
      { end += 1 }
      try apply(candidates[start..<end], &won)
      start = end
    }
    return won
  }

  private func sortedCandidates() -> [Candidate] {
    var candidates: [Candidate] = []
    candidates.reserveCapacity(blocks.reduce(0) { $0 + $1.block.count })
    for (number, interned) in blocks.enumerated() {
      for index in 0..<interned.block.count {
        candidates.append(
          Candidate(
            entity: interned.entities[Int(interned.block.entityColumn[index])],
            field: interned.fields[Int(interned.block.fieldColumn[index])],
            stamp: interned.block.stamps[index], block: Int32(number), index: Int32(index)))
      }
    }
    candidates.sort { ($0.entity, $0.field) < ($1.entity, $1.field) }
    return candidates
  }

  /// Applies the operations of one register, and adds those that are now stored to `won`.
  private func apply(_ candidates: ArraySlice<Candidate>, _ won: inout [[Bool]]) throws {
    guard var best = candidates.first else { return }
    if candidates.contains(where: isAuthored) { return try applyExactly(candidates, &won) }
    for candidate in candidates.dropFirst() where beats(candidate, best) { best = candidate }
    // Most registers of a merge are new: one statement tells, and writes them.
    if try write(best, with: insert) {
      noteSuperseded(candidates, but: best)
      won[Int(best.block)][Int(best.index)] = true
      return
    }
    select.bind(best.entity, at: 1)
    select.bind(best.field, at: 2)
    defer { select.reset() }
    guard try select.step() else {
      throw StoreError.damaged("register \(best.entity), \(best.field) is there and is not")
    }
    guard select.integer(3) == 0 else {
      select.reset()
      return try applyExactly(candidates, &won)
    }
    noteSuperseded(candidates, but: best)
    switch try compareWithStored(best) {
    case .same: break
    case .loses: noteSuperseded(best)
    case .wins:
      transaction.superseded[select.integer(1), default: []].append(UInt64(select.integer(2)))
      transaction.fingerprint.subtract(try storedDigest(best))
      select.reset()
      _ = try write(best, with: replace)
      won[Int(best.block)][Int(best.index)] = true
    }
  }

  private func isAuthored(_ candidate: Candidate) -> Bool {
    let contexts = blocks[Int(candidate.block)].block.contexts
    return !contexts.isEmpty && contexts[Int(candidate.index)] != nil
  }

  private func block(_ candidate: Candidate) -> OperationBlock {
    blocks[Int(candidate.block)].block
  }

  private func noteSuperseded(_ candidates: ArraySlice<Candidate>, but best: Candidate) {
    guard candidates.count > 1 else { return }
    for candidate in candidates
    where candidate.index != best.index || candidate.block != best.block {
      noteSuperseded(candidate)
    }
  }

  private func noteSuperseded(_ candidate: Candidate) {
    let interned = blocks[Int(candidate.block)]
    transaction.superseded[interned.replica, default: []].append(
      interned.block.sequences[Int(candidate.index)])
  }
}

// Rule 1 over operations where they lie: in blocks, and in the row `select` stands on.
extension RegisterMerge {
  private enum Comparison {
    case same, loses, wins
  }

  private func beats(_ left: Candidate, _ right: Candidate) -> Bool {
    if left.stamp != right.stamp { return left.stamp > right.stamp }
    let (a, b) = (block(left), block(right))
    let (i, j) = (Int(left.index), Int(right.index))
    if a.replica != b.replica { return a.replica > b.replica }
    switch a.withValue(at: i, { x in b.withValue(at: j) { y in order(x, y) } }) {
    case 0: return a.sequences[i] > b.sequences[j]
    case let order: return order > 0
    }
  }

  private func compareWithStored(_ candidate: Candidate) throws -> Comparison {
    let stamp = Int64(candidate.stamp)
    if stamp != select.integer(0) { return stamp > select.integer(0) ? .wins : .loses }
    let block = block(candidate)
    let index = Int(candidate.index)
    let replica = blocks[Int(candidate.block)].replica
    if replica != select.integer(1) {
      let stored = try transaction.interner.replica(select.integer(1))
      return block.replica > stored ? .wins : .loses
    }
    let values = block.withValue(at: index) { order($0, select.blob(4)) }
    if values != 0 { return values > 0 ? .wins : .loses }
    let sequence = Int64(block.sequences[index])
    if sequence == select.integer(2) { return .same }
    return sequence > select.integer(2) ? .wins : .loses
  }

  /// Bytewise order: negative, zero or positive.
  private func order(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    for (x, y) in zip(left, right) where x != y { return Int(x) - Int(y) }
    return left.count - right.count
  }

  /// What the row `select` stands on adds to the fingerprint.
  private func storedDigest(_ candidate: Candidate) throws -> Digest128 {
    let dot = Dot(
      replica: try transaction.interner.replica(select.integer(1)),
      sequence: UInt64(select.integer(2)))
    let block = block(candidate)
    let index = Int(candidate.index)
    return block.fields[Int(block.fieldColumn[index])].bytes.withUnsafeBytes { field in
      OperationDigest.of(
        .winner, entity: block.entities[Int(block.entityColumn[index])], field: field,
        stamp: UInt64(select.integer(0)), dot: dot, value: select.blob(4)
      ).finish()
    }
  }

  /// Writes an operation as its register's winner; returns whether `statement` did.
  private func write(_ candidate: Candidate, with statement: RawStatement) throws -> Bool {
    let interned = blocks[Int(candidate.block)]
    let index = Int(candidate.index)
    let sequence = interned.block.sequences[index]
    statement.bind(candidate.entity, at: 1)
    statement.bind(candidate.field, at: 2)
    statement.bind(Int64(candidate.stamp), at: 3)
    statement.bind(interned.replica, at: 4)
    statement.bind(Int64(sequence), at: 5)
    return try interned.block.withValue(at: index) { value in
      statement.bind(value, at: 6)
      guard try statement.runChanging() else { return false }
      let field = Int(interned.block.fieldColumn[index])
      let entity = interned.block.entities[Int(interned.block.entityColumn[index])]
      let digest = interned.block.fields[field].bytes.withUnsafeBytes {
        OperationDigest.of(
          .winner, entity: entity, field: $0, stamp: candidate.stamp,
          dot: Dot(replica: interned.block.replica, sequence: sequence), value: value
        ).finish()
      }
      transaction.fingerprint.add(digest)
      transaction.changedEntities[candidate.entity] = entity
      return true
    }
  }

  /// The plain way, for a register with authored text in it.
  private func applyExactly(
    _ candidates: ArraySlice<Candidate>, _ won: inout [[Bool]]
  ) throws {
    guard let first = candidates.first else { return }
    let operations = try candidates.map { try block($0).operation(at: Int($0.index)) }
    let old = try exact.register(
      operations[0].register, entity: first.entity, field: first.field)
    var new = old ?? Register(operations[0])
    for operation in operations { new.apply(operation) }
    try exact.replace(old, with: new, entity: first.entity, field: first.field)
    let before = Set(old?.held ?? [])
    let after = Set(new.held)
    for (candidate, operation) in zip(candidates, operations) where !before.contains(operation) {
      if after.contains(operation) {
        won[Int(candidate.block)][Int(candidate.index)] = true
      } else {
        noteSuperseded(candidate)
      }
    }
  }
}

extension OperationBlock {
  @inline(__always)
  func withValue<Result>(
    at index: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try payload.withUnsafeBytes {
      try body(
        UnsafeRawBufferPointer(
          rebasing: $0[Int(valueOffsets[index])..<Int(valueOffsets[index + 1])]))
    }
  }
}
