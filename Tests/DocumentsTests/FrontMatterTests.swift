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

  @Test func `one that begins with no property is read but shown`() throws {
    let matter = try #require(frontMatter("---\nPlain words\ntitle: T\n---\ntext"))
    #expect(!matter.beginsWithProperty)
    #expect(matter.metadata.title == "T")
    #expect(try #require(frontMatter("---\n# note\n---\n")).beginsWithProperty)
    #expect(try #require(frontMatter("+++\ntitle = 'T'\n+++\n")).beginsWithProperty)
    #expect(try !#require(frontMatter("---\n---\n")).beginsWithProperty)
  }

  @Test func `TOML says nothing yet`() throws {
    #expect(try #require(frontMatter("+++\ntitle = 'T'\n+++\n")).metadata == PageMetadata())
  }
}
