import Replication

/// The operations of one frame as columns: what a merge walks without building an
/// ``Operation`` for each.
public struct OperationBlock: Sendable {
  public let replica: ReplicaID
  /// The range the frame stands for; superseded operations in it may be gone.
  public let range: ClosedRange<UInt64>
  public let sequences: [UInt64]
  /// Raw stamps.
  public let stamps: [UInt64]
  public let entities: [EntityID]
  public let fields: [Field]
  /// Per operation, an index into `entities`.
  public let entityColumn: [UInt32]
  /// Per operation, an index into `fields`.
  public let fieldColumn: [UInt32]
  /// Where each value starts in `payload`; one more at the end.
  public let valueOffsets: [UInt32]
  /// The inflated bytes the block was read from.
  public let payload: [UInt8]
  public let contexts: [Int: Context]

  public var count: Int { sequences.count }

  public func dot(at index: Int) -> Dot { Dot(replica: replica, sequence: sequences[index]) }

  public func valueBytes(at index: Int) -> ArraySlice<UInt8> {
    payload[Int(valueOffsets[index])..<Int(valueOffsets[index + 1])]
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
    isDense ? SequenceSet(range) : SequenceSet(sequences: sequences)
  }

  /// Whether every sequence of the range is here.
  public var isDense: Bool { UInt64(count) == range.upperBound - range.lowerBound + 1 }
}
