import Testing

@testable import Documents

/// Front matter of keys and texts is read without YAML's parser, and as that would read it.
@Suite struct YAMLTextLinesTests {
  @Test(arguments: [
    "title: Boats at rest", "title: 船，冬天", "a: b\n\nc-d: 2020-03-13\n",
    "url: https://e.org/?a=1&b=2#c",
    "title: \"Boats: a history # of x\"", "title: 'say \"no\"'", "title:",
    "a: C# and R&B\nb: \" x \"  ", "n: null\nt: true", "a: 一“b”…é 🙂", "a: b \r\nc: 'd'\r\n",
  ])
  func `lines of keys and texts are read at once`(lines: String) throws {
    let block = Array(lines.utf8)
    let properties = try #require(YAMLTextLines.properties(of: block[...]))
    #expect(YAMLBlock.parsed(block[...]) == properties)
  }

  @Test(arguments: [
    "", "a", "a:b", "a: b: c", "a: b:", "a: b # c", "a: [b]", "a: {b: c}", "a: &b c", "a: *b",
    "a: |\n  b", "a:\n  - b", "a: b\n  c", "a: - b", "a: \"b\\n\"", "a: 'it''s'", "a: \"b\" c",
    "a: \"b", "a: \"", "a: b\na: c", "A-b: c\nab: d", "a: b\tc", "a: b\u{C}", "a: \rb", "a:\r",
    "# a\nb: c", " a: b",
    "a b: c", "\"a\": b", "- a: b", "a: b\u{2028}c", "a: b\u{85}c", "a: b\u{FEFF}", "a: b\u{7F}",
    "a: @b", "a: !b c", "a: %b", "a: b, *c", "a:\tb", "--- : a", "? a: b",
  ])
  func `what may mean more is left to the parser`(lines: String) {
    #expect(YAMLTextLines.properties(of: Array(lines.utf8)[...]) == nil)
  }

  @Test func `a block too large for the parser is left to its lines`() {
    let block = Array("a: \(String(repeating: "b", count: YAMLBounds.sizeLimit))".utf8)
    #expect(YAMLTextLines.properties(of: block[...]) == nil)
  }

  @Test(arguments: 1...20)
  func `the parser agrees on whatever is read at once`(seed: UInt64) {
    var random = SplitMix(state: seed)
    var count = 0
    for _ in 0..<300 {
      let block = Array(Self.block(using: &random).utf8)
      guard let properties = YAMLTextLines.properties(of: block[...]) else { continue }
      count += 1
      #expect(
        YAMLBounds.allow(block[...]), "seed \(seed): \(String(decoding: block, as: UTF8.self))")
      #expect(
        YAMLBlock.parsed(block[...]) == properties,
        "seed \(seed): \(String(decoding: block, as: UTF8.self))")
    }
    #expect(count > 20, "seed \(seed)")
  }
}

extension YAMLTextLinesTests {
  private static func block(using random: inout SplitMix) -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { number in
      let count = Int.random(in: 0...5, using: &random)
      let value = (0..<count).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      let quote = ["", "", "", "\"", "'"][Int.random(in: 0..<5, using: &random)]
      return "\(["a", "Key", "null", "x_y-1"][Int.random(in: 0..<4, using: &random)])\(number):"
        + " \(quote)\(value)\(quote)\n"
    }.joined()
  }

  private static let pieces = [
    "a", "b", "Boats", "船", "，", "。", "é", "ß", "…", "“", "\u{3000}", "\u{A0}", "ﾞ", "￥", "🙂",
    "e\u{301}", "\u{2028}", "\u{85}", "\u{FEFF}", "\u{FFFD}", "\u{7F}", "\u{1}", " ", " ", "  ",
    "\t",
    "-", "- ", ":", ": ", "#", " #", ",", "?", "? ", "&", "&a", "*", "*a", "!", "|", ">", "%", "@",
    "`", "[", "]", "{", "}", "\"", "'", "\\", "~", "null", "true", "1", "2020-01-02", "0x1F",
    "1:30",
    "https://e.org/a?b=1&c=2", "---", "...", "<<", "=", "(", ")", "/", "$", "^", "+", ";", "\n",
    "\r\n", "\r", "\u{C}", "\n  ",
  ]
}
