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
  private let exact: SiblingMerge
  private let runs: RegisterRunTable
  private var stored: RegisterScan
  private var outcomes: [MergeOutcome]
  /// Runs made anew and not written yet: reading a stretch before writing it keeps the scan's place
  /// in the table, which every write would lose.
  private var made = RegisterRunBuilder()
  /// Where the operations of registers lie in the batch that are to be merged the exact way.
  private var exactRanges: [Range<Int>] = []
  /// The registers of one entity as they are made.
  private var registers: [UInt8] = []
  /// Where the operations end that were fetched.
  private var fetchedEnd = 0
  /// Means nothing (``SortedBatch/fetch(from:_:)``).
  private var seen: UInt64 = 0

  init(_ batch: SortedBatch, _ transaction: StoreTransaction) throws {
    self.transaction = transaction
    self.batch = batch
    exact = try SiblingMerge(transaction)
    runs = try RegisterRunTable(transaction.db)
    stored = try RegisterScan(transaction.db)
    outcomes = [MergeOutcome](repeating: .unchanged, count: batch.count)
  }

  /// What is to become of one register.
  private enum Action {
    case keep
    /// Write the operation that beats the others.
    case write(SortedBatch.Place)
    case exact
  }

  /// Applies all operations of the batch; returns what became of each, by its place.
  static func apply(_ batch: SortedBatch, _ transaction: StoreTransaction) throws -> [MergeOutcome]
  {
    var merge = try RegisterMerge(batch, transaction)
    defer { merge.stored.close() }
    try merge.apply()
    return merge.outcomes
  }

  private mutating func apply() throws {
    var start = 0
    while start < batch.count {
      try stored.find(batch.key(at: start))
      let run = stored.run
      let (end, isCut) = try run.bytes.withUnsafeBytes {
        try merge(from: start, $0, of: run.lowest, until: stored.end)
      }
      start = end
      // What is cut goes on in a run that was written.
      if isCut || made.bytes.count >= 256 << 10 || exactRanges.count >= 2_048 { try write() }
    }
    try write()
  }

  private mutating func write() throws {
    stored.close()
    try runs.write(made)
    made.removeAll()
    for range in exactRanges { try applyExactly(range) }
    exactRanges.removeAll(keepingCapacity: true)
  }

  /// Makes a run anew with the operations of the batch that belong in it: what they do not change
  /// is copied.
  ///
  /// - Returns: where the operations end that were merged, and whether more belong in the run.
  private mutating func merge(
    from start: Int, _ run: UnsafeRawBufferPointer, of lowest: RegisterKey,
    until endKey: RegisterKey
  ) throws -> (end: Int, isCut: Bool) {
    made.begin(lowest)
    var isChanged = false
    var (position, next, isCut) = (start, 0, false)
    while position < batch.count, batch.key(at: position) < endKey {
      isCut =
        position - start >= RegisterMerge.cutCount
        || position > start && made.bytes.count >= RegisterMerge.cutBytes
      if isCut { break }
      if position >= fetchedEnd { fetchedEnd = batch.fetch(from: position, &seen) }
      let (entity, id) = batch.entity(at: position)
      var stored: RegisterGroup?
      while next < run.count {
        let group = try RegisterGroup(in: run, at: next)
        if group.entity == entity { stored = group }
        guard group.entity < entity else { break }
        made.append(group, of: run)
        next = group.span.upperBound
      }
      let end = batch.end(ofEntityAt: position, before: endKey, within: RegisterMerge.cutCount)
      let before = UnsafeRawBufferPointer(rebasing: run[stored?.registers ?? next..<next])
      if try merge(position..<end, before) {
        try registers.withUnsafeBytes { try made.append($0, of: entity) }
        transaction.noteChanged(id, entity)
        isChanged = true
      } else if let stored {
        made.append(stored, of: run)
      }
      (position, next) = (end, stored?.span.upperBound ?? next)
    }
    guard isChanged else {
      made.discard()
      return (position, isCut)
    }
    while next < run.count {
      let group = try RegisterGroup(in: run, at: next)
      made.append(group, of: run)
      next = group.span.upperBound
    }
    made.end()
    return (position, isCut)
  }

  /// So many operations in one run are written before more are merged: behind the last run there is
  /// room for a whole library.
  private static let cutCount = 4_096
  /// The same where values are long: one may have 4 MiB.
  private static let cutBytes = 1 << 20

  /// Makes an entity's registers anew in `registers`; returns whether anything changed.
  private mutating func merge(
    _ operations: Range<Int>, _ stored: UnsafeRawBufferPointer
  ) throws -> Bool {
    registers.removeAll(keepingCapacity: true)
    var isChanged = false
    var (start, next) = (operations.lowerBound, 0)
    while start < operations.upperBound {
      let end = batch.end(of: start)
      let field = batch.field(at: start).number
      let copied = next
      var register: PackedRegister?
      while next < stored.count {
        let packed = try PackedRegister(in: stored, at: next)
        if packed.field == field { register = packed }
        guard packed.field < field else { break }
        next = packed.span.upperBound
      }
      copy(stored, copied..<next)
      let rest = register?.span.upperBound ?? next
      switch try action(start..<end, register, in: stored) {
      case .keep: copy(stored, next..<rest)
      case .write(let place):
        write(place, at: start)
        isChanged = true
      case .exact:
        copy(stored, next..<rest)
        exactRanges.append(start..<end)
      }
      (start, next) = (end, rest)
    }
    copy(stored, next..<stored.count)
    return isChanged
  }

  @inline(__always)
  private mutating func copy(_ stored: UnsafeRawBufferPointer, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    registers.append(contentsOf: UnsafeRawBufferPointer(rebasing: stored[range]))
  }

  /// Compares a register's operations with one another and with what is stored.
  private mutating func action(
    _ range: Range<Int>, _ register: PackedRegister?, in registers: UnsafeRawBufferPointer
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
    switch try best.order(beside: register, in: registers, transaction) {
    case .same: return .keep
    case .loses:
      noteSuperseded(best)
      return .keep
    case .wins:
      transaction.superseded[register.replica, default: []].append(UInt64(register.sequence))
      transaction.fingerprint.subtract(try digest(range.lowerBound, of: register, in: registers))
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
    outcomes[place.number] = .superseded
  }
}

// What the fingerprint holds of winners.
extension RegisterMerge {
  /// What a stored winner of the register at `position` adds to the fingerprint.
  private func digest(
    _ position: Int, of stored: PackedRegister, in registers: UnsafeRawBufferPointer
  ) throws -> Digest128 {
    let dot = Dot(
      replica: try transaction.interner.replica(stored.replica),
      sequence: UInt64(stored.sequence))
    return digest(
      position, stamp: UInt64(stored.stamp), dot: dot,
      value: UnsafeRawBufferPointer(rebasing: registers[stored.value]))
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
      registers.appendRegister(
        field: batch.field(at: position).number, stamp: Int64(place.stamp),
        replica: place.block.replica, sequence: Int64(place.sequence), siblings: 0, value: value)
      transaction.fingerprint.add(
        digest(position, stamp: place.stamp, dot: place.dot, value: value))
    }
    transaction.noteStamp(place.stamp)
    outcomes[place.number] = .won
  }

  /// For a register with authored text in it.
  private mutating func applyExactly(_ range: Range<Int>) throws {
    let places = range.map { batch.place(at: $0) }
    let operations = try places.map { try $0.block.block.operation(at: $0.index) }
    let joined = try exact.join(operations, into: batch.key(at: range.lowerBound))
    for (place, outcome) in zip(places, joined) { outcomes[place.number] = outcome }
  }
}
