import Documents
import Testing

@Suite struct TerminalWidthTests {
  private static let pieces = [
    "a", "b ", "word", "longerword", "中", "文字", "。", "，", "“", "”", "（", "）", "—", "…", "e\u{301}",
    "\u{301}",
    "\u{200B}", "\u{200D}", "\u{FE0F}", "❤", "❤\u{FE0F}", "👍🏽", "🇨", "🇨🇳", "한국", "ｱ", "\t", " ", "  ",
    "\u{A0}", "न",
    "नि", "1", "\u{1B}", "-", "*", "**", "`", "[", "](/x)", "\n", "  \n", "> ", "- ", "12345. ",
    "\u{AD}", "👨\u{200D}👩\u{200D}👧",
    "\n\n", "    ", "```\n", "| a |\n", "***\n", "<b>", "</b>", "<br>", "[image](/y)",
  ]

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `no line is wider than was asked for`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for round in 0..<100 {
      let count = Int.random(in: 1..<60, using: &random)
      let source = (0..<count).map { _ in
        TerminalWidthTests.pieces[Int.random(in: TerminalWidthTests.pieces.indices, using: &random)]
      }.joined()
      let width = Int.random(in: 8..<40, using: &random)
      for format in DocumentFormat.allCases {
        let shown = terminalText(source, format, width: width)
        let lines = shown.split(separator: "\n").prefix { !$0.hasPrefix("[1] ") }
        #expect(
          lines.allSatisfy { DisplayWidth.columns(of: $0) <= width },
          "seed \(seed), round \(round), \(format), width \(width): \(source.debugDescription)")
      }
    }
  }

  @Test func `what is left after a cut is cut again`() {
    #expect(terminalText("a中bcdefg中中", .text, width: 8) == "a中\nbcdefg中\n中")
    #expect(terminalText("一abcdefg二", .text, width: 8) == "一\nabcdefg\n二")
  }

  @Test func `no text is lost where lines are cut`() {
    var random = SplitMix(state: 1)
    for _ in 0..<50 {
      let source = (0..<40).map { _ in
        TerminalWidthTests.pieces[Int.random(in: 0..<20, using: &random)]
      }.joined()
      let shown = terminalText(source, .text, width: 9)
      let text = plainText(source, .text)
      #expect(shown.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    }
  }

  @Test func `a million spaces or accents make no long line`() {
    let wide = terminalText(String(repeating: "\u{200B}", count: 100_000), .text, width: 8)
    #expect(wide.split(separator: "\n").allSatisfy { $0.count <= 8 * 16 })
    let spaces = terminalText(
      "<pre>a" + String(repeating: " ", count: 100_000) + "b", .html, width: 8)
    #expect(spaces == "a\nb")
  }
}
