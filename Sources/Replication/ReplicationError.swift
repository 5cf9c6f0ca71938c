/// What the merge rules refuse.
public enum ReplicationError: Error, Equatable {
  /// The register bears the greatest stamp there is, so no write can follow it.
  case stampsExhausted
  /// A field name is empty or longer than `Limits.fieldBytes`.
  case fieldLength(Int)
  /// A value is longer than `Limits.valueBytes`.
  case valueLength(Int)
  /// A value is not in its one canonical spelling.
  case valueNotCanonical
  /// A sequence is zero or above `Limits.maximumSequence`.
  case sequenceOutOfRange(UInt64)
  /// An operation's context covers the operation itself.
  case contextCoversItself
  /// A context names more replicas than `Limits.replicas`.
  case contextTooLarge(Int)
}
