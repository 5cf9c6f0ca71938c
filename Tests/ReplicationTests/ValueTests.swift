import Replication
import TestSupport
import Testing

/// Each value has one spelling, and it is compared by that (Protocol 2.4).
struct ValueTests {
  @Test func `what is written is read back`() throws {
    #expect(Value.nothing.content == .nothing)
    #expect(Value.flag(true).flag == true)
    #expect(Value.flag(false).flag == false)
    for integer in [0, 1, -1, 63, 64, -64, -65, .max, .min] as [Int64] {
      #expect(Value.integer(integer).integer == integer)
      #expect(try Value(canonical: Value.integer(integer).bytes) == .integer(integer))
    }
    for text in ["", "a", "北京", "e\u{301}", "\u{0}", "\u{10ffff}"] {
      #expect(try Value.text(text).bytes == [4] + Array(text.utf8))
      #expect(
        try Value(canonical: Value.text(text).bytes).text?.utf8.elementsEqual(text.utf8) == true)
    }
    #expect(try Value.data([0, 255]).data == [0, 255])
  }

  @Test(
    arguments: [
      [], [0, 0], [1, 0], [2, 1], [3], [3, 0x80], [3, 0x80, 0x00], [3, 0x81, 0x00], [3, 0, 0],
      [3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
      [3, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
    ] as [[UInt8]])
  func `a second spelling is refused`(bytes: [UInt8]) {
    #expect(throws: ReplicationError.valueNotCanonical) { try Value(canonical: bytes) }
  }

  @Test(
    arguments: [
      [0x80], [0xc3], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf],
      [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xf0, 0x80, 0x80, 0x80], [0xf0, 0x8f, 0xbf, 0xbf],
      [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xff], [0xe4, 0xb8], [0xe4, 0xb8, 0x41],
      [0xf0, 0x9f, 0x98], [0x41, 0xfe], [0xe4, 0x41, 0xad],
    ] as [[UInt8]])
  func `text that is no UTF-8 is refused`(content: [UInt8]) {
    #expect(throws: ReplicationError.valueNotCanonical) { try Value(canonical: [4] + content) }
  }

  @Test func `any few bytes are text exactly where Swift finds no error in them`() {
    var generator = SeededGenerator(seed: 11)
    let interesting: [UInt8] = [
      0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
      0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ]
    for _ in 0..<20_000 {
      // Behind characters that are looked at eight at a time.
      let letters = [UInt8](repeating: 0x41, count: .random(in: 0...18, using: &generator))
      let content =
        letters
        + (0..<Int.random(in: 1...5, using: &generator)).compactMap { _ in
          interesting.randomElement(using: &generator)
        }
      let isText = (try? Value(canonical: [4] + content)) != nil
      #expect(isText == (String(validating: content, as: UTF8.self) != nil), "\(content)")
    }
  }

  @Test func `a tag from a newer version is kept as it is`() throws {
    for tag in 6...255 as ClosedRange<UInt8> {
      let bytes: [UInt8] = [tag, 0xff, 0x00]
      let value = try Value(canonical: bytes)
      #expect(value.bytes == bytes)
      #expect(value.content == .unknown)
    }
  }

  @Test func `two spellings of a letter are two values and two fields`() throws {
    #expect("\u{e9}" == "e\u{301}", "Swift's own comparison takes them for one")
    #expect(try Value.text("\u{e9}") != Value.text("e\u{301}"))
    #expect(try Field("tag/", "\u{e9}") != Field("tag/", "e\u{301}"))
    #expect(try Field("tag/", "e\u{301}") < Field("tag/", "\u{e9}"))
  }
}
