import Replication
import TestSupport
import Testing

struct SipHash128Tests {
  struct Vector: Decodable {
    let name: String
    let key: String
    let hex: String
    let value: String
  }

  /// The authors' table: key 00 to 0f, inputs of 0 to 63 bytes 00, 01, 02, ...
  @Test func `digests are those of the authors' reference implementation`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "siphash")
    #expect(vectors.count >= 64)
    for vector in vectors {
      let key = try #require(Digest128(bytes: Hexadecimal.bytes(of: vector.key) ?? []))
      let input = try #require(Hexadecimal.bytes(of: vector.hex))
      var hash = SipHash128(key0: key.low, key1: key.high)
      input.withUnsafeBytes { hash.combine($0) }
      #expect(Hexadecimal.text(of: hash.finish().bytes) == vector.value, "\(vector.name)")
    }
  }

  @Test func `words, bytes and buffers may be mixed`() {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let input = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      var whole = SipHash128(key0: seed, key1: 2)
      input.withUnsafeBytes { whole.combine($0) }
      var parts = SipHash128(key0: seed, key1: 2)
      var rest = input[...]
      while !rest.isEmpty {
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: parts.combine(byte: rest.removeFirst())
        case 1 where rest.count >= 8:
          let word = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
          parts.combine(word: word)
          rest = rest.dropFirst(8)
        default:
          let count = Int.random(in: 0...rest.count, using: &generator)
          Array(rest.prefix(count)).withUnsafeBytes { parts.combine($0) }
          rest = rest.dropFirst(count)
        }
      }
      #expect(parts.finish() == whole.finish(), "seed \(seed)")
    }
  }
}
