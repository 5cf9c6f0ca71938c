import Documents
import Testing

@Suite struct MarkdownBlockTests {
  @Test func `headings and paragraphs stand apart by a blank line`() {
    #expect(
      plainText("# One #\ntext\nmore\n\nTwo\n===\nThree\n---\nend", .markdown)
        == "One\n\ntext more\n\nTwo\n\nThree\n\nend")
    #expect(plainText("#hashtag\n####### seven", .markdown) == "#hashtag ####### seven")
  }

  @Test func `a heading keeps its level and a line of dashes after a blank is a rule`() {
    #expect(
      document("### T\n-----\ntext").blocks == [
        .heading(level: 3, [.text("T")]), .rule, .paragraph([.text("text")]),
      ])
  }

  @Test func `lists nest by two columns and number on from their first item`() {
    let body = "- one\n- two\n  - nested\n    more\n\n  second\n3. three\n3. four\n\nend"
    #expect(
      plainText(body, .markdown)
        == "• one\n• two\n  • nested more\n\n  second\n3. three\n4. four\n\nend")
  }

  @Test func `a number at the start of a line of text begins no list`() {
    #expect(plainText("It was in\n1976. Since then", .markdown) == "It was in 1976. Since then")
    #expect(plainText("-dash\n1.5 litres", .markdown) == "-dash 1.5 litres")
  }

  @Test func `quotes nest, hold lists and go on without their mark`() {
    #expect(
      plainText("> one\ntwo\n> > deep\n>\n> - item\n\nout", .markdown)
        == "> one two\n\n> > deep\n\n> • item\n\nout")
    let deep = String(repeating: "> ", count: 40) + "x"
    #expect(plainText(deep, .markdown) == String(repeating: "> ", count: 16) + "x")
    #expect(plainText("- > inside\n  > more\n- next", .markdown) == "> • inside more\n\n• next")
  }

  @Test func `fenced code keeps its lines and its marks`() {
    #expect(
      plainText("a\n```swift\nlet *a* = \"<b>\"\n\n  two\n```\nb", .markdown)
        == "a\n\nlet *a* = \"<b>\"\n\n  two\n\nb")
    #expect(plainText("- x\n  ~~~\n  code\n    in\n  ~~~", .markdown) == "• x\n\n  code\n    in")
    #expect(plainText("```\nnever closed", .markdown) == "never closed")
    #expect(plainText("    four spaces", .markdown) == "four spaces")
  }

  @Test func `rows of a table lose their dividing line`() {
    #expect(plainText("| a | b |\n|---|:-:|\n| 1 | x \\| y |", .markdown) == "a | b\n1 | x | y")
  }

  @Test func `front matter is not shown, a rule at the top is`() {
    #expect(plainText("---\ntitle: T\ntags: [a]\n---\ntext", .markdown) == "text")
    #expect(plainText("+++\ntitle = \"T\"\n+++\n\ntext", .markdown) == "text")
    #expect(
      plainText("---\nPlain words\n\n---\ntext", .markdown)
        == "---\n\nPlain words\n\n---\n\ntext")
    #expect(plainText("---\ntitle: never closed", .markdown) == "---\n\ntitle: never closed")
  }

  @Test func `blocks of HTML end at a blank line and Markdown goes on between them`() {
    let body = "<div>\n<p>one</p>\n\n#### [menu](https://example.org)\n\n<p>two *stars*</p></div>"
    #expect(plainText(body, .markdown) == "one\n\nmenu\n\ntwo *stars*")
  }

  @Test func `a script with blank lines is dropped whole`() {
    #expect(plainText("a\n\n<script>\nx\n\ny\n</script>\n\nb", .markdown) == "a\n\nb")
    #expect(plainText("<!-- one\n\ntwo -->\nb", .markdown) == "b")
  }

  @Test func `a byte order mark and carriage returns leave no trace`() {
    #expect(plainText("\u{FEFF}# a\r\n\r\nb\rc", .markdown) == "a\n\nb c")
  }

  @Test func `comments and raw text end on their line, tags at a blank line`() {
    #expect(plainText("<!-- more -->\n**a**", .markdown) == "a")
    #expect(plainText("<?x\n\ny?>\n*a*", .markdown) == "a")
    #expect(plainText("<!DOCTYPE x>\n*a*", .markdown) == "a")
    #expect(plainText("<style>p{}\n\n</style>\n*a*", .markdown) == "a")
    #expect(plainText("<div>\n*a*\n\n*b*", .markdown) == "*a*\n\nb")
    #expect(plainText("<x-y>\n*a*\n\n*b*", .markdown) == "*a*\n\nb")
    #expect(plainText("a\n<x-y>\n*b*", .markdown) == "a b")
  }

  @Test func `four columns make code that nothing else is in`() {
    let page = "A list:\n\n    # not a heading\n    ***\n\n      [r]: u\n\n\nAfter.\n    more"
    #expect(
      plainText(page, .markdown)
        == "A list:\n\n# not a heading\n***\n\n  [r]: u\n\nAfter. more")
    #expect(plainText("- a\n\n      b\n\tc", .markdown) == "• a\n\n  b\n\n  c")
    #expect(document("\ta\n  \tb").blocks == [.code([.text("a\nb")])])
    #expect(document(">\t\ta").blocks == [.quote([.code([.text("  a")])])])
  }

  @Test func `what belongs to an item is as far in as its text`() {
    let a = Block.paragraph([.text("a")])
    let b = Block.paragraph([.text("b")])
    #expect(
      document("1.  a\n\n    > b").blocks == [.list([ListItem(.number(1), [a, .quote([b])])])])
    #expect(document("1.  a\n\n  b").blocks == [.list([ListItem(.number(1), [a])]), b])
    #expect(
      document("- a\n* b").blocks == [
        .list([ListItem(.bullet, [a])]), .list([ListItem(.bullet, [b])]),
      ])
    #expect(document("-\n\n  a").blocks == [a])
    #expect(document("-\n  a").blocks == [.list([ListItem(.bullet, [a])])])
    #expect(
      document("> - > a\nb").blocks
        == [.quote([.list([ListItem(.bullet, [.quote([.paragraph([.text("a b")])])])])])])
  }

  @Test func `definitions may take several lines and count wherever they stand`() {
    let page = "Read [the map][m].\n\n> [M]:\n>   /map\n>   'a\n>   title'\n> text"
    #expect(
      document(page).blocks == [
        .paragraph([
          .text("Read "), .link(destination: "/map", [.text("the map")]), .text("."),
        ]),
        .quote([.paragraph([.text("text")])]),
      ])
    #expect(plainText("[m]: /a b", .markdown) == "[m]: /a b")
    #expect(plainText("text\n[m]: /a", .markdown) == "text [m]: /a")
    #expect(plainText("    [m]: /a\n\n[m]", .markdown) == "[m]: /a\n\n[m]")
  }

  @Test func `quotes and lists in turn keep their places up to the deepest`() {
    let deep = document(String(repeating: "> - ", count: 30) + "a\n" + "b").blocks
    var depth = 0
    var blocks = deep
    while let block = blocks.first {
      switch block {
      case .quote(let inner): blocks = inner
      case .list(let items): blocks = items.flatMap(\.blocks)
      default: blocks = []
      }
      depth += 1
    }
    #expect(depth <= 2 * Document.deepestNesting + 1)
    #expect(plainText(String(repeating: "> - ", count: 30) + "a", .markdown).hasSuffix("a"))
  }
}
