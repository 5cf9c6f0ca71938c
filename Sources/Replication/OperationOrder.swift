/// Rule 1: which of two operations on one register beats the other (Protocol 1.5).
///
/// This is the only place where the rule is written. Whoever compares operations, wherever they lie,
/// describes the two as an ``OperationPair`` and asks for its ``OperationPair/order()``.
package enum OperationOrder: Equatable, Sendable {
  /// The left operation loses, is the same as far as both are known, or wins.
  case loses, same, wins

  @inlinable
  init<Part: Comparable>(_ left: Part, _ right: Part) {
    self = left == right ? .same : left < right ? .loses : .wins
  }

  /// Orders bytes as words in a dictionary are; a Swift `String` would compare otherwise.
  @inlinable
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

/// Two operations on one register, each wherever it lies: in memory, in a frame, in a table.
///
/// A part that rule 1 looks at later is asked for only where all the parts before it are equal, so
/// that it may take longer to get.
package protocol OperationPair {
  /// What getting the replicas can throw.
  associatedtype Failure: Error

  /// As numbers, below 2^63.
  var stamps: (left: UInt64, right: UInt64) { get }
  /// Nil where both are of one replica, which a holder of numbered replicas knows without their ids.
  func replicas() throws(Failure) -> (left: ReplicaID, right: ReplicaID)?
  /// Calls `body` with the values' canonical bytes.
  func withValues<Result>(
    _ body: (_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Result
  ) -> Result
  var sequences: (left: UInt64, right: UInt64) { get }
  /// Two nils where contexts are not kept.
  var contexts: (left: Context?, right: Context?) { get }
}

extension OperationPair {
  /// Greater stamp, then greater replica, then greater value bytes. Sequence and context come last so
  /// that the order is total even over operations no honest replica writes.
  @inlinable
  package func order() throws(Failure) -> OperationOrder {
    let (stamp, otherStamp) = stamps
    guard stamp == otherStamp else { return OperationOrder(stamp, otherStamp) }
    if let (replica, otherReplica) = try replicas(), replica != otherReplica {
      return OperationOrder(replica, otherReplica)
    }
    let values = withValues { OperationOrder($0, $1) }
    guard values == .same else { return values }
    let (sequence, otherSequence) = sequences
    guard sequence == otherSequence else { return OperationOrder(sequence, otherSequence) }
    let (context, otherContext) = contexts
    return OperationOrder(context, otherContext)
  }
}

extension Operation {
  /// Whether this operation wins over `other` by rule 1 (Protocol 1.5).
  public func beats(_ other: Operation) -> Bool {
    Pair(left: self, right: other).order() == .wins
  }

  private struct Pair: OperationPair {
    let left: Operation
    let right: Operation

    var stamps: (left: UInt64, right: UInt64) { (left.stamp.rawValue, right.stamp.rawValue) }

    func replicas() -> (left: ReplicaID, right: ReplicaID)? {
      (left.dot.replica, right.dot.replica)
    }

    func withValues<Result>(
      _ body: (_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Result
    ) -> Result {
      left.value.bytes.withUnsafeBytes { left in
        right.value.bytes.withUnsafeBytes { body(left, $0) }
      }
    }

    var sequences: (left: UInt64, right: UInt64) { (left.dot.sequence, right.dot.sequence) }
    var contexts: (left: Context?, right: Context?) { (left.context, right.context) }
  }
}
