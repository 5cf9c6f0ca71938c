import Coding
import Replication
import TestSupport
import Testing

struct ZlibTests {
  @Test func `what is deflated inflates to itself`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let bytes = Sample.bytes(upTo: 300, using: &generator) + [UInt8](repeating: 1, count: 300)
      let level = Int32.random(in: 0...9, using: &generator)
      let deflated = try Zlib.deflate(bytes, level: level)
      #expect(try Zlib.inflate(deflated, exactly: bytes.count) == bytes, "seed \(seed)")
      let embedded = [9] + deflated + [9]
      let slice = embedded[1..<(embedded.count - 1)]
      #expect(try Zlib.inflate(slice, exactly: bytes.count) == bytes, "seed \(seed)")
    }
    #expect(try Zlib.inflate(Zlib.deflate([]), exactly: 0) == [])
  }

  /// Noise gains nothing, and each section's block costs some bytes of its own.
  @Test func `sections are one stream with room for all their blocks`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let bytes =
        Sample.bytes(upTo: 3_000, using: &generator)
        + [UInt8](repeating: 1, count: .random(in: 0...300, using: &generator))
      let sections = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        Int.random(in: 0...bytes.count, using: &generator)
      }.sorted()
      let level = Int32.random(in: 0...9, using: &generator)
      let deflated = try Zlib.deflate(bytes, sections: sections, level: level)
      #expect(try Zlib.inflate(deflated, exactly: bytes.count) == bytes, "seed \(seed)")
    }
  }

  @Test func `bytes of two sorts deflate better as two sections`() throws {
    var generator = SeededGenerator(seed: 2)
    let digits = (0..<20_000).map { _ in UInt8.random(in: 48...57, using: &generator) }
    let letters = (0..<20_000).map { _ in UInt8.random(in: 97...122, using: &generator) }
    #expect(
      try Zlib.deflate(digits + letters, sections: [digits.count]).count
        < Zlib.deflate(digits + letters).count)
  }

  @Test func `a stream of another length than declared is refused`() throws {
    let deflated = try Zlib.deflate([UInt8](repeating: 3, count: 1_000))
    for length in [0, 1, 999, 1_001, 100_000] {
      #expect(throws: CodingError.inflateFailed(declared: length)) {
        try Zlib.inflate(deflated, exactly: length)
      }
    }
  }

  @Test func `cut, damaged and longer streams are refused`() throws {
    let bytes = Array("Some text that is compressed".utf8)
    let deflated = try Zlib.deflate(bytes)
    for count in 0..<deflated.count {
      #expect(throws: CodingError.self) {
        try Zlib.inflate(Array(deflated.prefix(count)), exactly: bytes.count)
      }
    }
    #expect(throws: CodingError.self) {
      try Zlib.inflate(deflated + [0], exactly: bytes.count)
    }
    #expect(throws: CodingError.self) { try Zlib.inflate([], exactly: 0) }
  }

  @Test func `a checksum goes on from where another ended, also over nothing`() {
    let bytes = Array("123456789".utf8)
    #expect(Zlib.checksum(bytes) == 0xcbf4_3926)
    for split in 0...bytes.count {
      let first = Zlib.checksum(Array(bytes[..<split]))
      #expect(Zlib.checksum(Array(bytes[split...]), seed: first) == 0xcbf4_3926)
      #expect(Zlib.checksum(bytes[split...], seed: first) == 0xcbf4_3926)
    }
    #expect(Zlib.checksum(Nowhere(), seed: 5) == 5)
  }

  /// Bytes without an address, of which there are none.
  private struct Nowhere: ContiguousBytesLike {
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
      body(UnsafeBufferPointer(start: nil, count: 0))
    }
  }
}
