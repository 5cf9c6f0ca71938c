import Replication

/// Something that happened to this replica that its owner should know.
public enum Notice: Sendable, Equatable {
  /// This database is a copy, or older than it had been, or new to this machine, and now writes as
  /// a replica nobody was.
  case freshIdentity(IdentityMismatch, old: ReplicaID, new: ReplicaID)
  /// Another database writes under this one's id; own operations were written again.
  case twinFound(old: ReplicaID, new: ReplicaID, rewritten: Int)
  /// Equal knowledge with another fingerprint than this peer's.
  case diverged(from: ReplicaID)
  /// Others than its owner can read the library's secret.
  case secretExposed(path: String)
}

extension Notice: CustomStringConvertible {
  /// One sentence for the owner of the replica.
  public var description: String {
    switch self {
    case .freshIdentity(let mismatch, let old, let new):
      "\(mismatch) as replica \(short(old))\(mismatch.cause.map { " (\($0))" } ?? ""); from here on "
        + "it writes as \(short(new)), and nothing is lost."
        + (mismatch.cause == nil
          ? ""
          : " Unless a copy goes on as \(short(old)), satchel replica retire \(short(old)) has nobody "
            + "wait for it.")
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
