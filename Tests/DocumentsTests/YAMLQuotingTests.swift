import Testing

@testable import Documents

@Suite struct YAMLQuotingTests {
  @Test(arguments: [
    "", "plain", "a: b # c", "\"quoted\" \\n", "two\nlines\r\n\ttabbed", "\u{0}\u{7}\u{85}\u{2028}",
    "---", "[a, b]", "桥 🙂", "\\", "\\u0041",
  ])
  func `a quoted text is one line and reads as it was`(text: String) throws {
    let quoted = text.quotedForYAML
    #expect(!quoted.contains { $0.isNewline })
    let page = Array("---\nk: \(quoted)\nl:\n  - \(quoted)\ndate: x\n---\n".utf8)
    let properties = try #require(FrontMatter(startOf: page[...])).properties
    #expect(properties["k"] == (text.isEmpty ? [] : [text]))
    #expect(properties["l"] == properties["k"])
    // Both readers agree on what we write.
    #expect(YAMLLines.properties(of: page[4..<(page.count - 4)]) == properties)
  }

  @Test(arguments: 1...20)
  func `both readers agree on whatever is quoted`(seed: UInt64) {
    var random = SplitMix(state: seed)
    let awkward = Array(
      "\"\\'#:-[]{},&*!|>%@`\n\r\t \u{85}\u{2028}\u{FEFF}\u{7F}\u{1}桥é🙂~nul".unicodeScalars)
    for _ in 0..<50 {
      var text = "x"
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        text.unicodeScalars.append(awkward[Int.random(in: 0..<awkward.count, using: &random)])
      }
      let block = Array("k: \(text.quotedForYAML)\nl:\n  - \(text.quotedForYAML)\n".utf8)
      let lines = YAMLLines.properties(of: block[...])
      #expect(lines?["k"] == [text] && lines?["l"] == [text], "seed \(seed)")
      #expect(YAMLBlock.properties(of: block[...]) == lines, "seed \(seed)")
    }
  }

  @Test(arguments: [
    (#""\x41\u6865\U0001F642""#, "A桥🙂"), (#""a\/b\ c\"d""#, #"a/b c"d"#),
    (#""\0\e\N\_\L\P""#, "\0\u{1B}\u{85}\u{A0}\u{2028}\u{2029}"),
    (#""\ud83d\x4""#, "ud83dx4"), (#""\u+041""#, "u+041"), (#""\q""#, "q"), (#""\"#, #""\"#),
  ])
  func `escapes are YAML's, and what is none stands for itself`(
    written: String, text: String
  ) throws {
    let page = Array("---\nk: \(written)\n---\n".utf8)
    #expect(try #require(FrontMatter(startOf: page[...])).properties["k"] == [text])
  }

  @Test func `a title is one line, whatever its escapes say`() throws {
    let page = Array("---\ntitle: \"a\\nb\"\n---\n".utf8)
    #expect(try #require(FrontMatter(startOf: page[...])).metadata.title == "a b")
  }
}
