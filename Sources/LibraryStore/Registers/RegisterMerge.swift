import Coding
import GRDB
import Replication

/// Folds a batch of blocks in memory and applies the result in key order.
///
/// Random order costs three to six times as much, since each write then finds another page of
/// the table; sorting the batch first is what makes a merge run at the table's speed.
struct RegisterMerge {
  private let transaction: StoreTransaction
  private let batch: SortedBatch
  private let exact: RegisterTable
  private let runs: RegisterRunTable
  private var stored: RegisterScan
  private var fates: [Fate]
  private var stretch = Stretch()
  /// Means nothing (``SortedBatch/fetch(from:_:)``).
  private var seen: UInt64 = 0

  init(_ batch: SortedBatch, _ transaction: StoreTransaction) throws {
    self.transaction = transaction
    self.batch = batch
    exact = try RegisterTable(transaction)
    runs = try RegisterRunTable(transaction.db)
    stored = try RegisterScan(transaction)
    fates = [Fate](repeating: .unchanged, count: batch.count)
  }

  /// What became of an operation.
  enum Fate: UInt8 {
    /// It was stored before.
    case unchanged
    /// It is a winner or sibling now that was not stored before.
    case won
    case superseded
  }

  /// Runs made anew and not written yet: reading a stretch before writing it keeps the scan's place
  /// in the table, which every write would lose.
  private struct Stretch {
    var rows: [(entity: Int64, leastField: Int64, bytes: Range<Int>)] = []
    /// The rows' bytes end to end.
    var bytes: [UInt8] = []
    /// Where the operations of registers lie in the batch that are to be merged the exact way.
    var exact: [Range<Int>] = []

    var isFull: Bool { rows.count + exact.count >= 2_048 || bytes.count >= 1 << 20 }

    @inline(__always)
    mutating func copy(_ run: UnsafeRawBufferPointer, _ range: Range<Int>) {
      guard !range.isEmpty else { return }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: run[range]))
    }

    mutating func removeAll() {
      rows.removeAll(keepingCapacity: true)
      bytes.removeAll(keepingCapacity: true)
      exact.removeAll(keepingCapacity: true)
    }
  }

  /// What is to become of one register.
  private enum Action {
    case keep
    /// Write the operation that beats the others.
    case write(SortedBatch.Place)
    case exact
  }

  /// Applies all operations of the batch; returns what became of each, by its place.
  static func apply(_ batch: SortedBatch, _ transaction: StoreTransaction) throws -> [Fate] {
    var merge = try RegisterMerge(batch, transaction)
    defer { merge.stored.close() }
    try merge.apply()
    return merge.fates
  }

  private mutating func apply() throws {
    var (start, fetchedEnd) = (0, 0)
    while start < batch.count {
      if start >= fetchedEnd { fetchedEnd = batch.fetch(from: start, &seen) }
      let entity = batch.entity(at: start).number
      let isStored = try stored.find(entity: entity, field: batch.field(at: start).number)
      let run = isStored ? stored.run : RegisterRun()
      let end = batch.end(of: start, before: isStored ? stored.endField : .max)
      try run.bytes.withUnsafeBytes { try merge(start..<end, $0, leastField: run.leastField) }
      start = end
      if stretch.isFull { try writeStretch() }
    }
    try writeStretch()
  }

  private mutating func writeStretch() throws {
    stored.close()
    try stretch.bytes.withUnsafeBytes { bytes in
      for row in stretch.rows {
        try runs.write(
          UnsafeRawBufferPointer(rebasing: bytes[row.bytes]), entity: row.entity,
          leastField: row.leastField)
      }
    }
    for range in stretch.exact { try applyExactly(range) }
    stretch.removeAll()
  }

  /// Makes a run anew with the operations of the batch that belong in it: what they do not change
  /// is copied.
  private mutating func merge(
    _ operations: Range<Int>, _ run: UnsafeRawBufferPointer, leastField: Int64
  ) throws {
    let begin = stretch.bytes.count
    var isChanged = false
    var (start, next) = (operations.lowerBound, 0)
    while start < operations.upperBound {
      let end = batch.end(of: start)
      let field = batch.field(at: start).number
      let copied = next
      var register: PackedRegister?
      while next < run.count {
        let packed = try PackedRegister(in: run, at: next)
        if packed.field == field { register = packed }
        guard packed.field < field else { break }
        next = packed.span.upperBound
      }
      stretch.copy(run, copied..<next)
      let rest = register?.span.upperBound ?? next
      switch try action(start..<end, register, in: run) {
      case .keep: stretch.copy(run, next..<rest)
      case .write(let place):
        write(place, at: start)
        isChanged = true
      case .exact:
        stretch.copy(run, next..<rest)
        stretch.exact.append(start..<end)
      }
      (start, next) = (end, rest)
    }
    guard isChanged else {
      return stretch.bytes.removeLast(stretch.bytes.count - begin)
    }
    stretch.copy(run, next..<run.count)
    let (entity, id) = batch.entity(at: operations.lowerBound)
    stretch.rows.append((entity, leastField, begin..<stretch.bytes.count))
    transaction.noteChanged(id, entity)
  }

  /// Compares a register's operations with one another and with what is stored.
  private mutating func action(
    _ range: Range<Int>, _ register: PackedRegister?, in run: UnsafeRawBufferPointer
  ) throws -> Action {
    var best = batch.place(at: range.lowerBound)
    var isAuthored = best.isAuthored
    for position in range.dropFirst() {
      let place = batch.place(at: position)
      isAuthored = isAuthored || place.isAuthored
      if place.beats(best) { best = place }
    }
    guard !isAuthored, register?.siblings ?? 0 == 0 else { return .exact }
    if range.count > 1 { noteSuperseded(range, but: best) }
    guard let register else { return .write(best) }
    switch try compare(best, with: register, in: run) {
    case .same: return .keep
    case .loses:
      noteSuperseded(best)
      return .keep
    case .wins:
      transaction.superseded[register.replica, default: []].append(UInt64(register.sequence))
      transaction.fingerprint.subtract(try digest(range.lowerBound, of: register, in: run))
      return .write(best)
    }
  }

  private mutating func noteSuperseded(_ range: Range<Int>, but best: SortedBatch.Place) {
    for position in range {
      let place = batch.place(at: position)
      if place.number != best.number { noteSuperseded(place) }
    }
  }

  private mutating func noteSuperseded(_ place: SortedBatch.Place) {
    fates[place.number] = .superseded
  }
}

