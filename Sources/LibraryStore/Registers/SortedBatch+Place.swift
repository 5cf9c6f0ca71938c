import Replication

// What a merge asks of one operation of a batch, where it lies in its block.
extension SortedBatch.Place {
  @inline(__always)
  var stamp: UInt64 { block.block.rows[index].stamp }

  @inline(__always)
  var sequence: UInt64 { block.block.sequence(at: index) }

  @inline(__always)
  var dot: Dot { block.block.dot(at: index) }

  @inline(__always)
  var isAuthored: Bool {
    !block.block.contexts.isEmpty && block.block.contexts[index] != nil
  }

  func beats(_ other: Self) -> Bool {
    if stamp != other.stamp { return stamp > other.stamp }
    let (replica, otherReplica) = (block.block.replica, other.block.block.replica)
    if replica != otherReplica { return replica > otherReplica }
    switch withValue({ x in other.withValue { y in order(x, y) } }) {
    case 0: return sequence > other.sequence
    case let order: return order > 0
    }
  }

  @inline(__always)
  func withValue<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let range = block.block.valueRange(at: index)
    return try block.block.values.withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[range]))
    }
  }
}

/// Bytewise order: negative, zero or positive.
func order(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
  for (x, y) in zip(left, right) where x != y { return Int(x) - Int(y) }
  return left.count - right.count
}
