import Replication

extension OperationBlock {
  /// Reads an operations payload (Protocol 2.5), checking everything a merge relies on: order,
  /// indexes, stamps, and that each value is canonical.
  public init(payload: [UInt8]) throws(CodingError) {
    self = try ByteReader.read(payload) { (reader: inout ByteReader) throws(CodingError) in
      try OperationBlock(from: &reader)
    }
  }

  private init(from reader: inout ByteReader) throws(CodingError) {
    replica = ReplicaID(try reader.identifier())
    range = try OperationBlock.range(from: &reader)
    count = try reader.count(of: "operations", eachAtLeast: 4)
    guard (1...Limits.frameOperations).contains(count) else {
      throw .tooLarge(
        what: "operations", count: UInt64(count), limit: UInt64(Limits.frameOperations))
    }
    sparse = try OperationBlock.sparseSequences(count, in: range, from: &reader)
    entities = try OperationBlock.entities(from: &reader)
    fields = try OperationBlock.fields(from: &reader)
    var rows = [Row](repeating: Row(), count: count)
    try rows.readEntities(of: entities.count, from: &reader)
    try rows.readFields(of: fields.count, from: &reader)
    try rows.readStamps(from: &reader)
    contexts = try OperationBlock.contexts(
      from: &reader, count, replica: replica, range: range, sparse: sparse)
    values = try rows.readValues(from: &reader)
    self.rows = rows
  }

  private static func range(
    from reader: inout ByteReader
  ) throws(CodingError) -> ClosedRange<UInt64> {
    let first = try reader.number()
    let span = try reader.number()
    let (last, overflow) = first.addingReportingOverflow(span)
    guard first >= 1, !overflow, last <= Limits.maximumSequence else {
      throw .tooLarge(what: "sequence", count: first, limit: Limits.maximumSequence)
    }
    return first...last
  }

  private static func sparseSequences(
    _ count: Int, in range: ClosedRange<UInt64>, from reader: inout ByteReader
  ) throws(CodingError) -> [UInt64] {
    let span = range.upperBound - range.lowerBound
    if UInt64(count) == span + 1 { return [] }
    var sequences: [UInt64] = []
    sequences.reserveCapacity(count)
    var next = range.lowerBound
    for _ in 0..<count {
      let offset = reader.offset
      let gap = try reader.number()
      let (sequence, overflow) = next.addingReportingOverflow(gap)
      guard !overflow, sequence <= range.upperBound else {
        throw .outOfOrder(what: "sequences", offset: offset)
      }
      sequences.append(sequence)
      next = sequence + 1
    }
    return sequences
  }

  private static func entities(from reader: inout ByteReader) throws(CodingError) -> [EntityID] {
    let count = try reader.count(of: "entities", eachAtLeast: 17)
    var entities: [EntityID] = []
    entities.reserveCapacity(count)
    for _ in 0..<count {
      let kind = try reader.number()
      guard let kind = UInt32(exactly: kind) else {
        throw .tooLarge(what: "entity kind", count: kind, limit: UInt64(UInt32.max))
      }
      entities.append(EntityID(kind: EntityKind(number: kind), key: try reader.identifier()))
    }
    return entities
  }

  private static func fields(from reader: inout ByteReader) throws(CodingError) -> [Field] {
    let count = try reader.count(of: "fields", eachAtLeast: 2)
    var fields: [Field] = []
    fields.reserveCapacity(count)
    for _ in 0..<count {
      let offset = reader.offset
      let length = try reader.count(of: "field bytes", eachAtLeast: 1)
      do {
        fields.append(try Field(bytes: try reader.array(length)))
      } catch let error as ReplicationError {
        throw .invalidOperation(error, offset: offset)
      } catch let error as CodingError {
        throw error
      } catch {
        preconditionFailure("reading throws nothing else")
      }
    }
    return fields
  }

  private static func contexts(
    from reader: inout ByteReader, _ operations: Int, replica: ReplicaID,
    range: ClosedRange<UInt64>, sparse: [UInt64]
  ) throws(CodingError) -> [Int: Context] {
    var contexts: [Int: Context] = [:]
    var index = -1
    for _ in 0..<(try reader.count(of: "contexts", eachAtLeast: 2)) {
      let offset = reader.offset
      let gap = try reader.number()
      guard gap < UInt64(operations - index - 1) else {
        throw .unknownIndex(what: "context", offset: offset)
      }
      index += Int(gap) + 1
      let context = try Context(from: &reader)
      let sequence = sparse.isEmpty ? range.lowerBound + UInt64(index) : sparse[index]
      guard !context.covers(Dot(replica: replica, sequence: sequence)) else {
        throw .invalidOperation(.contextCoversItself, offset: offset)
      }
      contexts[index] = context
    }
    return contexts
  }
}

