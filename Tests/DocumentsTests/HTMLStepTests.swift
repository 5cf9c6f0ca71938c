import Testing

@testable import Documents

/// What is looked at grows with a page's length and no faster, whatever the page holds.
@Suite struct HTMLStepTests {
  static let patterns = [
    "<", "<a ", "<a x='", "<a x=\"", "<!--", "<!-- -", "<!", "</", "</a", "<p", "&", "&amp", "&#1",
    "&notit;", "<b>", "<div>", "<div><p>", "<p>", "</p>", "<h1>", "<h1>Boats ", "<h2 class=x>a",
    "<li>", "<ul><li>", "<table><tr><td>", "<td>", "<svg>", "<svg><title>", "<svg><p>", "<math>",
    "<script>", "<title>", "<object>", "<iframe>", "<video>", "<form>", "<span class=author>",
    "<a rel=author>", "<div class=byline><b>", "<script type=application/ld+json>[",
    "<div>a, b<br><br>", "<div><p>Long enough, to be scored as a sentence.</p>", "x <b></b>",
    "<dl><dt>", "<pre>", "<code>", "<select><option>", "<br>", "<img alt=x>", "<a href=#x>",
    "<meta property=og:title content=x>", "<time datetime=2020-01-01>", "<aside>", "<button>",
  ]

  @Test(arguments: patterns)
  func `a tokenizer looks at each byte a few times`(pattern: String) {
    let page = bytes(pattern, count: 30_000)
    var tokens = HTMLTokenizer(page[...])
    while tokens.next() != nil {}
    #expect(tokens.steps <= 4 * page.count)
  }

  @Test(arguments: patterns)
  func `the search visits each node a few times`(pattern: String) throws {
    let body = Array("<html><title>Boats</title><body><p>".utf8)
    let tree = try #require(PageTree(of: (body + bytes(pattern, count: 10_000))[...]))
    var metadata = PageMetadata()
    metadata.title = "Boats"
    metadata.author = "Ana"
    for strictness in MainTextSearch.Strictness.tries {
      let search = MainTextSearch(in: tree, strictness, metadata)
      #expect(search.steps <= 10 * tree.nodes.count, "\(strictness)")
    }
  }

  @Test(arguments: patterns)
  func `a tree is no deeper than its limit`(pattern: String) throws {
    let tree = try #require(PageTree(of: bytes(pattern, count: 10_000)[...]))
    var depths = [0]
    for node in tree.nodes.dropFirst() { depths.append(depths[node.parent] + 1) }
    #expect(depths.allSatisfy { $0 <= PageTree.deepest })
    #expect(tree.nodes.indices.allSatisfy { tree.nodes[$0].end > $0 })
    #expect(tree.searchSteps <= PageTree.deepest * 4 * tree.nodes.count + 4 * 10_000)
  }

  @Test(arguments: patterns)
  func `whatever repeats is read`(pattern: String) {
    let page = "<html><title>T</title><body>" + String(repeating: pattern, count: 300)
    #expect(PlainText.text(of: document(page, .html)).utf8.count <= 20 * page.utf8.count)
  }

  @Test func `a page of too many nodes is shown whole`() {
    let text = String(repeating: "<b>x</b>", count: PageTree.mostNodes / 2)
    #expect((PageTree(of: Array(text.utf8)[...]) == nil))
    #expect(plainText("<html><div class=menu>m</div><p>" + text, .html).hasPrefix("m\n\nxxx"))
  }

  @Test func `many attributes on one tag are read in a few passes`() {
    let attributes = (0..<20_000).map { "a\($0)=x" }.joined(separator: " ")
    let page = Array("<html><body><div \(attributes) class=author><p>x".utf8)
    var tokens = HTMLTokenizer(page[...])
    while tokens.next() != nil {}
    #expect(tokens.steps <= 4 * page.count)
    #expect(HTMLHead(of: page[...]).metadata.author == nil)
    #expect(plainText(String(decoding: page, as: UTF8.self), .html) == "x")
  }

  private func bytes(_ pattern: String, count: Int) -> [UInt8] {
    Array(String(repeating: pattern, count: count / pattern.utf8.count).utf8)
  }
}
