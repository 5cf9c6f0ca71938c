import Articles
import Coding
import GRDB
import Replication

/// What a delta holds, decided in the snapshot it is then read from.
public struct DeltaPlan: Sendable {
  public let sender: PeerReport
  public let statement: DeltaStatement
  public let operationCount: Int
  public let bodyCount: Int
  /// The frames to send, operations before bodies.
  public let parts: [Part]

  /// One frame of the delta.
  public struct Part: Sendable {
    let source: Source
    /// About how long the frame is, in bytes, and how long it can be at most.
    public let length: Int
    public let greatestLength: Int
    public let operationCount: Int
    public let bodyCount: Int

    enum Source {
      case log(id: Int64, cut: SequenceSet?)
      case chunk(id: Int64, selected: Set<ContentHash>?)
    }
  }
}

extension ReplicaStore {
  /// Plans what a receiver that knows `basis` and asked for `wanted` lacks, and lets `body` read
  /// it frame by frame from one snapshot, which no other process can change under it.
  public func withDelta<Result: Sendable>(
    since basis: Knowledge, wanted: [ContentHash] = [], includingBodies: Bool = true,
    _ body: @Sendable (DeltaPlan, (DeltaPlan.Part) throws -> Frame) throws -> Result
  ) throws(StoreError) -> Swift.Result<Result, any Error> {
    try read { db in
      let transaction = try StoreTransaction(db)
      if isReadOnly, !mayWrite(transaction) { transaction.clock = Clock(last: .zero) }
      let planner = DeltaPlanner(transaction, basis: basis)
      let plan = try planner.delta(wanted: wanted, includingBodies: includingBodies)
      // What the body throws is the caller's own, and not to be mistaken for the store's.
      return Swift.Result { try body(plan) { try planner.frame($0) } }
    }
  }

  /// What this replica says of itself now.
  public func report() throws(StoreError) -> PeerReport {
    try read { try DeltaPlanner(StoreTransaction($0), basis: Knowledge()).report() }
  }

  /// What a peer last said of itself; nil if it was never heard.
  public func report(of peer: ReplicaID) throws(StoreError) -> PeerReport? {
    try read { try PeerTable(StoreTransaction($0)).report(of: peer) }
  }
}

/// Chooses the frames and chunks of a delta, and makes those that are sent in part.
struct DeltaPlanner {
  private let transaction: StoreTransaction
  private let basis: Knowledge
  private let log: FrameLog
  private let bodies: BodyTable

  init(_ transaction: StoreTransaction, basis: Knowledge) {
    self.transaction = transaction
    self.basis = basis
    log = FrameLog(transaction)
    bodies = BodyTable(transaction.db)
  }

  func delta(wanted: [ContentHash], includingBodies: Bool) throws -> DeltaPlan {
    var carried = Knowledge()
    var parts = try transaction.interner.replicas.flatMap { try logParts(of: $0, &carried) }
    if includingBodies {
      parts += try chunkParts(try namedBodies(in: parts).union(wanted))
    }
    return try plan(parts, carrying: carried)
  }

  /// Bodies alone, as far as they are here.
  func bodies(_ hashes: [ContentHash]) throws -> DeltaPlan {
    try plan(chunkParts(Set(hashes)), carrying: Knowledge())
  }

  private func plan(_ parts: [DeltaPlan.Part], carrying carried: Knowledge) throws -> DeltaPlan {
    DeltaPlan(
      sender: try report(),
      statement: DeltaStatement(
        basis: basis, carried: carried,
        known: transaction.knowledge.claiming(atMost: Limits.knowledgeRanges)),
      operationCount: parts.reduce(0) { $0 + $1.operationCount },
      bodyCount: parts.reduce(0) { $0 + $1.bodyCount }, parts: parts)
  }

  func report() throws -> PeerReport {
    PeerReport(
      replica: transaction.replica, clock: transaction.clock.last,
      knowledge: transaction.knowledge.claiming(atMost: Limits.knowledgeRanges),
      fingerprint: transaction.fingerprint,
      wanted: try bodies.missing(atMost: Limits.wantedBodies))
  }

  func frame(_ part: DeltaPlan.Part) throws -> Frame {
    switch part.source {
    case .log(let id, nil): try log.frame(id)
    case .log(let id, let cut?): try cutFrame(id, to: cut)
    case .chunk(let id, nil): try bodies.chunk(id).frame
    case .chunk(let id, let selected?): try repackedChunk(id, with: selected)
    }
  }
}

