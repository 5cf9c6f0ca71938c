import Articles
import Formats
import Testing

/// What a draft says of the file it was read from.
@Suite struct PageSourceTests {
  @Test(arguments: ["c/a.md", "c/a.html", "c/a.txt"])
  func `a page is the source of its article, byte for byte`(path: String) throws {
    for text in ["\u{FEFF}# T\r\n\r\nText.", "---\ntitle: T\n---\nText.", MirrorFixture().text] {
      for reader in [PageReader.markdown, .mirror] {
        let draft = try importPage(text, at: path, as: reader)
        #expect(draft.source?.bytes == Array(text.utf8))
        #expect(draft.source?.reader == ReaderVersion.current)
      }
    }
  }

  @Test func `a page that a library wrote is the article itself`() throws {
    let page = "---\ntitle: \"T\"\nsatchel: 1\n---\nText."
    #expect(try importPage(page).source == nil)
    #expect(try importPage(page, as: .mirror).source == nil)
  }
}
