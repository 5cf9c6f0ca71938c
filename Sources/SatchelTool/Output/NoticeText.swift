import Satchel

/// What happened to a replica, in words.
enum NoticeText {
  static func text(of notice: Notice) -> String {
    switch notice {
    case .freshIdentity(let mismatch, let old, let new):
      "this database is not the one replica \(short(old)) was given to (\(reason(mismatch))); "
        + "from here on it writes as \(short(new)), and nothing is lost."
    case .twinFound(let old, let new, let rewritten):
      "another copy of this database writes as \(short(old)) too; this one goes on as "
        + "\(short(new)) and has written \(Text.count(rewritten, "operation")) again."
    case .diverged(let peer):
      "this library and replica \(short(peer)) know the same and differ; satchel sync heals it, "
        + "or bundles that both make with --full and the other merges."
    }
  }

  private static func short(_ replica: ReplicaID) -> String {
    String(replica.description.prefix(8))
  }

  private static func reason(_ mismatch: IdentityMismatch) -> String {
    switch mismatch {
    case .noEvidence: "this machine has no record of it"
    case .otherMachine: "it was on another machine"
    case .otherFile: "it is a copy"
    case .rolledBack(let issued, let found):
      "it had written \(Text.count(issued, "operation")) and holds \(Text.number(found))"
    }
  }
}
