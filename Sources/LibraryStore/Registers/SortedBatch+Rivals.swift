import Replication

// Operations as rule 1 compares them where they lie (Protocol 1.5).
extension SortedBatch.Place {
  func beats(_ other: Self) -> Bool {
    SortedBatch.PlacedRivals(left: self, right: other).order() == .wins
  }
}

extension SortedBatch {
  /// Two operations of a batch. Only registers without contexts are compared so: in others the
  /// winner's context counts as well, and they are merged the exact way.
  struct PlacedRivals: OperationPair {
    let left: Place
    let right: Place

    @inline(__always)
    var stamps: (left: UInt64, right: UInt64) { (left.stamp, right.stamp) }

    @inline(__always)
    func replicas() -> (left: ReplicaID, right: ReplicaID)? {
      (left.block.block.replica, right.block.block.replica)
    }

    @inline(__always)
    func withValues<Result>(
      _ body: (_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Result
    ) -> Result {
      left.withValue { left in right.withValue { body(left, $0) } }
    }

    @inline(__always)
    var sequences: (left: UInt64, right: UInt64) { (left.sequence, right.sequence) }
    var contexts: (left: Context?, right: Context?) { (nil, nil) }
  }

  /// An operation of a batch, and the stored winner of its register, whose context lies elsewhere.
  struct StoredRivals: OperationPair {
    let place: Place
    let stored: PackedRegister
    /// Among which the winner lies.
    let registers: UnsafeRawBufferPointer
    let transaction: StoreTransaction

    @inline(__always)
    var stamps: (left: UInt64, right: UInt64) { (place.stamp, UInt64(clamping: stored.stamp)) }

    /// Ids are looked up only where the numbers differ.
    @inline(__always)
    func replicas() throws -> (left: ReplicaID, right: ReplicaID)? {
      guard place.block.replica != stored.replica else { return nil }
      return (place.block.block.replica, try transaction.interner.replica(stored.replica))
    }

    @inline(__always)
    func withValues<Result>(
      _ body: (_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Result
    ) -> Result {
      place.withValue { body($0, UnsafeRawBufferPointer(rebasing: registers[stored.value])) }
    }

    @inline(__always)
    var sequences: (left: UInt64, right: UInt64) {
      (place.sequence, UInt64(clamping: stored.sequence))
    }

    var contexts: (left: Context?, right: Context?) { (nil, nil) }
  }
}
