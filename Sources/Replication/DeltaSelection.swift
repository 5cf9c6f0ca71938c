/// What of a replica's content is to be sent.
public enum DeltaSelection: Sendable, Equatable {
  /// What a peer with this knowledge lacks, and the bodies that names, unless it asks for those itself.
  case delta(since: Knowledge, withBodies: Bool = true)
  /// Every operation held, whatever the peer knows, and no bodies: it heals what has diverged.
  case everything
  /// These bodies, as far as they are here.
  case bodies([WantedBody])
}

/// A body that is asked for, or what is still lacking of one.
public struct WantedBody: Sendable, Hashable {
  public let hash: ContentHash
  /// How much of its beginning is not wanted, in bytes: it is here.
  public let offset: Int

  public init(_ hash: ContentHash, from offset: Int = 0) {
    self.hash = hash
    self.offset = offset
  }
}
