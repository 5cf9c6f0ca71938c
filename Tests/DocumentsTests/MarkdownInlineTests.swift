import Documents
import Testing

@Suite struct MarkdownInlineTests {
  /// The text of the only paragraph.
  func inlines(_ source: String) -> [Inline]? {
    let blocks = document(source).blocks
    guard blocks.count == 1, case .paragraph(let text) = blocks[0] else { return nil }
    return text
  }

  @Test func `emphasis, strong text and code are runs`() {
    #expect(
      inlines("a *b* **c** `d`") == [
        .text("a "), .emphasis([.text("b")]), .text(" "), .strong([.text("c")]),
        .text(" "), .code([.text("d")]),
      ])
    #expect(inlines("***both***") == [.strong([.emphasis([.text("both")])])])
  }

  @Test func `Chinese needs no spaces around strong text`() {
    #expect(
      inlines("他说**你好。**然后") == [
        .text("他说"), .strong([.text("你好。")]), .text("然后"),
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
    #expect(inlines("[a](<b c>)") == [.link(destination: "b c", [.text("a")])])
    #expect(inlines("[a](b(c)d)") == [.link(destination: "b(c)d", [.text("a")])])
    #expect(plainText("![](e.png)", .markdown) == "[image]")
    #expect(plainText("[a](b c)", .markdown) == "[a](b c)")
  }

  @Test func `a link in an image or an image in a link is followed once`() {
    #expect(
      inlines("[![a](b.png)](c)") == [
        .link(destination: "c", [.image(source: "b.png", alternative: "a")])
      ])
    #expect(plainText("[a [b](c) d](e)", .markdown) == "[a b d](e)")
  }

  @Test func `links by reference find their address`() {
    #expect(
      inlines("[a][X] [x] [a][]\n\n[x]: /one\n[A]: /two 'T'") == [
        .link(destination: "/one", [.text("a")]), .text(" "),
        .link(destination: "/one", [.text("x")]), .text(" "),
        .link(destination: "/two", [.text("a")]),
      ])
    #expect(plainText("[a][none] [^1]\n\n[^1]: note", .markdown) == "[a][none] [^1]\n\n[^1]: note")
  }

  @Test func `addresses are links by themselves`() {
    #expect(
      inlines("<https://example.org/a>") == [
        .link(destination: "https://example.org/a", [.text("https://example.org/a")])
      ])
    #expect(
      inlines("见https://example.org/a_b_c。") == [
        .text("见"),
        .link(destination: "https://example.org/a_b_c", [.text("https://example.org/a_b_c")]),
        .text("。"),
      ])
    #expect(document("<not an address>").blocks == [])
    #expect(inlines("1 < 2 > 1") == [.text("1 < 2 > 1")])
  }

  @Test func `inline HTML styles the Markdown around it`() {
    #expect(
      inlines("a <b>b *c*</b> d") == [
        .text("a "), .strong([.text("b "), .emphasis([.text("c")])]),
        .text(" d"),
      ])
  }

  @Test func `references are decoded, escapes and code are not`() {
    #expect(plainText("&amp; \\&amp; `&amp;` \\*a\\*", .markdown) == "& &amp; &amp; *a*")
  }

  @Test func `two spaces or a backslash end the line`() {
    #expect(plainText("a  \nb\\\nc\nd", .markdown) == "a\nb\nc d")
  }

  @Test func `strong text begins and ends beside the marks of any script`() {
    for text in ["“引号”", "（注）", "一半是2%", "《书》。", "“一周是一年的2%。”"] {
      #expect(
        inlines("说**\(text)**后") == [.text("说"), .strong([.text(text)]), .text("后")], "\(text)")
    }
    #expect(plainText("“**一周是一年的2%**。”", .markdown) == "“一周是一年的2%。”")
    #expect(plainText("走势_价格_走势 цена_лодки_зимой", .markdown) == "走势_价格_走势 цена_лодки_зимой")
  }

  @Test func `links bind tighter than emphasis, code tighter than links`() {
    #expect(plainText("*a [b*](/c) d*", .markdown) == "a b* d")
    #expect(plainText("[a `](/b)` c](/d)", .markdown) == "a ](/b) c")
    #expect(plainText("[*a](/b)*", .markdown) == "*a*")
  }

  @Test func `what is no tag by CommonMark's rules is text`() {
    #expect(
      plainText("See <foo.example> and <a b='c'd> <a =b>.", .markdown)
        == "See <foo.example> and <a b='c'd> <a =b>.")
    #expect(plainText("a <x-y z=\"1\">b</x-y> <!-- c --> <?d?> <!E> f", .markdown) == "a b f")
    #expect(inlines("<me@e.org>") == [.link(destination: "mailto:me@e.org", [.text("me@e.org")])])
  }

  @Test func `a reference ends with a semicolon`() {
    #expect(
      plainText("&copy; &copy &#65; &#65 &#12345678; &amp", .markdown)
        == "© &copy A &#65 &#12345678; &amp")
    #expect(inlines("[a](/?b&copy=1)") == [.link(destination: "/?b&copy=1", [.text("a")])])
  }

  @Test func `an escaped backtick opens no code`() {
    #expect(plainText("\\`a` b`", .markdown) == "`a b")
    #expect(plainText("\\``a``", .markdown) == "``a``")
  }
}
