/// What a replica says of itself: in a bundle's header, and in a session.
public struct PeerReport: Sendable, Equatable {
  public let replica: ReplicaID
  /// The replica's own clock, by which an older report is told from a newer one.
  public let clock: Stamp
  public let knowledge: Knowledge
  public let fingerprint: Fingerprint
  /// Bodies it lacks: the lowest, at most `Limits.wantedBodies`.
  public let wanted: [ContentHash]
  /// What it says of the texts it holds; nil where it said nothing of that, and what it said last
  /// stands.
  public let keeping: TextKeeping?

  public init(
    replica: ReplicaID, clock: Stamp, knowledge: Knowledge, fingerprint: Fingerprint,
    wanted: [ContentHash], keeping: TextKeeping? = .everything
  ) {
    self.keeping = keeping
    self.replica = replica
    self.clock = clock
    self.knowledge = knowledge
    self.fingerprint = fingerprint
    self.wanted = wanted
  }

  /// The same report without a claim to any operation.
  public var knowingNothing: PeerReport {
    PeerReport(
      replica: replica, clock: clock, knowledge: Knowledge(), fingerprint: fingerprint,
      wanted: wanted, keeping: keeping)
  }

  /// Whether both know the same and hold another result: something went wrong, whatever it was
  /// (Protocol 1.10).
  public func hasDiverged(from other: PeerReport) -> Bool {
    knowledge == other.knowledge && fingerprint != other.fingerprint
  }
}

/// What a replica says of the texts it holds (Protocol 3.9).
public struct TextKeeping: Sendable, Hashable {
  /// Whether the report wants every body that is lacking, and not by the replica's own choice.
  public var wantsAll: Bool
  /// The sequence of its own operation by which it ceased to keep every text; nil while it keeps
  /// them.
  public var ceased: UInt64?

  public init(wantsAll: Bool, ceased: UInt64? = nil) {
    self.wantsAll = wantsAll
    self.ceased = ceased
  }

  /// What most replicas say: every text is kept, and what is lacking is wanted.
  public static let everything = TextKeeping(wantsAll: true)
}
