import Articles
import Coding
import GRDB
import Replication

/// What a delta holds, decided in the snapshot it is then read from.
package struct DeltaPlan: Sendable {
  package let sender: PeerReport
  package let statement: DeltaStatement
  package let operationCount: Int
  package let bodyCount: Int
  /// The frames to send, operations before bodies.
  package let parts: [Part]
  /// The bodies in them.
  package let bodies: Set<ContentHash>
  /// Whether the log holds an operation that neither the statement's basis nor the frames have.
  package let leavesSomeOut: Bool

  /// One frame of the delta.
  package struct Part: Sendable {
    let source: Source
    /// About how long the frame is, in bytes, and how long it can be at most.
    package let length: Int
    package let maximumLength: Int
    package let operationCount: Int
    package let bodyCount: Int

    enum Source {
      case log(id: Int64, cut: SequenceSet?)
      case chunk(id: Int64, selected: Set<ContentHash>?)
      case pieces([BodyPiece], chunk: Int64)
    }
  }
}

extension ReplicaStore {
  /// Plans what a receiver that knows `basis` and asked for `wanted` lacks, and lets `body` read
  /// it frame by frame from one snapshot, which no other process can change under it.
  ///
  /// - Parameters:
  ///   - claim: what is stated of it, where that is not what this replica knows now.
  ///   - articles: those of which it is a selection, with an empty basis; nil for everything.
  package func withDelta<Result: Sendable>(
    since basis: Knowledge, wanted: [ContentHash] = [], includingBodies: Bool = true,
    stating claim: DeltaClaim? = nil, selecting articles: [EntityID]? = nil,
    _ body: @Sendable (DeltaPlan, (DeltaPlan.Part) throws -> Frame) throws -> Result
  ) throws(StoreError) -> Swift.Result<Result, any Error> {
    try read { db in
      let transaction = try StoreTransaction(db)
      if isReadOnly, !mayWrite(transaction) { transaction.clock = Clock(last: .zero) }
      let selection = try articles.map {
        try DeltaClaim(
          selecting: $0, transaction,
          reporting: DeltaPlanner(transaction, basis: Knowledge()).report())
      }
      let planner = DeltaPlanner(transaction, basis: basis, stating: selection ?? claim)
      let plan = try planner.delta(wanted: wanted, includingBodies: includingBodies)
      // What the body throws is the caller's own, and not to be mistaken for the store's.
      return Swift.Result { try body(plan) { try planner.frame($0) } }
    }
  }

  /// What this replica says of itself now.
  package func report() throws(StoreError) -> PeerReport {
    try read { try DeltaPlanner(StoreTransaction($0), basis: Knowledge()).report() }
  }

  /// What a peer last said of itself; nil if it was never heard.
  package func report(of peer: ReplicaID) throws(StoreError) -> PeerReport? {
    try read { try PeerTable(StoreTransaction($0)).report(of: peer) }
  }
}

/// Chooses the frames and chunks of a delta, and makes those that are sent in part.
struct DeltaPlanner {
  private let transaction: StoreTransaction
  private let basis: Knowledge
  private let claim: DeltaClaim?
  /// What frames are cut to, about.
  private let longestFrame: Int
  private let log: FrameLog
  private let bodies: BodyTable
  private let blocks: BlockReader
  private let chunks: BodyReader

  init(
    _ transaction: StoreTransaction, basis: Knowledge, stating claim: DeltaClaim? = nil,
    longestFrame: Int = Limits.frameInflatedBytes
  ) {
    self.claim = claim
    self.transaction = transaction
    self.basis = basis
    self.longestFrame = longestFrame
    log = FrameLog(transaction)
    bodies = BodyTable(transaction.db)
    blocks = BlockReader(log)
    chunks = BodyReader(transaction.db)
  }

  func delta(wanted: [ContentHash], includingBodies: Bool) throws -> DeltaPlan {
    var carried = Knowledge()
    var held = Knowledge()
    var parts = try transaction.interner.replicas.flatMap { try logParts(of: $0, &carried, &held) }
    var bodies: Set<ContentHash> = []
    if includingBodies {
      parts += try chunkParts(try namedBodies(in: parts).union(wanted), &bodies)
    }
    let known = carried.union(basis)
    return try plan(
      parts, carrying: carried, bodies: bodies, leavingOut: !held.subtracting(known).isEmpty)
  }

