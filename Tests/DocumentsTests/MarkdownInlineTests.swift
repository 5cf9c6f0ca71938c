import Documents
import Testing

@Suite struct MarkdownInlineTests {
  func runs(_ body: String) -> [TextRun] {
    BodyParser.blocks(of: Array(body.utf8), format: .markdown).flatMap(\.runs)
  }

  @Test func `emphasis, strong text and code are runs`() {
    #expect(
      runs("a *b* **c** `d`") == [
        TextRun("a "), TextRun("b", style: .emphasis), TextRun(" "), TextRun("c", style: .strong),
        TextRun(" "), TextRun("d", style: .code),
      ])
    #expect(runs("***both***") == [TextRun("both", style: [.emphasis, .strong])])
  }

  @Test func `Chinese needs no spaces around strong text`() {
    #expect(
      runs("他说**你好。**然后") == [
        TextRun("他说"), TextRun("你好。", style: .strong), TextRun("然后"),
      ])
  }

  @Test func `marks that pair with nothing are text`() {
    for text in ["2 * 3 * 4", "snake_case_name", "**open", "a * b", "`tick", "[a", "a](b)", "![x"] {
      #expect(plainText(text, .markdown) == text)
    }
  }

  @Test func `links show their text, images their words`() {
    #expect(
      plainText("[a *b*](https://example.org/ \"T\") ![c *d*](e.png)", .markdown)
        == "a b [image: c d]")
    #expect(runs("[a](<b c>)") == [TextRun("a", link: "b c")])
    #expect(runs("[a](b(c)d)") == [TextRun("a", link: "b(c)d")])
    #expect(plainText("![](e.png)", .markdown) == "[image]")
    #expect(plainText("[a](b c)", .markdown) == "[a](b c)")
  }

  @Test func `a link in an image or an image in a link is followed once`() {
    #expect(runs("[![a](b.png)](c)") == [TextRun("a", link: "c", image: "b.png")])
    #expect(plainText("[a [b](c) d](e)", .markdown) == "[a b d](e)")
  }

  @Test func `links by reference find their address`() {
    #expect(
      runs("[a][X] [x] [a][]\n\n[x]: /one\n[A]: /two 'T'") == [
        TextRun("a", link: "/one"), TextRun(" "), TextRun("x", link: "/one"), TextRun(" "),
        TextRun("a", link: "/two"),
      ])
    #expect(plainText("[a][none] [^1]\n\n[^1]: note", .markdown) == "[a][none] [^1]\n\n[^1]: note")
  }

  @Test func `addresses are links by themselves`() {
    #expect(
      runs("<https://example.org/a>") == [
        TextRun("https://example.org/a", link: "https://example.org/a")
      ])
    #expect(
      runs("见https://example.org/a_b_c。") == [
        TextRun("见"), TextRun("https://example.org/a_b_c", link: "https://example.org/a_b_c"),
        TextRun("。"),
      ])
    #expect(runs("<not an address>") == [])
    #expect(runs("1 < 2 > 1") == [TextRun("1 < 2 > 1")])
  }

  @Test func `inline HTML styles the Markdown around it`() {
    #expect(
      runs("a <b>b *c*</b> d") == [
        TextRun("a "), TextRun("b ", style: .strong), TextRun("c", style: [.strong, .emphasis]),
        TextRun(" d"),
      ])
  }

  @Test func `references are decoded, escapes and code are not`() {
    #expect(plainText("&amp; \\&amp; `&amp;` \\*a\\*", .markdown) == "& &amp; &amp; *a*")
  }

  @Test func `two spaces or a backslash end the line`() {
    #expect(plainText("a  \nb\\\nc\nd", .markdown) == "a\nb\nc d")
  }
}
