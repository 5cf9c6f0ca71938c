import GRDB
import Replication

/// Joins operations into registers in which authored text is involved.
///
/// What is stored of a register is walked once for all that arrives together, and only what changes
/// is written: the time grows with what is there and what comes, not with their product.
struct SiblingMerge {
  private let transaction: StoreTransaction
  private let runs: RegisterRunTable
  private let siblings: SiblingTable
  private let replaced: ReplacedTable

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    runs = try RegisterRunTable(transaction.db)
    siblings = try SiblingTable(transaction)
    replaced = ReplacedTable(transaction)
  }

  /// Joins operations of one register in; returns what became of each.
  func join(_ operations: [Operation], into key: RegisterKey) throws -> [MergeOutcome] {
    guard let id = operations.first?.register else { return [] }
    let stored = try runs.run(of: key).register(key)
    let old = try stored.map { try winner(id, $0, value: $1) }
    var arrival = Arrival(operations)
    var walked = Walked()
    if let (packed, _) = stored, packed.siblings > 0 {
      walked = try walk(key, packed, &arrival)
    }
    arrival.compareAmongThemselves()
    let best = operations.reduce(old) { best, operation in
      guard let best else { return operation }
      return operation.isSame(as: best) || !operation.beats(best) ? best : operation
    }
    guard let new = best else { return [] }
    let isBeaten = old != new
    if isBeaten || arrival.hasNew || !walked.gone.isEmpty {
      try write(
        new, over: isBeaten ? old : nil, isBeaten, arrival, walked, key,
        siblings: stored?.0.siblings ?? 0)
    }
    return arrival.numbers.enumerated().map { place, number in
      let operation = operations[place]
      if number.map({ arrival.isStored[$0] }) ?? false { return .unchanged }
      if let old, operation.isSame(as: old) { return .unchanged }
      let isSibling = number.map { !arrival.isGone[$0] } ?? false
      return isSibling || operation == new ? .won : .superseded
    }
  }

  /// What is found of a register on the walk through its siblings.
  private struct Walked {
    /// Those that something which arrives supersedes.
    var gone: [(digest: Digest128, replica: Int64, sequence: Int64)] = []
    /// Whether the stored winner is one of them all.
    var hasWinner = false
  }

  /// What is the same on every walk: each sibling is held against all that arrives, both ways.
  private func walk(
    _ key: RegisterKey, _ winner: PackedRegister, _ arrival: inout Arrival
  ) throws -> Walked {
    var walked = Walked()
    try siblings.walk(key) { row in
      let (digest, context) = (try row.digest(), try row.context())
      let dot = Dot(
        replica: try transaction.interner.replica(row.replica), sequence: UInt64(row.sequence))
      if (row.stamp, row.replica, row.sequence)
        == (winner.stamp, winner.replica, winner.sequence)
      {
        walked.hasWinner = true
      }
      if arrival.meet(dot, context, digest: digest) {
        walked.gone.append((digest, row.replica, row.sequence))
      }
    }
    return walked
  }

  private func write(
    _ new: Operation, over old: Operation?, _ isBeaten: Bool, _ arrival: Arrival,
    _ walked: Walked, _ key: RegisterKey, siblings count: Int64
  ) throws {
    transaction.noteChanged(new.register.entity, key.entity)
    transaction.noteStamp(new.stamp.rawValue)
    if let old {
      transaction.fingerprint.subtract(OperationDigest.of(old, as: .winner))
      if !walked.hasWinner { try noteSuperseded(old) }
    }
    if isBeaten { transaction.fingerprint.add(OperationDigest.of(new, as: .winner)) }
    for row in walked.gone {
      try replaced.keep(row.digest, of: key, unlessIt: new.value)
      try siblings.delete(row.digest, from: key)
      transaction.fingerprint.subtract(row.digest)
      transaction.superseded[row.replica, default: []].append(UInt64(row.sequence))
    }
    for number in arrival.new {
      let digest = arrival.digests[number]
      try siblings.insert(arrival.authored[number], digest: digest, into: key)
      transaction.fingerprint.add(digest)
    }
    let register = UnpackedRegister(
      field: key.field, stamp: Int64(new.stamp.rawValue),
      replica: try transaction.interner.number(of: new.dot.replica),
      sequence: Int64(new.dot.sequence),
      siblings: count - Int64(walked.gone.count) + Int64(arrival.new.count),
      value: new.value.bytes)
    try runs.set([register], of: key.entity)
  }

  private func noteSuperseded(_ operation: Operation) throws {
    let replica = try transaction.interner.number(of: operation.dot.replica)
    transaction.superseded[replica, default: []].append(operation.dot.sequence)
  }

  /// The stored winner; its context lies with its sibling, and decides nothing that is stored.
  private func winner(
    _ id: RegisterID, _ packed: PackedRegister, value: [UInt8]
  ) throws -> Operation {
    try RegisterTable.winner(id, packed, value: value, transaction)
  }
}

/// The operations that arrive together for one register.
private struct Arrival {
  /// The authored ones, each once.
  private(set) var authored: [Operation] = []
  /// Their digests as siblings.
  private(set) var digests: [Digest128] = []
  /// Of all that arrives, where it stands among the authored; nil for what is not.
  private(set) var numbers: [Int?] = []
  /// Which are siblings here already.
  private(set) var isStored: [Bool]
  /// Which something supersedes.
  private(set) var isGone: [Bool]
  private var numberOfDigest: [Digest128: Int] = [:]
  private let superseders: Superseders
  private var superseded: Superseded

  init(_ operations: [Operation]) {
    for operation in operations {
      guard operation.context != nil else {
        numbers.append(nil)
        continue
      }
      let digest = OperationDigest.of(operation, as: .sibling)
      let number = numberOfDigest[digest] ?? authored.count
      numbers.append(number)
      guard number == authored.count else { continue }
      numberOfDigest[digest] = number
      authored.append(operation)
      digests.append(digest)
    }
    let parts = authored.map { (dot: $0.dot, context: $0.context ?? .empty) }
    superseders = Superseders(parts.map(\.context))
    superseded = Superseded(parts)
    isStored = authored.map { _ in false }
    isGone = isStored
  }

  /// Holds a stored sibling against what arrives; returns whether that supersedes it.
  mutating func meet(_ dot: Dot, _ context: Context, digest: Digest128) -> Bool {
    if let number = numberOfDigest[digest] { isStored[number] = true }
    if superseders.supersede(dot, context) { return true }
    for number in superseded.take(supersededBy: context) { isGone[number] = true }
    return false
  }

  mutating func compareAmongThemselves() {
    for (number, operation) in authored.enumerated() where !isGone[number] {
      isGone[number] = superseders.supersede(operation.dot, operation.context ?? .empty)
    }
  }

  /// Those that become siblings.
  var new: [Int] { authored.indices.filter { !isStored[$0] && !isGone[$0] } }
  var hasNew: Bool { !new.isEmpty }
}

extension Operation {
  /// The same but for the context, which of two winners no table keeps apart.
  fileprivate func isSame(as other: Operation) -> Bool {
    dot == other.dot && stamp == other.stamp && value == other.value
  }
}
