/// What a replica says of itself: in a bundle's header, and in a session.
public struct PeerReport: Sendable, Equatable {
  public let replica: ReplicaID
  /// The replica's own clock, by which an older report is told from a newer one.
  public let clock: Stamp
  public let knowledge: Knowledge
  public let fingerprint: Fingerprint
  /// Bodies it lacks: the lowest, at most `Limits.wantedBodies`.
  public let wanted: [ContentHash]

  public init(
    replica: ReplicaID, clock: Stamp, knowledge: Knowledge, fingerprint: Fingerprint,
    wanted: [ContentHash]
  ) {
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
      wanted: wanted)
  }

  /// Whether both know the same and hold another result: something went wrong, whatever it was
  /// (Protocol 1.10).
  public func hasDiverged(from other: PeerReport) -> Bool {
    knowledge == other.knowledge && fingerprint != other.fingerprint
  }
}
