import Articles
import Coding
import Files
import GRDB
import Replication

extension ReplicaStore {
  /// Applies one batch of frames in one transaction, and with the last of a delta ends that.
  ///
  /// The blocks were read from the frames, and the chunks verified, off this actor. A bundle whose
  /// header is named is remembered as merged.
  package func merge(
    operations: [(frame: Frame, block: OperationBlock)], bodies: [VerifiedChunk],
    concluding claim: (statement: DeltaStatement, sender: PeerReport)? = nil,
    of header: ContentHash? = nil, now: Int64
  ) throws(StoreError) -> BatchResult {
    var twins: [TwinRecovery.Outcome?] = []
    let result = try change { transaction in
      transaction.now = now
      twins.append(
        try TwinRecovery(transaction).recover(before: operations.map(\.block), now: now))
      var result = BatchResult()
      result.operations = try OperationMerge(transaction).merge(operations)
      result.changedArticles = transaction.changedArticles
      let table = BodyTable(transaction.db)
      let room = bodies.isEmpty ? nil : try keepingRoom(transaction, now: now)
      result.newBodies = try table.insert(bodies, within: room)
      result.spoiltBodies = try table.spoiltCount(in: bodies)
      if let claim {
        let (conclusion, twin) = try transaction.conclude(
          claim.statement, from: claim.sender, now: now)
        result.conclusion = conclusion
        twins.append(twin)
      }
      if let header { try transaction.noteKnownBundles([header], now: now) }
      try transaction.save()
      result.addedArticles = transaction.addedArticles
      if room != nil { keepingDecided = transaction.revision }
      return result
    }
    for twin in twins.compactMap(\.self) { tell(Notice(twin)) }
    return result
  }

  /// Where not every text is kept: decided anew unless that was just done, and only bodies came since.
  private func keepingRoom(
    _ transaction: StoreTransaction, now: Int64
  ) throws -> KeepingRoom? {
    guard let room = try KeepingRoom(transaction.db) else { return nil }
    let isDecided =
      keepingDecided == transaction.revision - 1 && transaction.changedArticles.count == 0
    if !isDecided {
      // What is asked of articles is asked of their projections.
      try transaction.save()
      if let pass = try KeepingPass(transaction, now: now), try pass.decide() {
        // What goes makes room for what comes.
        _ = try pass.drop()
      }
    }
    return room
  }

  /// What one batch changed.
  package struct BatchResult: Sendable {
    package var operations = MergeCount()
    package var newBodies = 0
    /// Bodies that came in pieces and are not what their names say.
    package var spoiltBodies = 0
    /// Those that were added among them.
    package var changedArticles = NumberSet()
    package var addedArticles = NumberSet()
    /// What ending the delta found, if this ended one.
    package var conclusion = Conclusion()
  }

  /// How many articles were ever here, deleted ones included.
  package func articleCount() throws(StoreError) -> Int {
    try read { try StoreTransaction($0).articleCount() }
  }

  /// What ending a delta found.
  package struct Conclusion: Sendable {
    /// What the sender knows and this replica still lacks.
    package var missing = Knowledge()
    /// Whether the sender holds another result under equal knowledge.
    package var diverged = false
  }

  /// Ends a delta, or meets a peer without one: takes the statement, remembers what the peer
  /// knows, and compares fingerprints.
  package func conclude(
    _ statement: DeltaStatement?, from peer: PeerReport?, now: Int64
  ) throws(StoreError) -> Conclusion {
    let (conclusion, twin) = try change { try $0.conclude(statement, from: peer, now: now) }
    if let twin { tell(Notice(twin)) }
    return conclusion
  }

  /// Tells the owner that a peer holds another result under equal knowledge.
  package func tellDivergence(from peer: ReplicaID) { tell(.diverged(from: peer)) }

  /// Moves what long work wrote from the journal into the database, and empties the journal.
  ///
  /// Nothing depends on it: where another process is reading, it is left for later.
  package func checkpoint() throws(StoreError) {
    do {
      _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      return
    } catch {
      try StoreError.wrapping(busyTimeoutMilliseconds: options.busyTimeoutMilliseconds) {
        throw error
      }
    }
  }

  /// Rewrites the log's frames without what is superseded, drops bodies nothing names and replaced
  /// text that was kept for long enough, and gives the space back. Returns how many operations and
  /// bodies went.
  ///
  /// - Parameters:
  ///   - binDays: for how many days the bodies of deleted articles are kept.
  ///   - progress: told rows done and in all, while the space is given back.
  package func compact(
    binDays: Int = 30, now: Int64, dryRun: Bool = false,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(StoreError) -> (operations: Int, bodies: Int) {
    let counts = try change(dryRun: dryRun) { transaction in
      _ = try BinTable(transaction.db, now: now).empty(olderThanDays: binDays)
      try ArticleChanges(transaction.db).join()
      try ReplacedTable(transaction).prune(now: now)
      return (
        operations: try LogCompaction(transaction).dropSuperseded(),
        bodies: try BodyTable(transaction.db).dropUnused()
      )
    }
    guard !dryRun else { return counts }
    try StoreError.wrapping(busyTimeoutMilliseconds: options.busyTimeoutMilliseconds) {
      try queue.writeWithoutTransaction { db in
        try RowProgress.vacuum(db, progress)
        _ = try db.checkpoint(.truncate)
      }
    }
    return counts
  }
}

extension StoreTransaction {
  fileprivate func conclude(
    _ statement: DeltaStatement?, from peer: PeerReport?, now: Int64
  ) throws -> (ReplicaStore.Conclusion, TwinRecovery.Outcome?) {
    var conclusion = ReplicaStore.Conclusion()
    var twin: TwinRecovery.Outcome?
    if let known = peer?.knowledge ?? statement?.known {
      twin = try TwinRecovery(self).recover(before: known, now: now)
    }
    try WaitingTable(self).conclude(statement)
    if statement != nil, try KeepingTable(db).isPartial() {
      // What is wanted is asked for next.
      try save()
      try KeepingPass(self, now: now)?.decide()
    }
    guard let peer, peer.replica != replica else { return (conclusion, twin) }
    conclusion.diverged = try DivergenceTable(self).note(peer, now: now)
    // What a diverged peer knows tells nothing, so the next delta for it holds everything.
    try PeerTable(self).remember(peer, hasDiverged: conclusion.diverged, now: now)
    if statement != nil { conclusion.missing = peer.knowledge.subtracting(knowledge) }
    return (conclusion, twin)
  }

  func articleCount() throws -> Int {
    let tally = try TallyTable(db).tally()
    return Int(tally.articles + tally.deleted)
  }
}
