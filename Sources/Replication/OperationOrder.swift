/// Rule 1: how two operations on one register stand to each other (Protocol 1.5).
///
/// ``init(stamps:replicas:values:sequences:contexts:)`` is the only place where the rule is written.
/// Whoever compares operations, in memory, in a frame or in a table, says there how to get at them.
public enum OperationOrder: Equatable, Sendable {
  /// The left operation loses, is the same as far as both are known, or wins.
  case loses, same, wins
}

extension OperationOrder {
  /// Greater stamp, then greater replica, then greater value bytes. Sequence and context come last so
  /// that the order is total even over operations no honest replica writes.
  ///
  /// Each closure is called only where all before it is equal, so it may take longer than those.
  ///
  /// - Parameters:
  ///   - stamps: of the left and the right operation, as all that follow.
  ///   - replicas: nil where both are of one replica, which a holder of numbered replicas knows
  ///     without their ids.
  ///   - values: calls its argument with the canonical bytes of both.
  ///   - contexts: two nils where contexts are not kept.
  @inlinable @inline(__always)
  public init<Failure: Error>(
    stamps: (UInt64, UInt64),
    replicas: () throws(Failure) -> (ReplicaID, ReplicaID)?,
    values: ((UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> OperationOrder) -> OperationOrder,
    sequences: () -> (UInt64, UInt64),
    contexts: () -> (Context?, Context?)
  ) throws(Failure) {
    guard stamps.0 == stamps.1 else {
      self.init(stamps.0, stamps.1)
      return
    }
    if let (left, right) = try replicas(), left != right {
      self.init(left, right)
      return
    }
    let order = values { OperationOrder($0, $1) }
    guard order == .same else {
      self = order
      return
    }
    let (left, right) = sequences()
    guard left == right else {
      self.init(left, right)
      return
    }
    let (context, other) = contexts()
    self.init(context, other)
  }

  @inlinable @inline(__always)
  init<Part: Comparable>(_ left: Part, _ right: Part) {
    self = left == right ? .same : left < right ? .loses : .wins
  }

  /// Orders bytes as words in a dictionary are; a Swift `String` would compare otherwise.
  @inlinable @inline(__always)
  init(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) {
    for (x, y) in zip(left, right) where x != y {
      self = x < y ? .loses : .wins
      return
    }
    self.init(left.count, right.count)
  }

  /// Orders contexts entry by entry; none comes before any.
  @inlinable
  init(_ left: Context?, _ right: Context?) {
    guard left != right else {
      self = .same
      return
    }
    self = Context.precedes(left, right) ? .loses : .wins
  }
}

extension Operation {
  /// Whether this operation wins over `other` by rule 1 (Protocol 1.5).
  public func beats(_ other: Operation) -> Bool {
    let order = OperationOrder(
      stamps: (stamp.rawValue, other.stamp.rawValue),
      replicas: { (dot.replica, other.dot.replica) },
      values: { compare in
        value.bytes.withUnsafeBytes { left in
          other.value.bytes.withUnsafeBytes { compare(left, $0) }
        }
      },
      sequences: { (dot.sequence, other.dot.sequence) },
      contexts: { (context, other.context) })
    return order == .wins
  }
}
