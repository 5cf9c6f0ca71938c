import Articles
import Coding
import GRDB
import Replication

extension ReplicaStore {
  /// Makes edits in one transaction, at wall time `now` in milliseconds since 1970. An edit that
  /// says what is already so writes nothing.
  ///
  /// - Parameters:
  ///   - bodies: bodies the edits name, stored before them.
  ///   - pages: what is remembered of where they come from.
  ///   - action: what they are undone with; nil where they are not to be undone.
  ///   - dryRun: whether all of it is taken back, to learn what would change.
  @discardableResult
  package func write(
    _ edits: [Edit], bodies: [VerifiedChunk] = [], pages: [SourcePage] = [],
    action: ActionLabel? = nil, now: Int64, dryRun: Bool = false
  ) throws(StoreError) -> Written {
    try changeOwn(now: now, dryRun: dryRun) { transaction in
      transaction.action = action
      _ = try BodyTable(transaction.db).insert(bodies)
      let written = try LocalWrite(transaction).write(edits, now: now)
      try SourceTable(transaction).note(pages)
      return written
    }
  }

  /// Gives a replica, this one where it is nil, another name of at most 64 bytes.
  ///
  /// This one is the one it writes as: whoever opens a copied database renames the copy.
  package func rename(
    _ replica: ReplicaID?, to name: String, action: ActionLabel? = nil, now: Int64,
    dryRun: Bool = false
  ) throws(StoreError) {
    try changeOwn(now: now, dryRun: dryRun) { transaction in
      transaction.action = action
      try LocalWrite(transaction).name(replica ?? transaction.replica, name, now: now)
    }
  }

  /// A change that issues sequences of this replica's own: as a replica this database may write as,
  /// which is a fresh one if there is none.
  func changeOwn<Result>(
    now: Int64, dryRun: Bool = false, _ body: (StoreTransaction) throws -> Result
  ) throws(StoreError) -> Result {
    var fresh: StoreTransaction.FreshIdentity?
    let result = try change(dryRun: dryRun) { transaction in
      fresh = try transaction.takeIdentity(now: now)
      return try body(transaction)
    }
    if !dryRun, let fresh { tell(Notice(fresh)) }
    return result
  }

  /// Makes sure the next thing sent bears an id that is this database's alone.
  ///
  /// A database that can only be read cannot take another. Where that is allowed, what it sends then
  /// claims to be so old that nobody takes it for what the id's owner last said; else this throws
  /// `cannotWrite`.
  package func ensureIdentity(now: Int64, allowingReadOnly: Bool = false) throws(StoreError) {
    guard !isReadOnly else {
      if allowingReadOnly { return }
      throw .cannotWrite(reason: "here it can only be read")
    }
    guard try !read({ mayWrite(try StoreTransaction($0)) }) else { return }
    try changeOwn(now: now) { _ in }
  }

  /// Whether the database may go on as the replica it is.
  func mayWrite(_ transaction: StoreTransaction) -> Bool {
    let identities = transaction.identities
    let evidence = options.guardian.evidence(of: library)
    return identities.fits(identities.current, evidence) && identities.twin(evidence) == nil
  }
}

extension Notice {
  init(_ fresh: StoreTransaction.FreshIdentity) {
    switch fresh {
    case .twin(let twin): self.init(twin)
    case .mismatch(let mismatch, let old, let new):
      self = .freshIdentity(mismatch, old: old, new: new)
    }
  }

  init(_ twin: TwinRecovery.Outcome) {
    self = .twinFound(old: twin.old, new: twin.new, rewritten: twin.rewritten)
  }
}
