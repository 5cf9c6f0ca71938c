import Coding
import Replication
import TestSupport
import Testing

/// Texts are recoded and come back as they were, whatever they hold.
struct RecodingLaws {
  @Test func `mixed texts survive the round trip`() throws {
    var recoded = 0
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let texts = (0..<3).map { _ in Sample.text(using: &generator) }
      recoded += try survives(texts, "seed \(seed)") == 1 ? 1 : 0
    }
    #expect(recoded > Laws.samples.count / 8)
  }

  @Test func `characters from all of Unicode survive the round trip`() throws {
    for seed in Laws.samples.prefix(40) {
      var generator = SeededGenerator(seed: seed)
      let count = [1, 2, 255, 256, 257, 511, 512, 5_000][Int(seed % 8)]
      let table = (0..<count).map { _ in RecodingLaws.scalar(using: &generator) }
      let text = (0..<20 * count).flatMap { _ in
        Array(String(table.randomElement(using: &generator) ?? "x").utf8)
      }
      try survives([text], "seed \(seed)")
    }
  }

  @Test func `what is not well-formed UTF-8 stays as it is`() throws {
    let chinese = Array("一篇中文的文章。".utf8) + Array("一篇中文的文章。".utf8)
    let malformed: [[UInt8]] = [
      [0x80], [0xbf], [0xc0, 0x80], [0xc1, 0xbf], [0xc3], [0xc3, 0x28], [0xe0, 0x9f, 0xbf],
      [0xe4, 0xb8], [0xe4, 0x28, 0x80], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xf0, 0x9f, 0x98],
      [0xf0, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xff],
    ]
    #expect(try survives([chinese], "well-formed") == 1)
    for bytes in malformed {
      #expect(try survives([chinese + bytes], "\(bytes)") == 0)
      #expect(try survives([chinese + bytes + chinese], "\(bytes)") == 0)
    }
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      try survives([Sample.bytes(upTo: 300, using: &generator)], "seed \(seed)")
    }
  }

  @Test func `a border of bodies may cut a character`() throws {
    let text = Array("一篇中文的文章。一篇中文的文章。".utf8)
    for cut in 0...text.count {
      #expect(try survives([Array(text[..<cut]), Array(text[cut...])], "cut at \(cut)") == 1)
    }
  }

  @Test(arguments: [
    ("", 0), ("a", 0), ("é", 0), ("中", 0), ("Plain words, and no others.", 0),
    ("Füße über Äpfel, größer als die Bäume, führen schließlich zurück.", 0),
    ("Широкая река, узкий мост; мост 1, мост 2, мост 3 (и ещё один мост за рекой).", 1),
    ("七座桥，一条河。七座桥，两个岛。七座桥，一次走完。", 1),
    (String(repeating: "橋", count: 129), 1), (String(repeating: "🌉🏞", count: 64), 1),
  ])
  func `a text is recoded where that pays`(text: String, form: Int) throws {
    #expect(try survives([Array(text.utf8)], text) == form)
  }

  /// Writes and reads bodies; returns the form they were written in.
  @discardableResult
  private func survives(_ bodies: [[UInt8]], _ name: String) throws -> Int {
    var builder = BodyChunkBuilder()
    for body in bodies {
      builder.append(body[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
    }
    let payload = builder.payload
    let chunk = try BodyChunk(payload: payload)
    #expect(chunk.entries == builder.entries, "\(name)")
    #expect(chunk.entries.map { Array(chunk.bytes(of: $0)) } == bodies, "\(name)")
    #expect(try builder.frame().payload() == payload, "\(name)")
    let lengths = bodies.map { 33 + 2 * Varint.bytes(of: UInt64($0.count)).count }
    let form = payload[1 + lengths.reduce(0, +)]
    // The form byte, then either all pieces or fewer bytes.
    let rest = payload.count - 2 - lengths.reduce(0, +)
    #expect(form == 0 ? rest == builder.length : rest < builder.length, "\(name)")
    return Int(form)
  }

  private static func scalar(using generator: inout some RandomNumberGenerator) -> Unicode.Scalar {
    let planes: [ClosedRange<UInt32>] = [
      0...0x7f, 0x80...0x7ff, 0x800...0xd7ff, 0xe000...0xffff, 0x1_0000...0x10_ffff,
    ]
    let plane = planes.randomElement(using: &generator) ?? 0...0x7f
    return Unicode.Scalar(.random(in: plane, using: &generator)) ?? "x"
  }
}