// The columns of the payload.
extension [OperationBlock.Row] {
  /// 0 repeats the entity before, 1 takes the next new one, n + 2 goes back to entity n.
  fileprivate mutating func readEntities(
    of entities: Int, from reader: inout ByteReader
  ) throws(CodingError) {
    var fresh: UInt32 = 0
    var current: UInt32 = 0
    for index in indices {
      let offset = reader.offset
      let code = try reader.number()
      switch code {
      case 0 where fresh > 0: break
      case 1 where fresh < entities:
        current = fresh
        fresh += 1
      case 2..<(UInt64(fresh) + 2) where code - 2 != UInt64(current): current = UInt32(code - 2)
      default: throw .unknownIndex(what: "entity", offset: offset)
      }
      self[index].entity = current
    }
    guard fresh == entities else { throw .unknownIndex(what: "entity", offset: reader.offset) }
  }

  fileprivate mutating func readFields(
    of fields: Int, from reader: inout ByteReader
  ) throws(CodingError) {
    var fresh: UInt64 = 0
    for row in indices {
      let offset = reader.offset
      let index = try reader.number()
      // Protocol 2.5: fields stand in the order of their first use.
      guard index < fields, index <= fresh else {
        throw .unknownIndex(what: "field", offset: offset)
      }
      if index == fresh { fresh += 1 }
      self[row].field = UInt32(index)
    }
    guard fresh == fields else { throw .unknownIndex(what: "field", offset: reader.offset) }
  }

  fileprivate mutating func readStamps(from reader: inout ByteReader) throws(CodingError) {
    var stamp: UInt64 = 0
    for index in indices {
      stamp &+= UInt64(bitPattern: Varint.unzigzag(try reader.number()))
      guard stamp <= Stamp.maximum.rawValue else {
        throw .tooLarge(what: "stamp", count: stamp, limit: Stamp.maximum.rawValue)
      }
      self[index].stampHigh = UInt32(stamp >> 32)
      self[index].stampLow = UInt32(truncatingIfNeeded: stamp)
    }
  }

  /// Returns the values end to end.
  fileprivate mutating func readValues(
    from reader: inout ByteReader
  ) throws(CodingError) -> [UInt8] {
    var end = 0
    for index in indices {
      // Past what is there, the first value to end early says where.
      self[index].valueStart = UInt32(clamping: end)
      end += try reader.count(of: "value bytes", eachAtLeast: 1)
    }
    var values: [UInt8] = []
    values.reserveCapacity(Swift.min(end, reader.remaining))
    for index in indices {
      let offset = reader.offset
      let valueEnd = index + 1 < count ? self[index + 1].valueStart : UInt32(clamping: end)
      let length = Int(valueEnd - self[index].valueStart)
      let bytes = try reader.slice(length)
      guard length <= Limits.valueBytes else {
        throw .invalidOperation(.valueLength(length), offset: offset)
      }
      guard Value.isCanonical(bytes[...]) else {
        throw .invalidOperation(.valueNotCanonical, offset: offset)
      }
      values.append(contentsOf: bytes)
    }
    return values
  }
}

extension Context {
  /// Replicas ascending, each with a sequence of at least 1.
  init(from reader: inout ByteReader) throws(CodingError) {
    let count = try reader.count(of: "context entries", eachAtLeast: 17)
    guard count <= Limits.replicas else {
      throw .tooLarge(what: "context entries", count: UInt64(count), limit: UInt64(Limits.replicas))
    }
    var entries: [Entry] = []
    for _ in 0..<count {
      let offset = reader.offset
      let replica = ReplicaID(try reader.identifier())
      let sequence = try reader.number()
      guard entries.last.map({ $0.replica < replica }) ?? true,
        (1...Limits.maximumSequence).contains(sequence)
      else { throw .outOfOrder(what: "context entries", offset: offset) }
      entries.append(Entry(replica: replica, sequence: sequence))
    }
    self.init(entries)
  }

  func write(to writer: inout ByteWriter) {
    writer.number(entries.count)
    for entry in entries {
      writer.identifier(entry.replica.identifier)
      writer.number(entry.sequence)
    }
  }
}

extension Context {
  /// A context as it is stored beside its operation.
  public var bytes: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }

  public init(bytes: [UInt8]) throws(CodingError) {
    self = try ByteReader.read(bytes) { (reader: inout ByteReader) throws(CodingError) in
      try Context(from: &reader)
    }
  }
}
