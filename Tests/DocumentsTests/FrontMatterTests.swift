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
}
