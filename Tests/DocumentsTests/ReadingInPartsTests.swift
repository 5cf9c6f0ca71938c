import Testing

@testable import Documents

/// Pages whose text is handed over as it is read, without a tree of the whole.
@Suite struct ReadingInPartsTests {
  private func expectSame(_ source: String, _ format: DocumentFormat, _ place: String) {
    let bytes = Array(source.utf8)
    let document = Document(reading: bytes, as: format)
    #expect(
      PlainText.text(reading: bytes, as: format) == PlainText.text(of: document), "\(place)")
    for colour in [true, false] {
      let terminal = TerminalText(width: 30, colour: colour)
      #expect(
        terminal.text(reading: bytes, as: format) == terminal.text(of: document), "\(place)")
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `a text is the same whether a tree is made of it or not`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for round in 0..<100 {
      let source = Soup.source(using: &random)
      for format in DocumentFormat.allCases {
        expectSame(source, format, "seed \(seed), round \(round), \(format): \(source)")
      }
    }
  }

  @Test(arguments: [
    "word ", "中文，\n", "*a* b ", "[a](/b) ", "a  \n", "\\\n", "- a\n", "    a\n\n", "| a |\n",
    "&nbsp;",
    "> a\n", "`a` ", "![a](b) ", "<b>a", "<a href=x>a ", "<br>", "\n    ",
  ])
  func `long blocks come in parts that nobody sees`(unit: String) {
    let source = String(repeating: unit, count: 150_000 / unit.utf8.count) + "end"
    for format in [DocumentFormat.markdown, .html] { expectSame(source, format, unit) }
    expectSame("```\n" + source, .markdown, "code of " + unit)
    expectSame("<pre>" + source, .html, "pre of " + unit)
    expectSame("1. # " + source, .markdown, "heading of " + unit)
  }
}
