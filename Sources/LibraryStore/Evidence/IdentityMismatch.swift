import Replication

/// Why a database may not write as the replica it last wrote as.
public enum IdentityMismatch: Sendable, Equatable {
  /// This machine has never written as that replica, or lost its evidence.
  case noEvidence
  /// The machine's last writing as that replica is not what the database holds.
  case outOfStep(issued: UInt64, found: UInt64)
}

extension IdentityMismatch: CustomStringConvertible {
  /// The beginning of a sentence for people, which goes on with "as" a replica.
  public var description: String {
    switch self {
    case .noEvidence: "this library was last written on another machine,"
    case .outOfStep(let issued, let found) where found < issued:
      "this library holds \(Wording.number(found)) of the \(Wording.count(issued, "operation")) that "
        + "this machine has written"
    case .outOfStep(_, let found):
      "the last change to this library did not come to its end; it holds all "
        + "\(Wording.count(found, "operation")) that this machine has written"
    }
  }

  /// What mostly led to it, as the middle of that sentence; nil where its beginning says it.
  var cause: String? {
    switch self {
    case .noEvidence: nil
    case .outOfStep(let issued, let found) where found < issued:
      "a process that was killed while it wrote leaves that, as does a copy, or going back to an "
        + "older state"
    case .outOfStep: "a process that was killed while it wrote leaves that"
    }
  }
}
