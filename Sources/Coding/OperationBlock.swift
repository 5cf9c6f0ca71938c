import Replication

/// The operations of one frame as columns: what a merge walks without building an
/// ``Operation`` for each.
public struct OperationBlock: Sendable {
  public let replica: ReplicaID
  /// The range the frame stands for; superseded operations in it may be gone.
  public let range: ClosedRange<UInt64>
  public let count: Int
  /// The sequences, where they are not all of the range; else empty, since eight bytes for each
  /// operation would be for nothing.
  let sparse: [UInt64]
  /// Raw stamps.
  public let stamps: [UInt64]
  public let entities: [EntityID]
  public let fields: [Field]
  /// Per operation, an index into `entities`.
  public let entityColumn: [UInt32]
  /// Per operation, an index into `fields`.
  public let fieldColumn: [UInt32]
  /// Where each value starts in `values`; one more at the end.
  public let valueOffsets: [UInt32]
  /// The values end to end. The rest of the payload is in the columns, and not kept twice.
  public let values: [UInt8]
  public let contexts: [Int: Context]

  @inline(__always)
  public func sequence(at index: Int) -> UInt64 {
    sparse.isEmpty ? range.lowerBound + UInt64(index) : sparse[index]
  }

  public func dot(at index: Int) -> Dot { Dot(replica: replica, sequence: sequence(at: index)) }

  public func valueBytes(at index: Int) -> ArraySlice<UInt8> {
    values[Int(valueOffsets[index])..<Int(valueOffsets[index + 1])]
  }

  /// Throws `invalidOperation` where the parts break the rules of operations.
  public func operation(at index: Int) throws(CodingError) -> Operation {
    guard let stamp = Stamp(rawValue: stamps[index]) else {
      throw .tooLarge(what: "stamp", count: stamps[index], limit: Stamp.maximum.rawValue)
    }
    do {
      return try Operation(
        dot: dot(at: index), stamp: stamp,
        register: RegisterID(entities[Int(entityColumn[index])], fields[Int(fieldColumn[index])]),
        value: Value(canonical: Array(valueBytes(at: index))), context: contexts[index])
    } catch {
      throw .invalidOperation(error, offset: Int(valueOffsets[index]))
    }
  }

  public func operations() throws(CodingError) -> [Operation] {
    var operations: [Operation] = []
    operations.reserveCapacity(count)
    for index in 0..<count { operations.append(try operation(at: index)) }
    return operations
  }

  /// The sequences the block carries.
  public var carried: SequenceSet {
    isDense ? SequenceSet(range) : SequenceSet(sequences: sparse)
  }

  /// Whether every sequence of the range is here.
  public var isDense: Bool { sparse.isEmpty }

  /// About how many bytes of memory the block takes.
  public var memory: Int {
    8 * sparse.count + 20 * count + values.count
      + MemoryLayout<EntityID>.stride * entities.count
  }
}
