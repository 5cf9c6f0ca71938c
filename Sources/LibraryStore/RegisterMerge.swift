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
  private let replace: RawStatement
  private var blocks: [Interned] = []

  /// A block with the integers its identifiers are interned to.
  private struct Interned {
    let block: OperationBlock
    let replica: Int64
    let entities: [Int64]
    let fields: [Int64]
  }

  /// One operation of the batch: its register's key, and where it is.
  private struct Candidate {
    let entity: Int64
    let field: Int64
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
    replace = try RawStatement(
      transaction.db,
      """
      INSERT OR REPLACE INTO register(entity, field, stamp, replica, sequence, siblings, value)
      VALUES (?, ?, ?, ?, ?, 0, ?)
      """)
  }

  /// Applies all operations of `blocks`; returns, per block, which of its operations are now a
  /// winner or sibling that was not stored before.
  mutating func apply(_ blocks: [OperationBlock]) throws -> [Set<Int>] {
    self.blocks = try blocks.map { block in
      Interned(
        block: block, replica: try transaction.interner.number(of: block.replica),
        entities: try transaction.interner.numbers(of: block.entities),
        fields: try block.fields.map { try transaction.interner.number(of: $0) })
    }
    let candidates = sortedCandidates()
    var won = [Set<Int>](repeating: [], count: blocks.count)
    var start = 0
    while start < candidates.count {
      var end = start + 1
      while end < candidates.count, candidates[end].entity == candidates[start].entity,
        candidates[end].field == candidates[start].field
      { end += 1 }
      for winner in try apply(candidates[start..<end]) {
        won[Int(winner.block)].insert(Int(winner.index))
      }
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
            block: Int32(number), index: Int32(index)))
      }
    }
    candidates.sort { ($0.entity, $0.field) < ($1.entity, $1.field) }
    return candidates
  }

  /// Applies the operations of one register.
  private func apply(_ candidates: ArraySlice<Candidate>) throws -> [Candidate] {
    guard let first = candidates.first else { return [] }
    select.bind(first.entity, at: 1)
    select.bind(first.field, at: 2)
    let isStored = try select.step()
    defer { select.reset() }
    let hasSiblings = isStored && select.integer(3) > 0
    if hasSiblings || candidates.contains(where: { block($0).contexts[Int($0.index)] != nil }) {
      select.reset()
      return try applyExactly(candidates)
    }
    let best = candidates.dropFirst().reduce(first) { beats($1, $0) ? $1 : $0 }
    for candidate in candidates where candidate.index != best.index || candidate.block != best.block
    {
      noteSuperseded(candidate)
    }
    if isStored {
      switch try compareWithStored(best) {
      case .same: return []
      case .loses:
        noteSuperseded(best)
        return []
      case .wins:
        transaction.superseded[select.integer(1), default: []].append(
          UInt64(select.integer(2)))
        transaction.fingerprint.subtract(try storedDigest(best))
      }
    }
    try write(best)
    return [best]
  }

  private func block(_ candidate: Candidate) -> OperationBlock {
    blocks[Int(candidate.block)].block
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
    let (a, b) = (block(left), block(right))
    let (i, j) = (Int(left.index), Int(right.index))
    if a.stamps[i] != b.stamps[j] { return a.stamps[i] > b.stamps[j] }
    if a.replica != b.replica { return a.replica > b.replica }
    switch a.withValue(at: i, { x in b.withValue(at: j) { y in order(x, y) } }) {
    case 0: return a.sequences[i] > b.sequences[j]
    case let order: return order > 0
    }
  }

  private func compareWithStored(_ candidate: Candidate) throws -> Comparison {
    let block = block(candidate)
    let index = Int(candidate.index)
    let stamp = Int64(block.stamps[index])
    if stamp != select.integer(0) { return stamp > select.integer(0) ? .wins : .loses }
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

  private func write(_ candidate: Candidate) throws {
    let interned = blocks[Int(candidate.block)]
    let block = interned.block
    let index = Int(candidate.index)
    select.reset()
    replace.bind(candidate.entity, at: 1)
    replace.bind(candidate.field, at: 2)
    replace.bind(Int64(block.stamps[index]), at: 3)
    replace.bind(interned.replica, at: 4)
    replace.bind(Int64(block.sequences[index]), at: 5)
    try block.withValue(at: index) { value in
      replace.bind(value, at: 6)
      try replace.run()
      let field = block.fields[Int(block.fieldColumn[index])].bytes
      let digest = field.withUnsafeBytes {
        OperationDigest.of(
          .winner, entity: block.entities[Int(block.entityColumn[index])], field: $0,
          stamp: block.stamps[index], dot: block.dot(at: index), value: value
        ).finish()
      }
      transaction.fingerprint.add(digest)
    }
    transaction.changedEntities.insert(candidate.entity)
  }

  /// The plain way, for a register with authored text in it.
  private func applyExactly(_ candidates: ArraySlice<Candidate>) throws -> [Candidate] {
    guard let first = candidates.first else { return [] }
    let operations = try candidates.map { try block($0).operation(at: Int($0.index)) }
    let old = try exact.register(
      operations[0].register, entity: first.entity, field: first.field)
    var new = old ?? Register(operations[0])
    for operation in operations { new.apply(operation) }
    try exact.replace(old, with: new, entity: first.entity, field: first.field)
    let before = Set(old?.held ?? [])
    let after = Set(new.held)
    return zip(candidates, operations).compactMap { candidate, operation in
      if !after.contains(operation) {
        if !before.contains(operation) { noteSuperseded(candidate) }
        return nil
      }
      return before.contains(operation) ? nil : candidate
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
