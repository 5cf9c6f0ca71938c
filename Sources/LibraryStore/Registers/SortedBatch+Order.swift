import Replication

// Operations as rule 1 compares them where they lie (Protocol 1.5).
extension SortedBatch.Place {
  @inline(__always)
  func beats(_ other: Self) -> Bool { order(beside: other) == .wins }

  /// Beside another operation of the batch.
  ///
  /// Contexts are left out, here and below: where there are any, the register is merged the exact way.
  @inline(__always)
  func order(beside other: Self) -> OperationOrder {
    OperationOrder(
      stamps: (stamp, other.stamp),
      replicas: { (block.block.replica, other.block.block.replica) },
      values: { compare in withValue { left in other.withValue { compare(left, $0) } } },
      sequences: { (sequence, other.sequence) },
      contexts: { (nil, nil) })
  }

  /// Beside the stored winner of its register, which lies among `registers`.
  ///
  /// Ids are looked up only where the numbers of the replicas differ.
  @inline(__always)
  func order(
    beside stored: PackedRegister, in registers: UnsafeRawBufferPointer,
    _ transaction: StoreTransaction
  ) throws -> OperationOrder {
    try OperationOrder(
      stamps: (stamp, UInt64(clamping: stored.stamp)),
      replicas: {
        guard block.replica != stored.replica else { return nil }
        return (block.block.replica, try transaction.interner.replica(stored.replica))
      },
      values: { compare in
        withValue { compare($0, UnsafeRawBufferPointer(rebasing: registers[stored.value])) }
      },
      sequences: { (sequence, UInt64(clamping: stored.sequence)) },
      contexts: { (nil, nil) })
  }
}
