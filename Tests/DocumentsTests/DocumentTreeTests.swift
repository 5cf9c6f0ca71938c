import Documents
import Testing

/// What stands inside what.
@Suite struct DocumentTreeTests {
  private let a = Block.paragraph([.text("a")])
  private let b = Block.paragraph([.text("b")])
  private let c = Block.paragraph([.text("c")])

  @Test func `a list holds its items and an item all its blocks`() {
    let nested = Block.list([ListItem(.number(3), [c])])
    let tree = [Block.list([ListItem(.bullet, [a, b, nested]), ListItem(.bullet, [b])])]
    #expect(document("- a\n\n  b\n\n  3. c\n- b").blocks == tree)
    #expect(
      document("<ul><li>a<p>b<ol start=3><li>c</ol><li>b</ul>", .html).blocks == tree)
  }

  @Test func `lists of two kinds are two lists`() {
    #expect(
      document("- a\n1. b").blocks
        == [.list([ListItem(.bullet, [a])]), .list([ListItem(.number(1), [b])])])
    #expect(
      document("<ul><li>a</ul><ul><li>b</ul>", .html).blocks
        == [.list([ListItem(.bullet, [a])]), .list([ListItem(.bullet, [b])])])
  }

  @Test func `text in a list outside its items bears no marker`() {
    #expect(
      document("<ul>a<li>b</li>c</ul>", .html).blocks
        == [.list([ListItem(nil, [a]), ListItem(.bullet, [b]), ListItem(nil, [c])])])
    #expect(document("<li>a</li>b", .html).blocks == [.list([ListItem(.bullet, [a])]), b])
  }

  @Test func `quotes hold lists and lists hold quotes`() {
    #expect(document("> a\n> - b").blocks == [.quote([a, .list([ListItem(.bullet, [b])])])])
    #expect(document("- > a\n\n  b").blocks == [.list([ListItem(.bullet, [.quote([a]), b])])])
    #expect(
      document("<ul><li><blockquote>a</blockquote>b", .html).blocks
        == [.list([ListItem(.bullet, [.quote([a]), b])])])
    #expect(document("> a\n\n> b").blocks == [.quote([a]), .quote([b])])
  }

  @Test func `Markdown between tags stands in their element`() {
    #expect(
      document("<blockquote>\n\n- a\n\n</blockquote>\n\nb").blocks
        == [.quote([.list([ListItem(.bullet, [a])])]), b])
  }

  @Test func `a table has rows, a row cells, and a divider makes a header`() {
    let rows = [
      TableRow(isHeader: true, [[.text("a")], [.text("b")]]),
      TableRow([[.text("c")], [.strong([.text("d")])]]),
    ]
    #expect(document("| a | b |\n|---|---|\n| c | **d** |").blocks == [.table(rows)])
    #expect(
      document("<table><tr><th>a<th>b<tr><td>c<td><b>d</b></table>", .html).blocks
        == [.table(rows)])
    #expect(
      document("| a |\n\n| b |").blocks
        == [.table([TableRow([[.text("a")]])]), .table([TableRow([[.text("b")]])])])
  }

  @Test func `a figure holds its picture and caption`() {
    #expect(
      document("<figure><img src=i.png><figcaption>a</figcaption></figure>b", .html).blocks
        == [
          .figure([
            .paragraph([.image(source: "i.png", alternative: "")]), .caption([.text("a")]),
          ]), b,
        ])
  }

  @Test func `code keeps its line feeds, and text has line breaks`() {
    #expect(document("```\na\n\n b\n```").blocks == [.code([.text("a\n\n b")])])
    #expect(
      document("a<br>*b\\\nc*").blocks.first?.inlines == [
        .text("a"), .lineBreak, .emphasis([.text("b"), .lineBreak, .text("c")]),
      ])
  }

  @Test func `styles stand in one order whatever the page's`() {
    let styled = Inline.link(
      destination: "/x", [.strong([.emphasis([.code([.text("a")])])])])
    #expect(
      document("<code><i><b><a href=/x>a</a></b></i></code>", .html).blocks == [
        .paragraph([styled])
      ])
    #expect(document("[***`a`***](/x)").blocks == [.paragraph([styled])])
  }

  @Test func `no page makes a tree that is too deep`() {
    var depth = 0
    var blocks = document(String(repeating: "<blockquote><ul><li>", count: 100) + "a", .html).blocks
    while let block = blocks.first {
      switch block {
      case .quote(let inner): blocks = inner
      case .list(let items): blocks = items.flatMap(\.blocks)
      default: blocks = []
      }
      depth += 1
    }
    #expect(depth == 2 * Document.deepestNesting + 1)
  }

  /// Each item must not copy those before it: this ends in a moment or not at all.
  @Test(.timeLimit(.minutes(15)), arguments: ["- a\n", "1. a\n", "> - a\n", "| a |\n", "- - a\n"])
  func `a tree of many items is made in time that grows with their number`(item: String) {
    let count = 5_000
    let blocks = document(String(repeating: item, count: count)).blocks
    #expect(blocks.count == 1)
    guard case .list(let items)? = blocks.first else { return }
    #expect(items.count == count)
  }
}

extension Block {
  fileprivate var inlines: [Inline]? {
    if case .paragraph(let text) = self { return text }
    return nil
  }
}
