import Coding
import Replication
import TestSupport
import Testing

/// Whatever the bytes, a reader throws or reads; it never traps, and what it reads it would write.
struct MutationLaws {
  /// A codec as the laws see it: bytes of a random value, and bytes read and written again.
  private struct Codec {
    let name: String
    let sample: (inout SeededGenerator) throws -> [UInt8]
    let rewritten: ([UInt8]) throws -> [UInt8]
    /// Operations may list an entity or a field twice, which no writer does; a text has many
    /// recodings.
    var isCanonical = true
  }

  private let codecs = [
    Codec(
      name: "knowledge", sample: { Sample.knowledge(using: &$0).bytes },
      rewritten: { try Knowledge(bytes: $0).bytes }),
    Codec(
      name: "statement", sample: { Sample.statement(using: &$0).payload },
      rewritten: { try DeltaStatement(payload: $0).payload }),
    Codec(
      name: "operations",
      sample: {
        OperationBlock.payload(
          of: try Sample.operations(in: 1...20, using: &$0), replica: Sample.replica(1),
          range: 1...20)
      },
      rewritten: { try OperationBlock(payload: $0).written() }, isCanonical: false),
    Codec(
      name: "bodies", sample: { Sample.chunk(using: &$0).payload },
      rewritten: { try BodyChunk(payload: $0).written }, isCanonical: false),
    Codec(
      name: "value", sample: { try Sample.operation(2, using: &$0).value.bytes },
      rewritten: { try Value(canonical: $0).bytes }),
    Codec(
      name: "context",
      sample: { try Sample.operation(9, using: &$0).context?.bytes ?? [0] },
      rewritten: { try Context(bytes: $0).bytes }),
  ]

  @Test func `damaged bytes are refused or mean what they would be written as`() throws {
    var (accepted, refused) = (0, 0)
    for number in 0..<Laws.mutations {
      let codec = codecs[number % codecs.count]
      var generator = SeededGenerator(seed: UInt64(number))
      let bytes = MutationLaws.damaged(try codec.sample(&generator), using: &generator)
      do {
        let written = try codec.rewritten(bytes)
        if codec.isCanonical { #expect(written == bytes, "\(codec.name), seed \(number)") }
        #expect(try codec.rewritten(written) == written, "\(codec.name), seed \(number)")
        accepted += 1
      } catch is CodingError {
        refused += 1
      } catch is ReplicationError {
        #expect(codec.name == "value", "what a codec refuses is a coding error, seed \(number)")
        refused += 1
      }
    }
    #expect(accepted > Laws.mutations / 20 && refused > Laws.mutations / 5)
  }

  @Test func `a block that was read gives all its operations`() throws {
    for seed in 0..<UInt64(Laws.mutations / 10) {
      var generator = SeededGenerator(seed: seed)
      let operations = try Sample.operations(in: 1...10, using: &generator)
      let payload = OperationBlock.payload(
        of: operations, replica: Sample.replica(1), range: 1...10)
      let bytes = MutationLaws.damaged(payload, using: &generator)
      guard let block = try? OperationBlock(payload: bytes) else { continue }
      #expect(throws: Never.self, "seed \(seed)") { try block.operations() }
    }
  }

  @Test func `every cut of a payload is refused`() throws {
    var generator = SeededGenerator(seed: 3)
    for codec in codecs where codec.name != "value" {
      let bytes = try codec.sample(&generator)
      for count in 0..<bytes.count {
        #expect(throws: CodingError.self, "\(codec.name) cut to \(count)") {
          try codec.rewritten(Array(bytes.prefix(count)))
        }
      }
    }
  }

  @Test func `damaged frames are refused`() throws {
    for seed in 0..<UInt64(Laws.mutations / 4) {
      var generator = SeededGenerator(seed: seed)
      let payload =
        [UInt8](repeating: UInt8(seed & 7), count: 100)
        + Sample.bytes(upTo: 50, using: &generator)
      let frame = try Frame(.bodies, payload: payload)
      let whole = frame.header + frame.stored
      let bytes = MutationLaws.damaged(whole, using: &generator)
      guard bytes != whole else { continue }
      #expect(throws: CodingError.self, "seed \(seed)") { try Frame(whole: bytes) }
    }
  }

  /// A damaged deflate stream behind a checksum that was made to fit.
  @Test func `damaged streams never inflate past their declared length`() throws {
    for seed in 0..<UInt64(Laws.mutations / 4) {
      var generator = SeededGenerator(seed: seed)
      let payload =
        Array("The same words again and again. ".utf8)
        + [UInt8](
          repeating: 7, count: Int.random(in: 60...3_000, using: &generator))
      let stored = MutationLaws.damaged(try Zlib.deflate(payload), using: &generator)
      do {
        let inflated = try Zlib.inflate(stored, exactly: payload.count)
        #expect(inflated.count == payload.count, "seed \(seed)")
      } catch {
        #expect(error == .inflateFailed(declared: payload.count), "seed \(seed)")
      }
    }
  }

  /// One to four bytes flipped, or some cut off, put in, or moved.
  private static func damaged(
    _ bytes: [UInt8], using generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
    case 1:
      let place = Int.random(in: 0...bytes.count, using: &generator)
      bytes.insert(contentsOf: Sample.bytes(upTo: 12, using: &generator), at: place)
    case 2 where bytes.count > 1:
      bytes.swapAt(
        Int.random(in: 0..<bytes.count, using: &generator),
        Int.random(in: 0..<bytes.count, using: &generator))
    default:
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
    }
    return bytes
  }
}
