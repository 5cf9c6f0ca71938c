import Replication

/// Puts the payload of an operations frame together (Protocol 2.5), from operations or from what
/// was read of other frames.
///
/// ```
/// replica 16 | first | last - first | n
/// sequences   n gaps, absent when n fills the range
/// entities    count, each: kind, 16 bytes           in order of first use
/// fields      count, each: length, bytes            in order of first use
/// entity      n: 0 as before, 1 next new one, k + 2 back to entity k
/// field       n: index
/// stamp       n: zigzag difference from the one before, the first from 0
/// contexts    count, each: operations passed over, entries, each: replica 16, sequence
/// values      n lengths, then n values end to end
/// ```
///
/// What is appended is of one replica, and ascends by sequence.
public struct OperationBlockBuilder {
  /// Whose operations they are.
  public let replica: ReplicaID
  private var sequences: [UInt64] = []
  private var entities: [EntityID: UInt32] = [:]
  private var fields: [Field: UInt32] = [:]
  private var entityBytes = ByteWriter()
  private var fieldBytes = ByteWriter()
  private var entityColumn = ByteWriter()
  private var fieldColumn = ByteWriter()
  private var stampColumn = ByteWriter()
  private var contextBytes = ByteWriter()
  private var contextCount = 0
  private var afterContext = 0
  private var lengths = ByteWriter()
  private var values = ByteWriter()
  private var entity: UInt32?
  private var stamp: UInt64 = 0

  /// With nothing in it.
  public init(replica: ReplicaID) {
    self.replica = replica
  }

  /// How many operations were appended.
  public var count: Int { sequences.count }

  /// From the first sequence to the last; nil while nothing was appended.
  public var range: ClosedRange<UInt64>? {
    guard let first = sequences.first, let last = sequences.last else { return nil }
    return first...last
  }

  /// Which sequences were appended.
  public var carried: SequenceSet { SequenceSet(sequences: sequences) }

  /// Whether they are all of ``range``.
  public var isDense: Bool {
    range.map { UInt64(count) == $0.upperBound - $0.lowerBound + 1 } ?? true
  }

  /// Appends an operation, which is later than those before.
  public mutating func append(_ operation: Operation) {
    let code = code(of: operation.register.entity)
    let field = index(of: operation.register.field)
    append(
      operation.dot.sequence, entity: code, field: field, stamp: operation.stamp.rawValue,
      value: operation.value.bytes[...], context: operation.context)
  }

  /// Appends those of a block's operations whose indexes are wanted: looks each entity and field up
  /// once, which takes a fraction of going through ``Operation``s.
  public mutating func append(
    _ block: OperationBlock, where isWanted: (Int) -> Bool = { _ in true }
  ) {
    var entityIndexes = [UInt32?](repeating: nil, count: block.entities.count)
    var fieldIndexes = [UInt32?](repeating: nil, count: block.fields.count)
    for index in 0..<block.count where isWanted(index) {
      let row = block.rows[index]
      let code: UInt64
      if let known = entityIndexes[Int(row.entity)] {
        code = self.code(back: known)
      } else {
        code = self.code(of: block.entities[Int(row.entity)])
        entityIndexes[Int(row.entity)] = entity
      }
      let field = fieldIndexes[Int(row.field)] ?? self.index(of: block.fields[Int(row.field)])
      fieldIndexes[Int(row.field)] = field
      append(
        block.sequence(at: index), entity: code, field: field, stamp: row.stamp,
        value: block.valueBytes(at: index), context: block.contexts[index])
    }
  }

  private mutating func append(
    _ sequence: UInt64, entity: UInt64, field: UInt32, stamp: UInt64, value: ArraySlice<UInt8>,
    context: Context?
  ) {
    entityColumn.number(entity)
    fieldColumn.number(UInt64(field))
    stampColumn.number(Varint.zigzag(Int64(bitPattern: stamp &- self.stamp)))
    self.stamp = stamp
    if let context {
      contextCount += 1
      contextBytes.number(count - afterContext)
      context.write(to: &contextBytes)
      afterContext = count + 1
    }
    lengths.number(value.count)
    values.append(value)
    sequences.append(sequence)
  }

  private mutating func code(of entity: EntityID) -> UInt64 {
    if let index = entities[entity] { return code(back: index) }
    let index = UInt32(entities.count)
    entities[entity] = index
    entityBytes.number(UInt64(entity.kind.number))
    entityBytes.identifier(entity.key)
    self.entity = index
    return 1
  }

  private mutating func code(back index: UInt32) -> UInt64 {
    defer { entity = index }
    return index == entity ? 0 : UInt64(index) + 2
  }

  private mutating func index(of field: Field) -> UInt32 {
    if let index = fields[field] { return index }
    let index = UInt32(fields.count)
    fields[field] = index
    fieldBytes.number(field.bytes.count)
    fieldBytes.append(field.bytes)
    return index
  }
}

extension OperationBlockBuilder {
  /// The payload of what was appended, which is something.
  ///
  /// - Parameter range: what it stands for, if more than that.
  public func payload(for range: ClosedRange<UInt64>? = nil) -> [UInt8] {
    guard let range = range ?? self.range, count > 0 else {
      preconditionFailure("an empty frame would stand for nothing")
    }
    var writer = ByteWriter()
    writer.identifier(replica.identifier)
    writer.number(range.lowerBound)
    writer.number(range.upperBound - range.lowerBound)
    writer.number(count)
    if UInt64(count) != range.upperBound - range.lowerBound + 1 {
      var next = range.lowerBound
      for sequence in sequences {
        writer.number(sequence - next)
        next = sequence + 1
      }
    }
    writer.number(entities.count)
    writer.append(entityBytes.bytes)
    writer.number(fields.count)
    writer.append(fieldBytes.bytes)
    for column in [entityColumn, fieldColumn, stampColumn] { writer.append(column.bytes) }
    writer.number(contextCount)
    for column in [contextBytes, lengths, values] { writer.append(column.bytes) }
    return writer.bytes
  }

  /// The frame of ``payload(for:)``. Throws `frameTooLarge` past the limit.
  public func frame() throws(CodingError) -> Frame {
    try Frame(.operations, payload: payload())
  }
}
