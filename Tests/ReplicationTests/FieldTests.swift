import Replication
import TestSupport
import Testing

struct FieldTests {
  @Test func `a field of a family gives back its element`() throws {
    let field = try Field("tag/", "北京")
    #expect(field.name == "tag/北京")
    #expect(field.element(after: "tag/") == "北京")
    #expect(field.element(after: "title") == nil)
    #expect(Field("tag/").element(after: "tag/") == nil)
  }

  @Test func `a field need not be text`() throws {
    let field = try Field(bytes: [0xff, 0x00])
    #expect(field.bytes == [0xff, 0x00])
    #expect(field.name == "\u{fffd}\u{0}")
  }

  @Test func `identifiers and entities order as their bytes do`() {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let (a, b) = (
        Identifier.random(using: &generator), Identifier.random(using: &generator)
      )
      #expect((a < b) == a.bytes.lexicographicallyPrecedes(b.bytes), "seed \(seed)")
      #expect(Identifier(bytes: a.bytes) == a, "seed \(seed)")
      let text = ReplicaID(a).description
      #expect(Hexadecimal.bytes(of: text) == a.bytes, "seed \(seed)")
      #expect(Hexadecimal.bytes(of: text.uppercased()) == a.bytes, "seed \(seed)")
      let hash = ContentHash(bytes: a.bytes + b.bytes)
      #expect(hash?.bytes == a.bytes + b.bytes, "seed \(seed)")
    }
  }

  @Test(arguments: [0, 15, 17])
  func `identifiers have sixteen bytes`(count: Int) {
    #expect(Identifier(bytes: [UInt8](repeating: 1, count: count)) == nil)
    #expect(ContentHash(bytes: [UInt8](repeating: 1, count: count + 16)) == nil)
    #expect(Digest128(bytes: [UInt8](repeating: 1, count: count)) == nil)
  }

  @Test(arguments: ["0", "0g", "é0", "0 ", "-1"])
  func `what is not hexadecimal is refused`(text: String) {
    #expect(Hexadecimal.bytes(of: text) == nil)
  }
}
