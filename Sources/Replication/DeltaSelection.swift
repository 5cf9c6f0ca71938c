/// What of a replica's content is to be sent.
public enum DeltaSelection: Sendable, Equatable {
  /// What a peer with this knowledge lacks, and the bodies that names.
  case delta(since: Knowledge)
  /// Every operation held, whatever the peer knows, and no bodies: it heals what has diverged.
  case everything
  /// These bodies, as far as they are here.
  case bodies([ContentHash])
}
