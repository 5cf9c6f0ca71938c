import Documents
import Testing

@Suite struct FrontMatterTests {
  private func frontMatter(_ page: String) -> FrontMatter? {
    FrontMatter(startOf: Array(page.utf8)[...])
  }

  @Test func `it ends below its closing line`() throws {
    for page in ["---\na: b\n---\n", "---\na: b\n---", "--- \na: b\n...\n", "+++\na = 1\n+++\n"] {
      #expect(try #require(frontMatter(page)).end == page.utf8.count)
    }
    #expect(frontMatter("---\na: b\n") == nil)
    #expect(frontMatter(" ---\na: b\n---\n") == nil)
    #expect(frontMatter("---\na: b\n+++\n") == nil)
    #expect(frontMatter("+++\na = b\n...\n") == nil)
    #expect(frontMatter("") == nil)
  }

  @Test(arguments: [
    "---\nPlain words\ntitle: T\n---\ntext", "---\n# Heading\n---\n", "---\n---\n",
    "---\n\n# Rest\n\nwords\n\n---\n", "---\n- a\n- b\n---\n", "---\nhttps://example.org\n---\n",
    "---\nNote: a page\n\nWords that no key could be.\n---\n", "+++\nwords\n+++\n", "+++\n+++\n",
    "---\n  indented: x: y\n---\n", "---\n\"words\"\n---\n",
  ])
  func `lines between rules that set nothing are text`(page: String) {
    #expect(frontMatter(page) == nil)
  }

  @Test func `sentences with colons are text, and properties that say as much are not`() {
    #expect(
      frontMatter("---\nAna: The boats wait for spring.\n\nBo: And so do we, I fear.\n---\n") == nil
    )
    #expect(frontMatter("---\nAna: The boats wait for spring.\ndate: none\n---\n") != nil)
    #expect(frontMatter("---\nNote: see the other page.\n---\n") == nil)
    #expect(frontMatter("---\n注意: 这是一句话，不是数据。\n---\n") == nil)
    #expect(frontMatter("---\nTitle: Boats at rest in winter\n---\n") != nil)
    #expect(frontMatter("---\nlayout: post\n---\n") != nil)
    #expect(frontMatter("---\nnote: see the other page\nlayout: post\n---\n") != nil)
  }

  @Test(arguments: 1...10)
  func `whatever stands between rules traps nothing`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<200 {
      let count = Int.random(in: 1...30, using: &random)
      let block = (0..<count).map { _ in
        FrontMatterTests.pieces[Int.random(in: 0..<FrontMatterTests.pieces.count, using: &random)]
      }.joined()
      for rule in ["---", "+++"] { _ = frontMatter("\(rule)\n\(block)\n\(rule)\n")?.metadata }
    }
  }

  private static let pieces = [
    "title", "tags", "author", ":", ": ", "\n", "\n  ", "\n- ", "- ", "? ", "[", "]", "{", "}", ",",
    "\"",
    "'", "\\", "\\u0041", "\\xZZ", "\\\n", "|", ">-", "|2\n", "#", " # ", "~", "null", "a", "b c",
    "船", "é",
    "!", "!!str ", "!<x> ", "%YAML 1.1\n", "@", "`", "...", "<<: ", "*", "&", "=", " = ", "[a]\n",
    "\"\"\"",
    "\t", "\r\n", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{FFFE}", "\u{7F}", "1", "2020-03-12",
    "https://e.org",
    "--- ", "\n--- a\n", "''", "\0",
  ]
}
