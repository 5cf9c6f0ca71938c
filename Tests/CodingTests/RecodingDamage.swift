import Coding
import Replication
import TestSupport
import Testing

/// A recoded payload that was changed is refused, or its bodies no longer have their names.
struct RecodingDamage {
  private let text = Array(
    """
    <p>一篇中文的文章，讲七座桥：一条河，两个岛。</p>
    <a href="https://example.org/bridges">七座桥 1736 年</a> 🌉🏞 и ещё мосты.
    """.utf8)

  @Test func `every cut is refused`() throws {
    let payload = builder.payload
    for count in 0..<payload.count {
      #expect(throws: CodingError.self, "cut to \(count)") {
        try BodyChunk(payload: Array(payload.prefix(count)))
      }
    }
  }

  @Test func `every byte too many is refused`() throws {
    let payload = builder.payload
    for byte in UInt8.min ... .max {
      #expect(throws: CodingError.self, "\(byte)") {
        try BodyChunk(payload: payload + [byte])
      }
    }
  }

  @Test func `every changed byte is noticed`() {
    let payload = builder.payload
    for place in payload.indices {
      for change in 1...UInt8.max {
        var changed = payload
        changed[place] ^= change
        guard let chunk = try? BodyChunk(payload: changed) else { continue }
        #expect(!isSound(chunk), "byte \(place) changed to \(changed[place])")
      }
    }
  }

  @Test func `damage of any kind is refused or bounded`() {
    let whole = builder.payload
    for seed in 0..<UInt64(Laws.mutations) {
      var generator = SeededGenerator(seed: seed)
      var payload = whole
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        let place = Int.random(in: 0..<payload.count, using: &generator)
        payload[place] = .random(in: 0...255, using: &generator)
      }
      guard let chunk = try? BodyChunk(payload: payload) else { continue }
      #expect(chunk.length == chunk.entries.last?.range.upperBound ?? 0, "seed \(seed)")
      #expect(chunk.length <= 4 * payload.count, "seed \(seed)")
    }
  }

  private var builder: BodyChunkBuilder {
    var builder = BodyChunkBuilder()
    builder.append(text[...], of: ContentHash(of: text), bodyLength: text.count, offset: 0)
    return builder
  }

  /// Whether the chunk holds a whole body that has its name.
  private func isSound(_ chunk: BodyChunk) -> Bool {
    chunk.entries.contains { $0.isWhole && ContentHash(of: chunk.bytes(of: $0)) == $0.hash }
  }
}
