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
