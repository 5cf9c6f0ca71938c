import Articles
import Coding
import GRDB
import Replication

extension ReplicaStore {
  /// Makes edits in one transaction, at wall time `now` in milliseconds since 1970; returns the
  /// entities that changed. An edit that says what is already so writes nothing.
  ///
  /// - Parameters:
  ///   - bodies: bodies the edits name, stored before them.
  ///   - rehearsing: whether all of it is taken back, to learn what would change.
  @discardableResult
  public func write(
    _ edits: [Edit], bodies: [VerifiedChunk] = [], now: Int64, rehearsing: Bool = false
  ) throws(StoreError) -> Set<EntityID> {
    try changeOwn(now: now, rehearsing: rehearsing) { transaction in
      _ = try BodyTable(transaction.db).insert(bodies)
      return try LocalWrite(transaction).write(edits, now: now)
    }
  }

  /// A change that issues sequences of this replica's own: under a fresh id if this database is
  /// not the one its id was given to.
  func changeOwn<Result>(
    now: Int64, rehearsing: Bool = false, _ body: (StoreTransaction) throws -> Result
  ) throws(StoreError) -> Result {
    var notice: Notice?
    let result = try change(rehearsing: rehearsing) { transaction in
      notice = try takeFreshIdentity(transaction, now: now)
      return try body(transaction)
    }
    if !rehearsing {
      mismatch = nil
      if let notice { tell(notice) }
    }
    return result
  }

  /// Makes sure the next thing sent bears an id that is this database's alone.
  public func ensureIdentity(now: Int64) throws(StoreError) {
    guard mismatch != nil else { return }
    try changeOwn(now: now) { _ in }
  }

  private func takeFreshIdentity(
    _ transaction: StoreTransaction, now: Int64
  ) throws -> Notice? {
    // Looked at again now that no other process writes: one may have been about to commit what its
    // evidence spoke of, or have taken the fresh id already.
    guard mismatch != nil,
      let mismatch = options.guardian.mismatch(
        of: transaction.replica, database: file, lastSequence: transaction.nextSequence - 1)
    else { return nil }
    let old = transaction.replica
    var generator = SystemRandomNumberGenerator()
    let fresh = ReplicaID(.random(using: &generator))
    try transaction.become(fresh)
    try LocalWrite(transaction).rename(fresh, like: old, now: now)
    return .freshIdentity(mismatch, old: old, new: fresh)
  }
}
