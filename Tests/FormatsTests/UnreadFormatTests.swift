import Files
import Testing

@testable import Formats

/// Files of formats that are known by sight and cannot be read yet.
@Suite struct UnreadFormatTests {
  static let files: [(name: String, head: String, format: String)] = [
    ("b.html", "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>", "bookmarks"),
    (
      "b.html", "\u{FEFF}<!-- made by a browser -->\n<!doctype netscape-bookmark-file-1>",
      "bookmarks"
    ),
    ("b.htm", "<HTML>\n<DL><p><DT><A HREF=\"https://a.example\" ADD_DATE=\"1\">A</A>", "bookmarks"),
    ("b.html", "<h1>x</h1><dl><p><dt><h3 add_date=\"17\">Folder</h3>", "bookmarks"),
    ("ril_export.html", "<html><title>Pocket Export</title><h1>Unread</h1><ul>", "pocket"),
    ("x.html", "<h1>Unread</h1><ul><li><a href=\"u\" time_added=\"1\" tags=\"a,b\">", "pocket"),
    ("part_000000.csv", "title,url,time_added,tags,status\n", "pocket"),
    ("old.csv", "title,url,time_added,cursor,tags,status\r\n", "pocket"),
    ("export.csv", "URL,Title,Selection,Folder,Timestamp\n", "instapaper"),
    ("i.html", "<html><head><title>Instapaper: Export</title>", "instapaper"),
    ("metadata_0_to_9.json", "[{\"id\":\"1\",\"slug\":\"a\",\"readingProgress\":0}", "omnivore"),
    ("w.json", "[ {\"is_archived\":0,\"is_starred\":1,\"id\":7}", "wallabag"),
    ("r.csv", "Title,URL,ID,Document tags,Saved date,Reading progress,", "readwise"),
    ("d.csv", "id,title,note,excerpt,url,folder,tags,created,cover", "raindrop"),
  ]

  @Test(arguments: files)
  func `a file is named, alone or in a folder, and is no article`(
    name: String, head: String, format: String
  ) throws {
    try withFolder { folder in
      try folder.write(name, Array(head.utf8))
      for place in [folder.place, folder.place.pushing(FilePath(name))] {
        let items = Array(try Format.detected(at: place).reader(of: .path(place)).items())
        #expect(items.map(\.outcome) == [.skipped(.unsupported(format: format))], "\(place)")
      }
    }
  }

  @Test func `an archive is named by the first file in it`() throws {
    try withFolder { folder in
      try folder.write("pocket.zip", zip("part_000000.csv"))
      try folder.write("omnivore.zip", zip("metadata_0_to_20.json"))
      try folder.write("other.zip", zip("notes.md"))
      let items = Array(try Format.mirror.reader(of: .path(folder.place)).items())
      #expect(items.map(\.place) == ["omnivore.zip", "pocket.zip"])
      #expect(
        items.map(\.outcome)
          == ["omnivore", "pocket"].map { .skipped(.unsupported(format: $0)) })
    }
  }

  @Test(arguments: [
    "<title>My bookmarks</title><p>Text about NETSCAPE.</p>", "<dl><dt>Term<dd>Meaning</dl>",
    "<p>The form has a field called time_added.</p>", "<title>On Instapaper: Export</title>",
    "<dl><dt><a href='x'>Term</a></dl>",
  ])
  func `a page like any other is an article`(page: String) {
    #expect(skipReason(Array(page.utf8), at: "page.html") == nil)
  }

  @Test func `other files that are no pages are passed over as before`() throws {
    try withFolder { folder in
      try folder.write("a.csv", Array("name,age\n".utf8))
      try folder.write("b.json", Array("{\"slug\": 1}".utf8))
      try folder.write("c.zip", [0x50, 0x4B, 0x03, 0x04, 0, 0])
      try folder.write("d.zip", [])
      #expect(Array(try Format.mirror.reader(of: .path(folder.place)).items()).isEmpty)
      let named = try Format.mirror.reader(of: .path(folder.place.pushing("a.csv")))
      #expect(Array(named.items()).map(\.outcome) == [.skipped(.notAPage(name: "a.csv"))])
    }
  }

  @Test func `what has a reader is not in the list`() {
    let unread = UnreadFormat.allCases.map(\.rawValue)
    #expect(Format.readable.allSatisfy { !unread.contains($0.name) })
    #expect("\(UnreadFormat.bookmarks.skipReason)" == "bookmarks: this format cannot be read yet")
    #expect(!UnreadFormat.bookmarks.skipReason.isNoArticle)
  }

  private func zip(_ name: String) -> [UInt8] {
    let length = UInt8(name.utf8.count)
    return [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 22) + [length, 0, 0, 0]
      + Array(name.utf8) + [1, 2, 3]
  }
}