  /// Bodies alone, as far as they are here.
  func bodies(_ wanted: [WantedBody]) throws -> DeltaPlan {
    let offsets = Dictionary(
      wanted.filter { $0.offset > 0 }.map { ($0.hash, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var found: Set<ContentHash> = []
    return try plan(
      chunkParts(Set(wanted.map(\.hash)), &found, from: offsets), carrying: Knowledge(),
      bodies: found)
  }

  private func plan(
    _ parts: [DeltaPlan.Part], carrying carried: Knowledge, bodies: Set<ContentHash>,
    leavingOut leavesSomeOut: Bool = false
  ) throws -> DeltaPlan {
    DeltaPlan(
      sender: try claim?.sender ?? report(),
      statement: statement(carrying: carried),
      operationCount: parts.reduce(0) { $0 + $1.operationCount },
      bodyCount: parts.reduce(0) { $0 + $1.bodyCount }, parts: parts, bodies: bodies,
      leavesSomeOut: leavesSomeOut)
  }

  /// Past the limit only a part of what is carried can be named, from which nothing may be
  /// concluded: then no more is claimed to be known than that and the basis (Protocol 1.8).
  private func statement(carrying carried: Knowledge) -> DeltaStatement {
    let knowledge = claim?.sender.knowledge ?? transaction.knowledge
    let named = carried.claiming(atMost: Limits.carriedRanges)
    let isWhole = named == carried && claim?.isSelection != true
    let known = isWhole ? knowledge : knowledge.intersection(basis.union(named))
    return DeltaStatement(
      basis: basis, carried: named, known: known.claiming(atMost: Limits.knowledgeRanges))
  }

  func report() throws -> PeerReport {
    let wanted = try bodies.missing(atMost: Limits.wantedBodies)
    return PeerReport(
      replica: transaction.replica, clock: transaction.clock.last,
      knowledge: transaction.knowledge.claiming(atMost: Limits.knowledgeRanges),
      fingerprint: transaction.fingerprint, wanted: wanted,
      keeping: TextKeeping(
        wantsAll: wanted.count < Limits.wantedBodies,
        ceased: try KeepingTable(transaction.db).entry()?.sequence))
  }

  func frame(_ part: DeltaPlan.Part) throws -> Frame {
    switch part.source {
    case .log(let id, nil): try log.frame(id)
    case .log(let id, let cut?): try cutFrame(id, to: cut)
    case .chunk(let id, nil): try bodies.chunk(id).frame
    case .chunk(let id, let selected?): try repackedChunk(id, with: selected)
    case .pieces(let pieces, let chunk): try pieces.frame(from: chunks.chunk(chunk))
    }
  }
}

extension DeltaPlanner {
  private func logParts(
    of replica: ReplicaID, _ carried: inout Knowledge, _ held: inout Knowledge
  ) throws -> [DeltaPlan.Part] {
    let number = try transaction.interner.number(of: replica)
    let known = basis[replica]
    var parts: [DeltaPlan.Part] = []
    for entry in try log.entries(of: number) {
      held.insert(entry.sequences, of: replica)
      let lacking =
        claim.map { entry.sequences.intersection($0.carried[replica]) }
        ?? entry.sequences.subtracting(known)
      guard !lacking.isEmpty else { continue }
      carried.insert(lacking, of: replica)
      let isWhole = lacking == entry.sequences
      let count = isWhole ? entry.operations : Int(lacking.count)
      let whole = Frame.headerLength + entry.storedLength
      let length = whole * count / max(1, entry.operations)
      guard length > longestFrame else {
        parts.append(part(of: entry, cut: isWhole ? nil : lacking, count, length))
        continue
      }
      let frames = min(count, (length + longestFrame - 1) / longestFrame)
      parts += lacking.divided(into: frames).map {
        part(of: entry, cut: $0, Int($0.count), length / frames)
      }
    }
    return parts
  }

  private func part(
    of entry: FrameLog.Entry, cut: SequenceSet?, _ count: Int, _ length: Int
  ) -> DeltaPlan.Part {
    DeltaPlan.Part(
      source: .log(id: entry.id, cut: cut), length: length,
      // A cut frame may not deflate, and lists the gaps between its sequences.
      maximumLength: cut == nil
        ? Frame.headerLength + entry.storedLength : entry.inflated + 10 * count + 64,
      operationCount: count, bodyCount: 0)
  }

  private func cutFrame(_ id: Int64, to sequences: SequenceSet) throws -> Frame {
    let block = try blocks.block(id)
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
    guard claim != nil || !basis.isEmpty else { return try allNamedBodies() }
    let select = try CachedStatement(
      transaction.db,
      """
      SELECT 1 FROM body_use JOIN entity ON entity.id = entity
      WHERE kind = ? AND key = ? AND field = ? AND hash = ?
      """)
    var hashes: Set<ContentHash> = []
    for case .log(let id, let cut) in parts.map(\.source) {
      for (register, hash) in try blocks.block(id).bodyNames(within: cut) {
        guard let field = try transaction.interner.existingNumber(of: register.field) else {
          continue
        }
        let isNamed = try select.hasRow([
          .integer(register.entity.kind.number), .identifier(register.entity.key),
          .integer(field), .hash(hash),
        ])
        if isNamed { hashes.insert(hash) }
      }
    }
    return hashes
  }

  private func allNamedBodies() throws -> Set<ContentHash> {
    var hashes: Set<ContentHash> = []
    try CachedStatement(transaction.db, "SELECT hash FROM body_use WHERE NOT missing")
      .walk { row in if let hash = row.hash(0) { hashes.insert(hash) } }
    return hashes
  }

  /// - Parameter found: gets those that are here.
  private func chunkParts(
    _ hashes: Set<ContentHash>, _ found: inout Set<ContentHash>,
    from offsets: [ContentHash: Int] = [:]
  ) throws -> [DeltaPlan.Part] {
    try bodies.chunks(holding: hashes).flatMap { holder in
      let size = try bodies.size(of: holder.chunk)
      let isWhole = holder.hashes.count == size.pieces
      // A body in several pieces counts once.
      let fresh = holder.hashes.count { found.insert($0).inserted }
      let whole = Frame.headerLength + size.stored
      let length = whole * holder.hashes.count / max(1, size.pieces)
      guard length > longestFrame || holder.hashes.contains(where: { offsets[$0] != nil }) else {
        return [
          DeltaPlan.Part(
            source: .chunk(id: holder.chunk, selected: isWhole ? nil : Set(holder.hashes)),
            length: length, maximumLength: isWhole ? whole : Frame.headerLength + size.inflated,
            operationCount: 0, bodyCount: fresh)
        ]
      }
      // Shorter frames deflate less well.
      let room = max(256, longestFrame * size.inflated / max(1, size.stored) / 4 * 3)
      let cut = try pieces(of: holder.hashes, in: holder.chunk, from: offsets).cut(to: room)
      return cut.enumerated().map { number, pieces in
        let inflated = pieces.reduce(0) { $0 + $1.range.count }
        return DeltaPlan.Part(
          source: .pieces(pieces, chunk: holder.chunk),
          length: Frame.headerLength + inflated * size.stored / max(1, size.inflated),
          maximumLength: Frame.headerLength + inflated + 64 * pieces.count,
          operationCount: 0, bodyCount: number == 0 ? fresh : 0)
      }
    }
  }

  /// What of these bodies lies in a chunk, as it lies there, from the offsets of each on.
  private func pieces(
    of hashes: [ContentHash], in chunk: Int64, from offsets: [ContentHash: Int]
  ) throws -> [BodyPiece] {
    try hashes.flatMap { hash in
      let pieces = try bodies.pieces(of: hash)
      let offset = offsets[hash] ?? 0
      return pieces.filter { $0.chunk == chunk && (offset == 0 || $0.end > offset) }.map {
        let start = max($0.start, offset)
        let position = $0.position + start - $0.start
        return BodyPiece(
          hash: hash, bodyLength: pieces.last?.end ?? 0, offset: start,
          range: position..<$0.position + $0.length)
      }
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func repackedChunk(_ id: Int64, with selected: Set<ContentHash>) throws -> Frame {
    let chunk = try chunks.chunk(id)
    return try BodyChunkBuilder(chunk.entries.filter { selected.contains($0.hash) }, of: chunk)
      .frame()
  }
}

extension OperationBlock {
  /// The bodies that operations with these sequences, or with any, name, and in which registers.
  func bodyNames(
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
