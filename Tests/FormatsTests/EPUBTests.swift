import Articles
import TestSupport
import Testing

@testable import Formats

/// Books.
struct EPUBTests {
  private func book(
    package: String? = nil, chapters: [(name: String, bytes: [UInt8])]? = nil
  ) -> ZipFixture {
    var zip = ZipFixture()
    zip.add("mimetype", "application/epub+zip")
    zip.add(
      "META-INF/container.xml",
      "<container><rootfiles><rootfile full-path=\"OEBPS/c.opf\"/></rootfiles></container>")
    zip.add(
      "OEBPS/c.opf",
      package ?? """
        <package><metadata xmlns:dc="x"><dc:title>Tea &amp; Peas</dc:title><dc:creator>Ann</dc:creator>
        <dc:creator>Bob</dc:creator><dc:language>en</dc:language><dc:date>2020-03-13</dc:date>
        <dc:description>&lt;p&gt;About&lt;/p&gt;</dc:description><dc:subject>drinks</dc:subject>
        <dc:source>https://example.org/book</dc:source></metadata><manifest>
        <item id="b" href="text/two.xhtml"/><item id="a" href="text/one%201.xhtml"/>
        <item id="n" href="nav.xhtml"/></manifest>
        <spine><itemref idref="a"/><itemref idref="b"/><itemref idref="n" linear="no"/></spine></package>
        """)
    let written =
      chapters ?? [
        (
          "OEBPS/text/one 1.xhtml",
          Array(
            "<html><head><title/><script src='x'/></head><body class='c'><h1>One</h1><script/><a id='p'/><p>Hot<br/>tea <img src='../i/m.png'/></p></body></html>"
              .utf8)
        ), ("OEBPS/text/two.xhtml", Array("<html><body><p>茶</p></body></html>".utf8)),
      ]
    for chapter in written { zip.add(chapter.name, chapter.bytes) }
    zip.add("OEBPS/i/m.png", [1, 2])
    zip.add("OEBPS/nav.xhtml", "<html><body>Contents</body></html>")
    return zip
  }

  @Test func `a book is one article, its chapters in order`() throws {
    let items = try exportItems(.epub, book().bytes())
    #expect(items.count == 1)
    let draft = try #require(items.first?.draft)
    #expect(draft.title == "Tea & Peas" && draft.author == "Ann, Bob" && draft.language == "en")
    #expect(draft.published == "2020-03-13" && draft.summary == "About" && draft.tags == ["drinks"])
    #expect(draft.url == "https://example.org/book" && draft.format == .html)
    #expect(
      draft.text == "<h1>One</h1><script></script><a id='p'></a><p>Hot<br/>tea "
        + "<img src='../i/m.png'/></p>\n<p>茶</p>\n")
    #expect(draft.images == [ImageDraft(reference: "../i/m.png", bytes: [1, 2])])
  }

  @Test func `it is known by sight`() throws {
    try withFolder { folder in
      try folder.write("b.zip", book().bytes())
      #expect(Format.detected(at: folder.place.pushing("b.zip")) == .epub)
    }
  }

  @Test func `what is no whole book says why`() throws {
    var zip = ZipFixture()
    zip.add("mimetype", "application/epub+zip")
    let broken = [
      zip.bytes(), book(package: "<package/>").bytes(), book(chapters: []).bytes(),
      book(chapters: [
        ("OEBPS/text/one 1.xhtml", [0xFF, 0xFE]), ("OEBPS/text/two.xhtml", [0x41]),
      ]).bytes(),
    ]
    for bytes in broken {
      #expect(throws: SkipReason.self) { try exportItems(.epub, bytes) }
    }
  }
}
