import Replication

// As which replica a transaction writes, and what the machine keeps of it (Protocol 1.10).
extension StoreTransaction {
  /// Why this database writes as a fresh replica from here on.
  enum FreshIdentity {
    case twin(TwinRecovery.Outcome)
    case mismatch(IdentityMismatch, old: ReplicaID, new: ReplicaID)
  }

  /// Goes on as a replica this database may write as, before anything is issued; returns what its
  /// owner should be told, if that is a fresh one.
  func takeIdentity(now: Int64) throws -> FreshIdentity? {
    if let twin = try TwinRecovery(self).recover(now: now) { return .twin(twin) }
    let evidence = try evidence?.rows() ?? [:]
    let writer = identities.writer(evidence)
    guard writer != replica else { return nil }
    let mismatch = mismatch(evidence)
    identities.dropUnfit(evidence)
    if let writer {
      goOn(as: writer)
      return nil
    }
    let old = replica
    let fresh = try takeFreshID()
    try LocalWrite(self).rename(fresh, like: old, now: now)
    return .mismatch(mismatch, old: old, new: fresh)
  }

  private func mismatch(_ evidence: OwnIdentities.Evidence) -> IdentityMismatch {
    guard let issued = evidence[replica]?.sequence else { return .noEvidence }
    let found = identities.entries[replica]?.issued.sequence ?? 0
    return .outOfStep(issued: issued, found: found)
  }

  /// Makes the evidence say what this transaction is about to commit.
  func raiseEvidence() throws {
    let (before, after) = (openedIdentities.entries, identities.entries)
    let raised = after.filter { before[$0.key]?.issued != $0.value.issued }
    let gone = before.filter { after[$0.key] == nil }
    guard !(raised.isEmpty && gone.isEmpty), let evidence else { return }
    var rows = try evidence.rows()
    for (replica, entry) in gone where rows[replica] == entry.issued { rows[replica] = nil }
    for (replica, entry) in raised {
      precondition(
        rows[replica] == before[replica]?.issued,
        "what issues sequences goes through changeOwn, which looks at the evidence first")
      rows[replica] = entry.issued
    }
    try evidence.raise(to: rows)
  }
}
