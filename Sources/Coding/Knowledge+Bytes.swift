import Replication

/// Knowledge as bytes (Protocol 2.6): replicas ascending, each with its ranges as gap and length.
extension Knowledge {
  /// Writes what is known, all of it: a caller bounds it first where a limit holds.
  public func write(to writer: inout ByteWriter) {
    writer.number(sets.count)
    for (replica, sequences) in sorted {
      writer.identifier(replica.identifier)
      sequences.write(to: &writer)
    }
  }

  /// Throws `tooLarge` past `rangeLimit` ranges or 16,384 replicas, and `outOfOrder`.
  public init(
    from reader: inout ByteReader, rangeLimit: Int = Limits.knowledgeRanges
  ) throws(CodingError) {
    let count = try reader.count(of: "replicas", eachAtLeast: 19)
    guard count <= Limits.replicas else {
      throw .tooLarge(what: "replicas", count: UInt64(count), limit: UInt64(Limits.replicas))
    }
    var sets: [ReplicaID: SequenceSet] = [:]
    var previous: ReplicaID?
    var ranges = 0
    for _ in 0..<count {
      let offset = reader.offset
      let replica = ReplicaID(try reader.identifier())
      if let previous, previous >= replica { throw .outOfOrder(what: "replicas", offset: offset) }
      let sequences = try SequenceSet(from: &reader, after: ranges, rangeLimit: rangeLimit)
      ranges += sequences.ranges.count
      sets[replica] = sequences
      previous = replica
    }
    self.init(sets)
  }

  public var bytes: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }

  public init(
    bytes: [UInt8], rangeLimit: Int = Limits.knowledgeRanges
  ) throws(CodingError) {
    self = try ByteReader.read(bytes) { (reader: inout ByteReader) throws(CodingError) in
      try Knowledge(from: &reader, rangeLimit: rangeLimit)
    }
  }
}

extension SequenceSet {
  /// The number of ranges, then for each its distance from the end of the one before (at least
  /// 2 but for the first, which counts from 0) and its length less one.
  public func write(to writer: inout ByteWriter) {
    writer.number(ranges.count)
    var end: UInt64 = 0
    for range in ranges {
      writer.number(range.lowerBound - end)
      writer.number(range.upperBound - range.lowerBound)
      end = range.upperBound
    }
  }

  /// Throws `tooLarge` past `rangeLimit` ranges, `others` among them, before there is room made for
  /// them, and `outOfOrder` for ranges that touch, overlap or are empty.
  public init(
    from reader: inout ByteReader, after others: Int = 0, rangeLimit: Int = .max
  ) throws(CodingError) {
    let count = try reader.count(of: "ranges", eachAtLeast: 2)
    guard count <= rangeLimit - others else {
      throw .tooLarge(
        what: "ranges", count: UInt64(count + others), limit: UInt64(rangeLimit))
    }
    var ranges: [ClosedRange<UInt64>] = []
    ranges.reserveCapacity(count)
    var end: UInt64 = 0
    for index in 0..<count {
      let offset = reader.offset
      let gap = try reader.number()
      let length = try reader.number()
      guard gap >= (index == 0 ? 1 : 2) else { throw .outOfOrder(what: "ranges", offset: offset) }
      let (first, overflow) = end.addingReportingOverflow(gap)
      let (last, overflowed) = first.addingReportingOverflow(length)
      guard !overflow, !overflowed, last <= Limits.maximumSequence else {
        throw .tooLarge(what: "sequence", count: gap, limit: Limits.maximumSequence)
      }
      ranges.append(first...last)
      end = last
    }
    guard count > 0 else { throw .outOfOrder(what: "ranges", offset: reader.offset) }
    self.init(ascending: ranges)
  }

  public var bytes: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }
}

extension DeltaStatement {
  /// Basis, carried, known (Protocol 2.6).
  public func write(to writer: inout ByteWriter) {
    basis.write(to: &writer)
    carried.write(to: &writer)
    known.write(to: &writer)
  }

  public init(from reader: inout ByteReader) throws(CodingError) {
    self.init(
      basis: try Knowledge(from: &reader),
      carried: try Knowledge(from: &reader, rangeLimit: Limits.carriedRanges),
      known: try Knowledge(from: &reader))
  }
}