// Rule 1 over operations where they lie: in blocks, and in a stored run.
extension RegisterMerge {
  private enum Comparison {
    case same, loses, wins
  }

  private func compare(
    _ place: SortedBatch.Place, with stored: PackedRegister, in run: UnsafeRawBufferPointer
  ) throws -> Comparison {
    let stamp = Int64(place.stamp)
    if stamp != stored.stamp { return stamp > stored.stamp ? .wins : .loses }
    if place.block.replica != stored.replica {
      let replica = try transaction.interner.replica(stored.replica)
      return place.block.block.replica > replica ? .wins : .loses
    }
    let values = place.withValue {
      order($0, UnsafeRawBufferPointer(rebasing: run[stored.value]))
    }
    if values != 0 { return values > 0 ? .wins : .loses }
    let sequence = Int64(place.sequence)
    if sequence == stored.sequence { return .same }
    return sequence > stored.sequence ? .wins : .loses
  }

  /// What a stored winner of the register at `position` adds to the fingerprint.
  private func digest(
    _ position: Int, of stored: PackedRegister, in run: UnsafeRawBufferPointer
  ) throws -> Digest128 {
    let dot = Dot(
      replica: try transaction.interner.replica(stored.replica),
      sequence: UInt64(stored.sequence))
    return digest(
      position, stamp: UInt64(stored.stamp), dot: dot,
      value: UnsafeRawBufferPointer(rebasing: run[stored.value]))
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

  /// Adds an operation as its register's winner to the run that is made.
  private mutating func write(_ place: SortedBatch.Place, at position: Int) {
    place.withValue { value in
      stretch.bytes.appendRegister(
        field: batch.field(at: position).number, stamp: Int64(place.stamp),
        replica: place.block.replica, sequence: Int64(place.sequence), siblings: 0, value: value)
      transaction.fingerprint.add(
        digest(position, stamp: place.stamp, dot: place.dot, value: value))
    }
    transaction.noteStamp(place.stamp)
    fates[place.number] = .won
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
