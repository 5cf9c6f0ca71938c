import Testing

@testable import Documents

/// A text that is one line already is told by its bytes, and is what its characters would say.
@Suite struct SingleLineTests {
  @Test(arguments: 1...20)
  func `bytes and characters agree on what one line is`(seed: UInt64) {
    var random = SplitMix(state: seed)
    var count = 0
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      }.joined()
      let bytes = Array(text.utf8)
      let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        Array(bytes[...].asSingleLine.utf8) == Array(line.utf8),
        "seed \(seed): \(text.debugDescription)")
      if bytes[...].isSingleLine { count += 1 }
    }
    #expect(count > 5, "seed \(seed)")
  }

  @Test(arguments: [
    "Boats at rest", "船，冬天。", "“Boats”, at rest", "a", "C# 10", "é",
  ])
  func `most titles are one line by their bytes`(text: String) {
    let bytes = Array("x\(text)".utf8)
    #expect(bytes[...].isSingleLine)
  }

  @Test(arguments: ["a ", "船", "e\u{301}\u{302}", "x  \t", "a\u{3000}", "👩\u{200D}👩 "])
  func `a title is the beginning of its line, however long that is`(unit: String) {
    let accents = String(repeating: "\u{301}", count: 9_000)
    let lines = [String(repeating: unit, count: 5_000), accents, unit + accents + unit + unit]
      .flatMap {
        [$0, " \t" + $0, String(repeating: " ", count: 7_000) + $0]
      }
    for text in lines {
      let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let title = Array(text.utf8)[...].asTitle
      #expect(Array((title ?? "").utf8) == Array(String(line.prefix(200)).utf8))
    }
  }

  @Test func `each white space of Unicode's is told`() {
    for value in (0...0x3100).compactMap(Unicode.Scalar.init) where value.properties.isWhitespace {
      let bytes = Array("a\(value)b".utf8)
      #expect(bytes[...].isSingleLine == (value == " "), "U+\(String(value.value, radix: 16))")
      #expect(bytes[...].asSingleLine == "a b")
    }
  }
}

extension SingleLineTests {
  private static let pieces = [
    "a", "b", " ", " ", " ", "船", "，", "。", "\u{3000}", "\u{301}", "\u{200D}", "\u{200B}",
    "\u{600}",
    "é", "…", "–", "\u{2028}", "\u{85}", "\u{A0}", "\t", "\n", "\r\n", "\u{FE0F}", "🙂", "🇩",
    "\u{1680}",
    "\u{205F}", "\u{202F}", "\u{2003}", "\u{1F}", "\u{0}", "\u{7F}", "각", "\u{11A8}", "\u{FF9E}",
    "\u{3099}", "か", "\u{302A}", "一",
  ]
}
