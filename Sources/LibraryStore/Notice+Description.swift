import Replication

extension ReplicaStore.Notice: CustomStringConvertible {
  /// One sentence for the owner of the replica.
  public var description: String {
    switch self {
    case .freshIdentity(let mismatch, let old, let new):
      "this database is not the one replica \(short(old)) was given to (\(mismatch)); "
        + "from here on it writes as \(short(new)), and nothing is lost."
    case .twinFound(let old, let new, let rewritten):
      "another copy of this database writes as \(short(old)) too; this one goes on as "
        + "\(short(new)) and has written \(Wording.count(rewritten, "operation")) again."
    case .diverged(let peer):
      "this library and replica \(short(peer)) know the same and differ; satchel sync heals it, "
        + "or bundles that both make with --full and the other merges."
    }
  }

  private func short(_ replica: ReplicaID) -> String { String(replica.description.prefix(8)) }
}

extension IdentityGuard.Mismatch: CustomStringConvertible {
  /// One clause for people.
  public var description: String {
    switch self {
    case .noEvidence: "this machine has no record of it"
    case .otherMachine: "it was on another machine"
    case .otherFile: "it is a copy"
    case .rolledBack(let issued, let found):
      "it had written \(Wording.count(issued, "operation")) and holds \(Wording.number(found))"
    }
  }
}
