/// One write of one register.
public struct Operation: Hashable, Sendable {
  public let dot: Dot
  public let stamp: Stamp
  public let register: RegisterID
  public let value: Value
  /// What the writer had seen; present on authored text alone (Protocol 1.6).
  public let context: Context?

  /// Throws what no honest replica writes: a sequence out of range, a context that covers the
  /// operation itself or names too many replicas.
  public init(
    dot: Dot, stamp: Stamp, register: RegisterID, value: Value, context: Context? = nil
  ) throws(ReplicationError) {
    guard (1...Limits.maximumSequence).contains(dot.sequence) else {
      throw .sequenceOutOfRange(dot.sequence)
    }
    if let context {
      guard context.entries.count <= Limits.replicas else {
        throw .contextTooLarge(context.entries.count)
      }
      guard !context.covers(dot) else { throw .contextCoversItself }
    }
    self.dot = dot
    self.stamp = stamp
    self.register = register
    self.value = value
    self.context = context
  }
}

/// Names one last-writer-wins cell.
public struct RegisterID: Hashable, Comparable, Sendable {
  public let entity: EntityID
  public let field: Field

  public init(_ entity: EntityID, _ field: Field) {
    self.entity = entity
    self.field = field
  }

  public static func < (left: RegisterID, right: RegisterID) -> Bool {
    (left.entity, left.field) < (right.entity, right.field)
  }
}

extension Operation {
  /// Whether this authored write makes `other` obsolete: its writer had seen it, and all that its
  /// writer had seen. The second half changes nothing between honest replicas and makes the
  /// relation transitive, so that the order of arrival cannot matter.
  public func supersedes(_ other: Operation) -> Bool {
    guard let context, let seen = other.context else { return false }
    return context.covers(other.dot) && context.includes(seen)
  }
}
