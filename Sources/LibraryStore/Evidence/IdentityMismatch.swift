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
    case .outOfStep(let issued, let found):
      "this library is a copy or older than it was, with \(Wording.number(found)) of the "
        + "\(Wording.count(issued, "operation")) that this machine has written"
    }
  }
}
