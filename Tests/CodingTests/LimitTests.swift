import Coding
import Replication
import TestSupport
import Testing

/// Each limit at one below, at it, and one above (Protocol, limits).
struct LimitTests {
  @Test(arguments: [-1, 0, 1])
  func `a frame inflates to at most 8 MiB`(over: Int) throws {
    let count = Limits.frameInflatedBytes + over
    let payload = [UInt8](repeating: 0, count: count)
    try expectRefusal(over > 0, .frameTooLarge(declared: count, limit: 8 << 20)) {
      let frame = try Frame(.bodies, payload: payload)
      return try Frame(whole: frame.header + frame.stored).payload() == payload
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a frame stores at most 8 MiB`(over: Int) throws {
    let count = Limits.frameInflatedBytes + over
    let stored = [UInt8](repeating: 0, count: count)
    try expectRefusal(over > 0, .frameTooLarge(declared: count, limit: 8 << 20)) {
      let frame = try Frame(
        kind: .bodies, isDeflated: false, inflatedLength: count, stored: stored)
      return try Frame(whole: frame.header + stored) == frame
    }
    var header = ByteWriter()
    header.append([3, 0, 0, 0])
    header.word32(UInt32(count))
    header.word32(UInt32(count))
    header.word32(Zlib.checksum(stored, seed: Zlib.checksum(header.bytes)))
    // Before anything is read that it announces.
    try expectRefusal(over > 0, .frameTooLarge(declared: count, limit: 8 << 20)) {
      try FrameHeader(header.bytes).storedLength == count
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a frame holds at most 131,072 operations`(over: Int) throws {
    let count = Limits.frameOperations + over
    let register = RegisterID(
      EntityID(kind: EntityKind(number: 1), key: Identifier(high: 0, low: 0)), Field("x"))
    let operations = try (1...UInt64(count)).map {
      try Operation(
        dot: Dot(replica: Sample.replica(1), sequence: $0), stamp: .zero, register: register,
        value: .nothing)
    }
    let payload = OperationBlock.payload(
      of: operations, replica: Sample.replica(1), range: 1...UInt64(count))
    try expectRefusal(
      over > 0, .tooLarge(what: "operations", count: UInt64(count), limit: 131_072)
    ) {
      return try OperationBlock(payload: payload).count == count
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a chunk holds at most 16,384 bodies`(over: Int) throws {
    let count = Limits.frameBodies + over
    var builder = BodyChunkBuilder()
    for number in 0..<count {
      #expect(builder.hasRoom(for: 0) == (number < 16_384))
      builder.append([], of: ContentHash(of: [1]), bodyLength: 1, offset: 0)
    }
    let payload = builder.payload
    try expectRefusal(over > 0, .tooLarge(what: "bodies", count: UInt64(count), limit: 16_384)) {
      try BodyChunk(payload: payload).entries.count == count
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a value in a frame has at most 4 MiB`(over: Int) throws {
    let count = Limits.valueBytes + over
    let payload = PlainOperation(value: [5] + [UInt8](repeating: 0, count: count - 1)).payload
    let offset = payload.count - count
    try expectRefusal(over > 0, .invalidOperation(.valueLength(count), offset: offset)) {
      return try OperationBlock(payload: payload).valueBytes(at: 0).count == count
    }
  }

  @Test func `a value of the greatest length fits a frame though nothing compresses it`() throws {
    let noise = SeededGenerator.bytes(Limits.valueBytes, seed: 9)
    let frame = try Frame(
      .operations, payload: PlainOperation(value: [5] + noise.dropLast()).payload)
    #expect(!frame.isDeflated)
    #expect(try OperationBlock(payload: frame.payload()).count == 1)
  }

  @Test(arguments: [-1, 0, 1])
  func `a field in a frame has at most 1,024 bytes`(over: Int) throws {
    let count = Limits.fieldBytes + over
    let payload = PlainOperation(field: [UInt8](repeating: 0x61, count: count)).payload
    try expectRefusal(over > 0, .invalidOperation(.fieldLength(count), offset: 38)) {
      return try OperationBlock(payload: payload).fields[0].bytes.count == count
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a sequence in a frame is at most 2^63 - 1`(over: Int) throws {
    let sequence = Limits.maximumSequence - 1 + UInt64(over + 1)
    let payload = PlainOperation(sequence: sequence).payload
    try expectRefusal(
      over > 0,
      .tooLarge(what: "sequence", count: sequence, limit: Limits.maximumSequence)
    ) {
      return try OperationBlock(payload: payload).sequence(at: 0) == sequence
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a delta names at most 1,048,576 ranges that it carries`(over: Int) throws {
    let count = Limits.carriedRanges + over
    let ranges = (1...UInt64(count)).map { 2 * $0...2 * $0 }
    let statement = DeltaStatement(
      basis: Knowledge(), carried: Knowledge([Sample.replica(1): SequenceSet(ascending: ranges)]),
      known: Knowledge())
    var writer = ByteWriter()
    statement.write(to: &writer)
    try expectRefusal(
      over > 0, .tooLarge(what: "ranges", count: UInt64(count), limit: 1_048_576)
    ) {
      let read = try ByteReader.read(writer.bytes) {
        (reader: inout ByteReader) throws(CodingError) in try DeltaStatement(from: &reader)
      }
      return read == statement
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a knowledge has at most 65,536 ranges`(over: Int) throws {
    let count = Limits.knowledgeRanges + over
    let knowledge = Knowledge([
      Sample.replica(1): SequenceSet(sequences: (1...UInt64(count - 9)).map { 2 * $0 }),
      Sample.replica(2): SequenceSet(sequences: (1...9).map { 2 * $0 }),
    ])
    let bytes = knowledge.bytes
    try expectRefusal(over > 0, .tooLarge(what: "ranges", count: UInt64(count), limit: 65_536)) {
      return try Knowledge(bytes: bytes) == knowledge
    }
    #expect(try Knowledge(bytes: bytes, rangeLimit: .max) == knowledge)
    #expect(try Knowledge(bytes: knowledge.claiming(atMost: 65_536).bytes).rangeCount <= 65_536)
  }

  @Test(arguments: [-1, 0, 1])
  func `a knowledge has at most 16,384 replicas`(over: Int) throws {
    let count = Limits.replicas + over
    let sets = (1...count).map { (Sample.replica(UInt64($0)), SequenceSet(1...1)) }
    let knowledge = Knowledge(Dictionary(uniqueKeysWithValues: sets))
    try expectRefusal(over > 0, .tooLarge(what: "replicas", count: UInt64(count), limit: 16_384)) {
      return try Knowledge(bytes: knowledge.bytes) == knowledge
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a context has at most 16,384 entries`(over: Int) throws {
    let count = Limits.replicas + over
    let context = Context(
      (1...count).map { Context.Entry(replica: Sample.replica(UInt64($0)), sequence: 1) })
    try expectRefusal(
      over > 0, .tooLarge(what: "context entries", count: UInt64(count), limit: 16_384)
    ) {
      return try Context(bytes: context.bytes) == context
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a body has at most 16 MiB`(over: Int) throws {
    let count = Limits.bodyBytes + over
    var builder = BodyChunkBuilder()
    builder.append(
      [1], of: ContentHash(of: [1] as [UInt8]), bodyLength: count, offset: count - 1)
    try expectRefusal(
      over > 0, .tooLarge(what: "body bytes", count: UInt64(count), limit: 16 << 20)
    ) {
      return try BodyChunk(payload: builder.payload).entries[0].bodyLength == count
    }
  }

  @Test(arguments: [(-1, 1), (0, 1), (1, 2)])
  func `a body past 4 MiB is cut into pieces`(over: Int, pieces: Int) throws {
    let body = [UInt8](repeating: 7, count: Limits.pieceBytes + over)
    let cut = BodyChunkBuilder.pieces(of: body)
    #expect(cut.count == pieces)
    #expect(cut.map(\.offset) == Array([0, Limits.pieceBytes].prefix(pieces)))
    #expect(cut.reduce(0) { $0 + $1.bytes.count } == body.count)
  }

  @Test(arguments: [(-1, true), (0, true), (1, false)])
  func `a chunk takes bodies up to 512 KiB`(over: Int, fits: Bool) {
    var builder = BodyChunkBuilder()
    #expect(builder.hasRoom(for: 2 * Limits.chunkTargetBytes), "an empty one has room for any")
    builder.append([1, 2], of: ContentHash(of: [1, 2] as [UInt8]), bodyLength: 2, offset: 0)
    #expect(builder.hasRoom(for: Limits.chunkTargetBytes - 2 + over) == fits)
  }

  private func expectRefusal(
    _ isRefused: Bool, _ refusal: CodingError, _ isRead: () throws -> Bool
  ) throws {
    if isRefused {
      #expect(throws: refusal) { try isRead() }
    } else {
      #expect(try isRead())
    }
  }
}

/// The payload of one plain operation, spelt by hand, so that any part of it may be too large.
private struct PlainOperation {
  var sequence: UInt64 = 1
  var field: [UInt8] = [0x61]
  var value: [UInt8] = [0]

  var payload: [UInt8] {
    var writer = ByteWriter()
    writer.identifier(Sample.replica(1).identifier)
    writer.number(sequence)
    for number in [0, 1, 1, 1] { writer.number(number) }
    writer.identifier(Identifier(high: 0, low: 0))
    writer.number(1)
    writer.number(field.count)
    writer.append(field)
    for number in [1, 0, 0, 0] { writer.number(number) }
    writer.number(value.count)
    writer.append(value)
    return writer.bytes
  }
}
