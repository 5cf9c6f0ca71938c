extension ReplicationError: CustomStringConvertible {
  /// One clause for people.
  public var description: String {
    switch self {
    case .stampsExhausted: "the field bears the greatest stamp there is, so no write can follow it"
    case .fieldLength(0): "a field's name is empty"
    case .fieldLength(let count):
      "a field's name has \(Wording.count(count, "byte")), and at most "
        + "\(Wording.number(Limits.fieldBytes)) are allowed"
    case .valueLength(let count):
      "a value has \(Wording.count(count, "byte")), and at most "
        + "\(Wording.number(Limits.valueBytes)) are allowed"
    case .valueNotCanonical: "a value is not in its one spelling"
    case .sequenceOutOfRange(let sequence): "\(sequence) is no sequence number"
    case .contextCoversItself: "an operation claims to have replaced itself"
    case .contextTooLarge(let count):
      "an operation names \(Wording.count(count, "replica")) it has seen, and at most "
        + "\(Wording.number(Limits.replicas)) are allowed"
    }
  }
}
