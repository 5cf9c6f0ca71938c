import Coding
import Replication
import TestSupport
import Testing

/// What is written is read back, and written again the same.
struct RoundTripLaws {
  @Test func `knowledge and statements survive the round trip`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let knowledge = Sample.knowledge(using: &generator)
      #expect(try Knowledge(bytes: knowledge.bytes) == knowledge, "seed \(seed)")
      let statement = Sample.statement(using: &generator)
      #expect(try DeltaStatement(payload: statement.payload) == statement, "seed \(seed)")
    }
  }

  @Test func `operations survive the round trip`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let first = UInt64.random(in: 1...1_000, using: &generator)
      let range = first...(first + .random(in: 0...40, using: &generator))
      let operations = try Sample.operations(in: range, using: &generator)
      let payload = OperationBlock.payload(of: operations, replica: Sample.replica(1), range: range)
      let block = try OperationBlock(payload: payload)
      #expect(try block.operations() == operations, "seed \(seed)")
      #expect(block.replica == Sample.replica(1), "seed \(seed)")
      #expect(block.range == range, "seed \(seed)")
      #expect(
        block.carried == SequenceSet(sequences: operations.map(\.dot.sequence)), "seed \(seed)")
      #expect(try block.written() == payload, "seed \(seed)")
      for operation in operations {
        guard let context = operation.context else { continue }
        #expect(try Context(bytes: context.bytes) == context, "seed \(seed)")
      }
    }
  }

  @Test func `blocks joined, or in part, are what their operations make`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let replica = Sample.replica(1)
      var builder = OperationBlockBuilder(replica: replica)
      var expected: [Operation] = []
      for stretch in [UInt64(1)...30, 35...60, 61...80] {
        let operations = try Sample.operations(in: stretch, using: &generator)
        let block = try OperationBlock(
          payload: OperationBlock.payload(of: operations, replica: replica, range: stretch))
        let isWanted = operations.map { _ in Int.random(in: 0..<4, using: &generator) > 0 }
        builder.append(block) { isWanted[$0] }
        expected += zip(operations, isWanted).filter { $0.1 }.map { $0.0 }
      }
      guard let first = expected.first, let last = expected.last else { continue }
      let range = first.dot.sequence...last.dot.sequence
      #expect(builder.range == range, "seed \(seed)")
      #expect(
        builder.carried == SequenceSet(sequences: expected.map(\.dot.sequence)), "seed \(seed)")
      #expect(builder.isDense == (builder.carried == SequenceSet(range)), "seed \(seed)")
      #expect(
        builder.payload()
          == OperationBlock.payload(of: expected, replica: replica, range: range), "seed \(seed)")
    }
  }

  @Test func `frames of operations survive the round trip`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let operations = try Sample.operations(in: 1...40, using: &generator)
      let frame = try OperationBlock.frame(
        of: operations, replica: Sample.replica(1), range: 1...40)
      let read = try Frame(whole: frame.header + frame.stored)
      #expect(read == frame, "seed \(seed)")
      #expect(read.kind == .operations, "seed \(seed)")
      #expect(frame.length == frame.header.count + frame.stored.count, "seed \(seed)")
      #expect(
        try OperationBlock(payload: read.payload()).operations() == operations, "seed \(seed)")
    }
  }

  @Test func `bodies survive the round trip`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      var builder = BodyChunkBuilder()
      let bodies = (0..<5).map { _ in Sample.bytes(upTo: 200, using: &generator) }
      for body in bodies {
        builder.append(body[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
      }
      let chunk = try BodyChunk(payload: builder.payload)
      #expect(chunk.entries.map { Array(chunk.bytes(of: $0)) } == bodies, "seed \(seed)")
      #expect(chunk.entries.allSatisfy { $0.isWhole }, "seed \(seed)")
      #expect(chunk.written == builder.payload, "seed \(seed)")
      #expect(builder.count == 5 && builder.length == bodies.joined().count, "seed \(seed)")
    }
  }

  @Test func `numbers of every length survive the round trip`() throws {
    for bits in 0..<64 {
      for number in [1 << bits, (1 << bits) - 1] as [UInt64] {
        var writer = ByteWriter()
        writer.number(number)
        let read = try ByteReader.read(writer.bytes) {
          (reader: inout ByteReader) throws(CodingError) in
          try reader.number()
        }
        #expect(read == number)
        #expect(Varint.read(writer.bytes)?.value == number)
      }
    }
  }

  @Test func `readers of numbers agree on every spelling`() {
    var generator = SeededGenerator(seed: 5)
    let edges: [UInt8] = [0x00, 0x01, 0x02, 0x7f, 0x80, 0x81, 0xff]
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...11, using: &generator)).map { index in
        index < 8 && Bool.random(using: &generator)
          ? 0x80 : edges.randomElement(using: &generator) ?? 0
      }
      let read = bytes.withUnsafeBufferPointer { buffer -> [UInt64]? in
        var reader = ByteReader(buffer)
        guard let number = try? reader.number() else { return nil }
        return [number, UInt64(reader.offset)]
      }
      #expect(read == Varint.read(bytes).map { [$0.value, UInt64($0.length)] }, "\(bytes)")
    }
  }
}