extension DeltaPlanner {
  private func logParts(
    of replica: ReplicaID, _ carried: inout Knowledge
  ) throws -> [DeltaPlan.Part] {
    let number = try transaction.interner.number(of: replica)
    let known = basis[replica]
    var parts: [DeltaPlan.Part] = []
    for entry in try log.entries(of: number) {
      let lacking = entry.sequences.subtracting(known)
      guard !lacking.isEmpty else { continue }
      carried.insert(lacking, of: replica)
      let isWhole = lacking == entry.sequences
      let count = isWhole ? entry.operations : Int(lacking.count)
      let whole = Frame.headerLength + entry.storedLength
      parts.append(
        DeltaPlan.Part(
          source: .log(id: entry.id, cut: isWhole ? nil : lacking),
          length: whole * count / max(1, entry.operations),
          // A cut frame may not deflate, and lists the gaps between its sequences.
          greatestLength: isWhole ? whole : entry.inflated + 10 * count + 64,
          operationCount: count, bodyCount: 0))
    }
    return parts
  }

  private func cutFrame(_ id: Int64, to sequences: SequenceSet) throws -> Frame {
    let block = try log.block(id)
    var kept = OperationBlockBuilder(replica: block.replica)
    kept.append(block) { sequences.contains(block.sequence(at: $0)) }
    guard kept.count > 0 else {
      throw StoreError.damaged("frame \(id) does not hold what its row says")
    }
    return try kept.frame()
  }

  /// The bodies named by what the receiver does not know of: what it knows it is taken to have,
  /// unless it asks.
  ///
  /// They are found in the operations that are sent, so that a small delta costs no look at the
  /// whole library.
  private func namedBodies(in parts: [DeltaPlan.Part]) throws -> Set<ContentHash> {
    guard !basis.isEmpty else { return try allNamedBodies() }
    let isNamed = try RawStatement(
      transaction.db,
      """
      SELECT 1 FROM body_use JOIN entity ON entity.id = entity
      WHERE kind = ? AND key = ? AND field = ? AND hash = ?
      """)
    var hashes: Set<ContentHash> = []
    for case .log(let id, let cut) in parts.map(\.source) {
      for (register, hash) in try log.block(id).bodyNames(within: cut) {
        guard let field = try transaction.interner.existingNumber(of: register.field) else {
          continue
        }
        isNamed.bind(register.entity, at: 1)
        isNamed.bind(field, at: 3)
        isNamed.bind(hash, at: 4)
        if try isNamed.step() { hashes.insert(hash) }
        isNamed.reset()
      }
    }
    return hashes
  }

  private func allNamedBodies() throws -> Set<ContentHash> {
    let select = try RawStatement(transaction.db, "SELECT hash FROM body_use WHERE NOT missing")
    defer { select.reset() }
    var hashes: Set<ContentHash> = []
    while try select.step() {
      if let hash = ContentHash(bytes: select.blob(0)) { hashes.insert(hash) }
    }
    return hashes
  }

  private func chunkParts(_ hashes: Set<ContentHash>) throws -> [DeltaPlan.Part] {
    var counted: Set<ContentHash> = []
    return try bodies.chunks(holding: hashes).map { holder in
      let size = try bodies.size(of: holder.chunk)
      let isWhole = holder.hashes.count == size.pieces
      // A body in several pieces counts once.
      let fresh = holder.hashes.count { counted.insert($0).inserted }
      let whole = Frame.headerLength + size.stored
      return DeltaPlan.Part(
        source: .chunk(id: holder.chunk, selected: isWhole ? nil : Set(holder.hashes)),
        length: whole * holder.hashes.count / max(1, size.pieces),
        greatestLength: isWhole ? whole : Frame.headerLength + size.inflated,
        operationCount: 0, bodyCount: fresh)
    }
  }

  private func repackedChunk(_ id: Int64, with selected: Set<ContentHash>) throws -> Frame {
    let chunk = try BodyChunk(payload: bodies.chunk(id).frame.payload())
    return try BodyChunkBuilder(chunk.entries.filter { selected.contains($0.hash) }, of: chunk)
      .frame()
  }
}

extension OperationBlock {
  /// The bodies that operations with these sequences, or with any, name, and in which registers.
  fileprivate func bodyNames(
    within sequences: SequenceSet?
  ) throws -> [(register: RegisterID, hash: ContentHash)] {
    let naming = Set(fields.indices.filter { ArticleField.namesBody(fields[$0]) })
    return try (0..<count).compactMap { index in
      guard naming.contains(Int(rows[index].field)),
        sequences?.contains(sequence(at: index)) ?? true
      else { return nil }
      let operation = try operation(at: index)
      return operation.value.data.flatMap { ContentHash(bytes: $0) }
        .map { (operation.register, $0) }
    }
  }
}
