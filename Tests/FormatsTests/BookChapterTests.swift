import Articles
import Coding
import Files
import Replication
import TestSupport
import Testing

@testable import Formats

/// Books of which each chapter is an article.
struct BookChapterTests {
  /// - Parameters:
  ///   - manifest: what the package has beside the chapters `one.xhtml` to `five.xhtml`.
  ///   - spine: the spine's attributes, with a space in front.
  private func book(
    manifest: String = "", spine: String = "", _ files: [(name: String, text: String)] = []
  ) -> ZipFixture {
    var zip = ZipFixture()
    zip.add("mimetype", "application/epub+zip")
    zip.add(
      "META-INF/container.xml",
      "<container><rootfiles><rootfile full-path=\"O/c.opf\"/></rootfiles></container>")
    let names = ["one", "two", "three", "four", "five"]
    zip.add(
      "O/c.opf",
      """
      <package><metadata><dc:title>Tea</dc:title><dc:creator>Ann</dc:creator><dc:language>en</dc:language>
      <dc:date>2020-03-13</dc:date><dc:description>About</dc:description><dc:subject>drinks</dc:subject>
      <dc:source>https://example.org/book</dc:source></metadata><manifest>
      \(names.map { "<item id=\"\($0)\" href=\"t/\($0).xhtml\"/>" }.joined())\(manifest)</manifest>
      <spine\(spine)>\(names.map { "<itemref idref=\"\($0)\"/>" }.joined())</spine></package>
      """)
    zip.add(
      "O/t/one.xhtml", "<html><body><h2> </h2><h3>First <i>hot</i>\n tea</h3><p>1</p></body></html>"
    )
    zip.add("O/t/two.xhtml", "<html><body><h1>Two</h1><img src=\"../i/m.png\"/></body></html>")
    zip.add("O/t/three.xhtml", "<html><body><p>3</p></body></html>")
    zip.add("O/t/four.xhtml", "<html><head><title>Four</title></head><body> <hr/> </body></html>")
    if !files.contains(where: { $0.name == "O/t/five.xhtml" }) { zip.add("O/t/five.xhtml", [0xFF]) }
    zip.add("O/i/m.png", [1, 2])
    for file in files { zip.add(file.name, file.text) }
    return zip
  }

  private func items(_ zip: ZipFixture) throws -> [FormatItem] {
    try exportItems(.epub, zip.bytes(), named: "b.epub", isByChapter: true)
  }

  @Test func `each chapter is an article of the book, in its order`() throws {
    let items = try items(book())
    #expect(items.map(\.place) == (1...5).map { "b.epub, chapter \($0)" })
    #expect(items.map(\.draft?.title) == ["First hot tea", "Two", "Tea, 3", nil, nil])
    #expect(items[3].outcome == .passedOver(.empty))
    guard case .skipped(.archive) = items[4].outcome else {
      Issue.record("\(items[4])")
      return
    }
    for draft in items.compactMap(\.draft) {
      #expect(draft.site == "Tea" && draft.author == "Ann" && draft.tags == ["drinks"])
      #expect(draft.published == "2020-03-13" && draft.language == "en" && draft.isRecorded)
      #expect(draft.url == nil && draft.summary == nil && draft.format == .html)
    }
    #expect(items[1].draft?.images == [ImageDraft(reference: "../i/m.png", bytes: [1, 2])])
    #expect(items[1].draft?.text == "<h1>Two</h1><img src=\"../i/m.png\"/>")
    #expect(items[0].draft?.images == [])
  }

  @Test func `the contents' titles come before headings, those of EPUB 3 and of EPUB 2`() throws {
    let navigation = book(
      manifest: "<item id=\"n\" properties=\"nav scripted\" href=\"n.xhtml\"/>",
      [
        (
          "O/n.xhtml",
          """
          <nav epub:type="landmarks"><a href="t/one.xhtml">No</a></nav>
          <nav epub:type="toc"><h2>In it</h2><ol><li><a href="t/one.xhtml#x">1 &amp; <b>one</b></a></li>
          <li><a href="t/one.xhtml#y">later</a></li><li><span>Part</span></li>
          <li><a href="t/three.xhtml">3</a></li></ol></nav>
          """
        )
      ])
    #expect(try items(navigation).map(\.draft?.title) == ["1 & one", "Two", "3", nil, nil])
    let table = book(
      manifest: "<item id=\"x\" href=\"x.ncx\"/>", spine: " toc=\"x\"",
      [
        (
          "O/x.ncx",
          """
          <ncx><docTitle><text>Tea</text></docTitle><navMap><navPoint><navLabel><text>Eins</text></navLabel>
          <content src="t/one.xhtml"/><navPoint><navLabel><text>Drei</text></navLabel>
          <content src="t/three.xhtml#a"/></navPoint></navPoint></navMap></ncx>
          """
        )
      ])
    #expect(try items(table).map(\.draft?.title) == ["Eins", "Two", "Drei", nil, nil])
  }

  @Test func `contents among the chapters are passed over`() throws {
    let items = try items(
      book(manifest: "<item id=\"n\" properties=\"nav\" href=\"t/three.xhtml\"/>"))
    #expect(items[2].outcome == .passedOver(.notSaved(reason: "the book's contents")))
    #expect(items.compactMap(\.draft).count == 2)
  }

  @Test func `a chapter of one picture is an article, however large the picture`() async throws {
    let picture = [UInt8](repeating: 7, count: BookPictures.heldLimit + 1)
    var book = book([
      ("O/t/five.xhtml", "<html><body><img src=\"../i/large.png\"/></body></html>")
    ])
    book.add("O/i/large.png", picture)
    let item = try #require(try items(book).last)
    let draft = try #require(item.draft)
    #expect(draft.images.isEmpty)
    #expect(draft.storedImages.map(\.reference) == ["../i/large.png"])
    #expect(draft.storedImages.map(\.hash) == [ContentHash(of: picture)])
  }

  @Test func `shares count chapters and pictures once`() throws {
    try withFolder { folder in
      try folder.write("b.epub", book().bytes())
      var input = FormatInput.path(folder.place.pushing("b.epub"))
      input.isByChapter = true
      var reader = try Format.epub.reader(of: input)
      var sum = 0
      while let record = reader.next() { sum += record.share }
      #expect(reader.total == ReadingTotal(.bytes, sum))
    }
  }
}
