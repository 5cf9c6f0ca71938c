import Documents
import TestSupport
import Testing

@Suite struct MarkdownWriterTests {
  private func markdown(_ source: String, _ format: DocumentFormat = .markdown) -> String {
    MarkdownWriter.markdown(of: document(source, format))
  }

  @Test(arguments: [
    "# T\n\na **b** *c* ***d*** `e`\\\nf\n", "> a\n>\n> > b\n>\n> - c\n",
    "- a\n- b\n  - c\n  - d\n- e\n", "3. a\n4. b\n", "- a\n\n  b\n\n- ```\n  c\n\n   d\n  ```\n",
    "- > a\n  >\n  > b\n", "| a | b |\n| --- | --- |\n| c | d \\| e |\n", "````\n```\n````\n",
    "[a](https://e.org/?b=1&c=2) <https://e.org/d> ![e](f.png)\n", "***\n", "snake\\_ snake_case\n",
    "- a\n\n<!-- -->\n\n- b\n",
    "<figure>\n\n![](a.png)\n\n<figcaption>\n\nb\n\n</figcaption>\n\n</figure>\n",
    "他说**你好。**然后\n", "1\\. a\n", "a\\\n\\- b\n", "``a`b`` `` ` ``\n", "a<em> b</em>c\n",
  ])
  func `what Markdown can say is written in its own way`(source: String) {
    #expect(markdown(source) == source)
  }

  @Test(arguments: [
    "# not", "- not", "+ not", "1. not", "1) not", "> not", "| not |", "=== not", "~~~ not",
    "--- not",
    "*not*", "_not_", "`not`", "[not](x)", "![not](x)", "[not]: /x", "<b>", "&amp;", "\\*", "a  b",
    "http://not.a.link", "see https://e.org.", "snake_case_", "!", "a!b", "#", "C#", "***", "+++",
  ])
  func `text that looks like Markdown stays text`(text: String) {
    // As a page of HTML would say it, where white space is one space.
    let original = Document([.paragraph([.text(text.split(separator: " ").joined(separator: " "))])]
    )
    #expect(document(MarkdownWriter.markdown(of: original)) == original)
    let inline: [Inline] = [.lineBreak, .strong([.text(text.replacing("  ", with: " "))])]
    let more = Document([
      .heading(level: 2, [.text("a")] + inline), .paragraph([.text("a")] + inline),
    ])
    #expect(document(MarkdownWriter.markdown(of: more)) == more)
  }

  @Test(arguments: [
    "a b", "a(b", "a)b", "<a>", "a\\b", "a\\(", "&amp;", "a&b", "a\nb", "|", "*a_", "中",
  ])
  func `an address keeps every character`(address: String) {
    let link = Inline.link(destination: address, [.text("x")])
    let image = Inline.image(source: address, alternative: "x]")
    let original = Document([
      .paragraph([link, .text("!"), image]), .table([TableRow([[link], [image]])]),
    ])
    #expect(document(MarkdownWriter.markdown(of: original)) == original)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `what is written reads as the same document`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for round in 0..<(Effort.isLong ? 400 : 120) {
      let source = Soup.source(using: &random)
      for format in [DocumentFormat.markdown, .html] {
        let original = document(source, format)
        let written = MarkdownWriter.markdown(of: original)
        #expect(
          document(written) == original,
          "seed \(seed), round \(round), \(format): \(source.debugDescription) became \(written.debugDescription)"
        )
      }
    }
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: ["<blockquote>", "<ul><li>", "- > ", "**a ", "[a](b)", "`"])
  func `what nests deep or repeats is written in time that grows with its length`(pattern: String) {
    let source = String(repeating: pattern, count: 20_000 / pattern.utf8.count) + "x"
    for format in DocumentFormat.allCases {
      let written = MarkdownWriter.markdown(of: document(source, format))
      #expect(written.utf8.count <= 50 * source.utf8.count)
    }
  }
}
