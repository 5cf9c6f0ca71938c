import Replication

extension ReplicaStore.Notice: CustomStringConvertible {
  /// One sentence for the owner of the replica.
  public var description: String {
    switch self {
    case .freshIdentity(let mismatch, let old, let new):
      "\(mismatch) as replica \(short(old)); from here on it writes as \(short(new)), and nothing is "
        + "lost."
    case .twinFound(let old, let new, let rewritten):
      "another copy of this database writes as \(short(old)) too; this one goes on as "
        + "\(short(new)) and has written \(Wording.count(rewritten, "operation")) again."
    case .diverged(let peer):
      "this library and replica \(short(peer)) know the same and differ; satchel sync heals it, "
        + "or bundles that both make with --full and the other merges."
    case .secretExposed(let path):
      "others on this machine can read \(path), and whoever reads it has the library: chmod 600 "
        + "closes it."
    }
  }

  private func short(_ replica: ReplicaID) -> String { String(replica.description.prefix(8)) }
}

extension IdentityGuard.Mismatch: CustomStringConvertible {
  /// The beginning of a sentence for people, which goes on with "as" a replica.
  public var description: String {
    switch self {
    case .noEvidence: "this library was last written on another machine,"
    case .outOfStep(let issued, let found):
      "this library is a copy or older than it was, with \(Wording.number(found)) of the "
        + "\(Wording.count(issued, "operation")) that this machine has written"
    }
  }
}
