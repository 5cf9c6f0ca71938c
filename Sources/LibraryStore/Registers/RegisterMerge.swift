import Coding
import GRDB
import Replication

/// Folds a batch of blocks in memory and applies the result in key order.
///
/// Random order costs three to six times as much, since each write then finds another page of
/// the register table; sorting the batch first is what makes a merge run at the table's speed.
struct RegisterMerge {
  private let transaction: StoreTransaction
  private let batch: SortedBatch
  private let exact: RegisterTable
  private var stored: RegisterScan
  private let insert: RawStatement
  private let replace: RawStatement
  private var fates: [Fate]

  init(_ batch: SortedBatch, _ transaction: StoreTransaction) throws {
    self.transaction = transaction
    self.batch = batch
    exact = try RegisterTable(transaction)
    stored = try RegisterScan(transaction)
    insert = try RawStatement(transaction.db, RegisterMerge.insertion("INSERT"))
    replace = try RawStatement(transaction.db, RegisterMerge.insertion("INSERT OR REPLACE"))
    fates = [Fate](repeating: .unchanged, count: batch.count)
  }

  private static func insertion(_ verb: String) -> String {
    """
    \(verb) INTO register(entity, field, stamp, replica, sequence, siblings, value)
    VALUES (?, ?, ?, ?, ?, 0, ?)
    """
  }

  /// What became of an operation.
  enum Fate: UInt8 {
    /// It was stored before.
    case unchanged
    /// It is a winner or sibling now that was not stored before.
    case won
    case superseded
  }

  /// What is to become of one register.
  private struct Step {
    /// Where its operations lie in the batch.
    let operations: Range<Int>
    /// The place of the one that beats the others.
    let best: Int
    let action: Action

    enum Action {
      case insert, replace, exact
    }
  }

  /// Reading a stretch before writing it keeps the scan's place in the table, which every write
  /// would lose.
  private static let stretch = 2_048

  /// Applies all operations of the batch; returns what became of each, by its place.
  static func apply(_ batch: SortedBatch, _ transaction: StoreTransaction) throws -> [Fate] {
    var merge = try RegisterMerge(batch, transaction)
    defer { merge.stored.close() }
    try merge.apply()
    return merge.fates
  }

  private mutating func apply() throws {
    var steps: [Step] = []
    steps.reserveCapacity(RegisterMerge.stretch)
    var start = 0
    while start < batch.count {
      steps.removeAll(keepingCapacity: true)
      while start < batch.count, steps.count < RegisterMerge.stretch {
        let end = batch.end(of: start)
        if let step = try step(start..<end) { steps.append(step) }
        start = end
      }
      stored.close()
      for step in steps { try take(step) }
    }
  }

  /// Compares a register's operations with one another and with what is stored; nil where they
  /// change nothing.
  private mutating func step(_ range: Range<Int>) throws -> Step? {
    var best = batch.place(at: range.lowerBound)
    var isAuthored = best.isAuthored
    for position in range.dropFirst() {
      let place = batch.place(at: position)
      isAuthored = isAuthored || place.isAuthored
      if place.beats(best) { best = place }
    }
    let isStored = try stored.find(
      entity: batch.entity(at: range.lowerBound).number,
      field: batch.field(at: range.lowerBound).number)
    guard !isAuthored, !isStored || !stored.hasSiblings else {
      return Step(operations: range, best: best.number, action: .exact)
    }
    if range.count > 1 { noteSuperseded(range, but: best) }
    guard isStored else { return Step(operations: range, best: best.number, action: .insert) }
    switch try compareWithStored(best) {
    case .same: return nil
    case .loses:
      noteSuperseded(best)
      return nil
    case .wins:
      transaction.superseded[stored.replica, default: []].append(UInt64(stored.sequence))
      transaction.fingerprint.subtract(try storedDigest(range.lowerBound))
      return Step(operations: range, best: best.number, action: .replace)
    }
  }

  private mutating func take(_ step: Step) throws {
    guard step.action != .exact else { return try applyExactly(step.operations) }
    try write(
      batch.place(step.best), at: step.operations.lowerBound,
      with: step.action == .insert ? insert : replace)
    fates[step.best] = .won
  }

  private mutating func noteSuperseded(_ range: Range<Int>, but best: SortedBatch.Place) {
    for position in range {
      let place = batch.place(at: position)
      if place.number != best.number { noteSuperseded(place) }
    }
  }

  private mutating func noteSuperseded(_ place: SortedBatch.Place) {
    fates[place.number] = .superseded
    transaction.superseded[place.block.replica, default: []].append(place.sequence)
  }
}

// Rule 1 over operations where they lie: in blocks, and in the row the scan stands on.
extension RegisterMerge {
  private enum Comparison {
    case same, loses, wins
  }

  private func compareWithStored(_ place: SortedBatch.Place) throws -> Comparison {
    let stamp = Int64(place.stamp)
    if stamp != stored.stamp { return stamp > stored.stamp ? .wins : .loses }
    if place.block.replica != stored.replica {
      let replica = try transaction.interner.replica(stored.replica)
      return place.block.block.replica > replica ? .wins : .loses
    }
    let values = place.withValue { order($0, stored.value) }
    if values != 0 { return values > 0 ? .wins : .loses }
    let sequence = Int64(place.sequence)
    if sequence == stored.sequence { return .same }
    return sequence > stored.sequence ? .wins : .loses
  }

