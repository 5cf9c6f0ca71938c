import Replication

/// The operations of one frame, taken apart: what a merge walks without building an
/// ``Operation`` for each.
public struct OperationBlock: Sendable {
  public let replica: ReplicaID
  /// The range the frame stands for; superseded operations in it may be gone.
  public let range: ClosedRange<UInt64>
  public let count: Int
  /// The sequences, where they are not all of the range; else empty, since eight bytes for each
  /// operation would be for nothing.
  let sparse: [UInt64]
  public let entities: [EntityID]
  public let fields: [Field]
  public let rows: [Row]
  /// The values end to end. The rest of the payload is in the rows, and not kept twice.
  public let values: [UInt8]
  public let contexts: [Int: Context]

  /// What the columns hold of one operation, side by side: a merge looks at them in the order of
  /// registers, which is a random one here, and each look at another place takes its time.
  public struct Row: Sendable {
    // In halves, so that a row takes 20 bytes and not 24.
    @usableFromInline var stampHigh: UInt32 = 0
    @usableFromInline var stampLow: UInt32 = 0
    /// Indexes into `entities` and `fields`.
    public internal(set) var entity: UInt32 = 0
    public internal(set) var field: UInt32 = 0
    /// Where its value starts in `values`, which is where the one before ends.
    public internal(set) var valueStart: UInt32 = 0

    /// The raw stamp.
    @inlinable public var stamp: UInt64 { UInt64(stampHigh) << 32 | UInt64(stampLow) }
  }

  @inline(__always)
  public func sequence(at index: Int) -> UInt64 {
    sparse.isEmpty ? range.lowerBound + UInt64(index) : sparse[index]
  }

  public func dot(at index: Int) -> Dot { Dot(replica: replica, sequence: sequence(at: index)) }

  /// Where a value lies in `values`.
  @inlinable
  public func valueRange(at index: Int) -> Range<Int> {
    let end = index + 1 < rows.count ? Int(rows[index + 1].valueStart) : values.count
    return Int(rows[index].valueStart)..<end
  }

  public func valueBytes(at index: Int) -> ArraySlice<UInt8> { values[valueRange(at: index)] }

  /// Throws `invalidOperation` where the parts break the rules of operations.
  public func operation(at index: Int) throws(CodingError) -> Operation {
    let row = rows[index]
    guard let stamp = Stamp(rawValue: row.stamp) else {
      throw .tooLarge(what: "stamp", count: row.stamp, limit: Stamp.maximum.rawValue)
    }
    do {
      return try Operation(
        dot: dot(at: index), stamp: stamp,
        register: RegisterID(entities[Int(row.entity)], fields[Int(row.field)]),
        value: Value(canonical: Array(valueBytes(at: index))), context: contexts[index])
    } catch {
      throw .invalidOperation(error, offset: Int(row.valueStart))
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

  /// About how many bytes of memory the block takes, and what merging it will besides: its fields are
  /// numbered by name, and long values copied into their rows and from there into their articles'.
  public var memory: Int {
    let areLong = values.count / max(1, count) > 1 << 16
    return 8 * sparse.count + MemoryLayout<Row>.stride * count + (areLong ? 3 : 1) * values.count
      + MemoryLayout<EntityID>.stride * entities.count + OperationBlock.fieldMemory * fields.count
  }

  /// Of a name, and of its places in the tables by which a batch is sorted.
  private static let fieldMemory = 256
}
