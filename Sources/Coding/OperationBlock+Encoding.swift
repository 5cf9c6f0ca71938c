import Replication

extension OperationBlock {
  /// The payload that stands for `range` of one replica and holds `operations`.
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
  /// The operations are of the range's replica, ascending by sequence, and at least one.
  public static func payload(
    of operations: [Operation], replica: ReplicaID, range: ClosedRange<UInt64>
  ) -> [UInt8] {
    precondition(!operations.isEmpty, "an empty frame would stand for nothing")
    var columns = Columns(count: operations.count)
    for operation in operations { columns.append(operation) }
    var writer = ByteWriter()
    writer.identifier(replica.identifier)
    writer.number(range.lowerBound)
    writer.number(range.upperBound - range.lowerBound)
    writer.number(operations.count)
    if UInt64(operations.count) != range.upperBound - range.lowerBound + 1 {
      writer.gaps(of: operations, from: range.lowerBound)
    }
    columns.write(to: &writer)
    writer.contexts(of: operations)
    for operation in operations { writer.number(operation.value.bytes.count) }
    for operation in operations { writer.append(operation.value.bytes) }
    return writer.bytes
  }

  /// The frame of ``payload(of:replica:range:)``.
  public static func frame(
    of operations: [Operation], replica: ReplicaID, range: ClosedRange<UInt64>
  ) throws(CodingError) -> Frame {
    try Frame(.operations, payload: payload(of: operations, replica: replica, range: range))
  }
}

/// The dictionaries and columns of a block as they grow.
private struct Columns {
  private var entities: [EntityID: UInt32] = [:]
  private var fields: [Field: UInt32] = [:]
  private var entityBytes = ByteWriter()
  private var fieldBytes = ByteWriter()
  private var entityColumn = ByteWriter()
  private var fieldColumn = ByteWriter()
  private var stampColumn = ByteWriter()
  private var entity: UInt32?
  private var stamp: UInt64 = 0

  init(count: Int) {
    entities.reserveCapacity(count / 4)
  }

  mutating func append(_ operation: Operation) {
    entityColumn.number(code(of: operation.register.entity))
    fieldColumn.number(UInt64(index(of: operation.register.field)))
    let difference = Int64(bitPattern: operation.stamp.rawValue &- stamp)
    stampColumn.number(Varint.zigzag(difference))
    stamp = operation.stamp.rawValue
  }

  func write(to writer: inout ByteWriter) {
    writer.number(entities.count)
    writer.append(entityBytes.bytes)
    writer.number(fields.count)
    writer.append(fieldBytes.bytes)
    writer.append(entityColumn.bytes)
    writer.append(fieldColumn.bytes)
    writer.append(stampColumn.bytes)
  }

  private mutating func code(of entity: EntityID) -> UInt64 {
    guard let index = entities[entity] else {
      self.entity = UInt32(entities.count)
      entities[entity] = self.entity
      entityBytes.number(UInt64(entity.kind.number))
      entityBytes.identifier(entity.key)
      return 1
    }
    defer { self.entity = index }
    return index == self.entity ? 0 : UInt64(index) + 2
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

extension ByteWriter {
  fileprivate mutating func gaps(of operations: [Operation], from first: UInt64) {
    var next = first
    for operation in operations {
      number(operation.dot.sequence - next)
      next = operation.dot.sequence + 1
    }
  }

  fileprivate mutating func contexts(of operations: [Operation]) {
    let authored = operations.enumerated().filter { $0.element.context != nil }
    number(authored.count)
    var next = 0
    for (index, operation) in authored {
      number(index - next)
      operation.context?.write(to: &self)
      next = index + 1
    }
  }
}