  /// What the row the scan stands on adds to the fingerprint.
  private func storedDigest(_ position: Int) throws -> Digest128 {
    let dot = Dot(
      replica: try transaction.interner.replica(stored.replica),
      sequence: UInt64(stored.sequence))
    return digest(position, stamp: UInt64(stored.stamp), dot: dot, value: stored.value)
  }

  /// What a winner of the register at `position` adds to the fingerprint.
  @inline(__always)
  private func digest(
    _ position: Int, stamp: UInt64, dot: Dot, value: UnsafeRawBufferPointer
  ) -> Digest128 {
    batch.field(at: position).name.bytes.withUnsafeBytes { field in
      OperationDigest.of(
        .winner, entity: batch.entity(at: position).id, field: field, stamp: stamp, dot: dot,
        value: value
      ).finish()
    }
  }

  /// Writes an operation as its register's winner.
  private func write(
    _ place: SortedBatch.Place, at position: Int, with statement: RawStatement
  ) throws {
    let (entity, id) = batch.entity(at: position)
    statement.bind(entity, at: 1)
    statement.bind(batch.field(at: position).number, at: 2)
    statement.bind(Int64(place.stamp), at: 3)
    statement.bind(place.block.replica, at: 4)
    statement.bind(Int64(place.sequence), at: 5)
    try place.withValue { value in
      statement.bind(value, at: 6)
      try statement.run()
      transaction.fingerprint.add(
        digest(position, stamp: place.stamp, dot: place.dot, value: value))
    }
    transaction.noteStamp(place.stamp)
    transaction.noteChanged(id, entity)
  }

  /// The plain way, for a register with authored text in it.
  private mutating func applyExactly(_ range: Range<Int>) throws {
    let (entity, field) = (
      batch.entity(at: range.lowerBound).number, batch.field(at: range.lowerBound).number
    )
    let places = range.map { batch.place(at: $0) }
    let operations = try places.map { try $0.block.block.operation(at: $0.index) }
    let old = try exact.register(operations[0].register, entity: entity, field: field)
    var new = old ?? Register(operations[0])
    for operation in operations { new.apply(operation) }
    try exact.replace(old, with: new, entity: entity, field: field)
    let before = Set(old?.held ?? [])
    let after = Set(new.held)
    for (place, operation) in zip(places, operations) where !before.contains(operation) {
      if after.contains(operation) {
        fates[place.number] = .won
      } else {
        noteSuperseded(place)
      }
    }
  }
}

extension RegisterMerge {
  /// For each operation of the batch, by its place, whether it is still its register's winner or a
  /// sibling in it.
  static func held(_ batch: SortedBatch, _ transaction: StoreTransaction) throws -> [Bool] {
    var held = [Bool](repeating: false, count: batch.count)
    var stored = try RegisterScan(transaction)
    defer { stored.close() }
    let exact = try RegisterTable(transaction)
    var start = 0
    while start < batch.count {
      let end = batch.end(of: start)
      defer { start = end }
      let id = RegisterID(batch.entity(at: start).id, batch.field(at: start).name)
      let (entity, field) = (batch.entity(at: start).number, batch.field(at: start).number)
      guard try stored.find(entity: entity, field: field) else { continue }
      let siblings =
        stored.hasSiblings
        ? try exact.register(id, entity: entity, field: field)?.siblings ?? [] : []
      for place in (start..<end).map({ batch.place(at: $0) }) {
        held[place.number] =
          place.block.replica == stored.replica && Int64(place.sequence) == stored.sequence
          || siblings.contains { $0.dot == place.dot }
      }
    }
    return held
  }
}

extension SortedBatch.Place {
  @inline(__always)
  fileprivate var stamp: UInt64 { block.block.stamps[index] }

  @inline(__always)
  fileprivate var sequence: UInt64 { block.block.sequence(at: index) }

  @inline(__always)
  fileprivate var dot: Dot { block.block.dot(at: index) }

  @inline(__always)
  fileprivate var isAuthored: Bool {
    !block.block.contexts.isEmpty && block.block.contexts[index] != nil
  }

  fileprivate func beats(_ other: Self) -> Bool {
    if stamp != other.stamp { return stamp > other.stamp }
    let (replica, otherReplica) = (block.block.replica, other.block.block.replica)
    if replica != otherReplica { return replica > otherReplica }
    switch withValue({ x in other.withValue { y in order(x, y) } }) {
    case 0: return sequence > other.sequence
    case let order: return order > 0
    }
  }

  @inline(__always)
  fileprivate func withValue<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let offsets = block.block.valueOffsets
    let range = Int(offsets[index])..<Int(offsets[index + 1])
    return try block.block.values.withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[range]))
    }
  }
}

/// Bytewise order: negative, zero or positive.
private func order(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
  for (x, y) in zip(left, right) where x != y { return Int(x) - Int(y) }
  return left.count - right.count
}
