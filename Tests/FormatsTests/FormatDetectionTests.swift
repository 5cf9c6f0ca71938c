import Files
import TestSupport
import Testing

@testable import Formats

/// What files are taken for where nobody names a format.
struct FormatDetectionTests {
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
    ("m.json", "[{\"id\":\"1\",\"slug\":\"a\",\"readingProgress\":0}", "omnivore"),
    ("w.json", "[ {\"is_archived\":0,\"is_starred\":1,\"id\":7}", "wallabag"),
    ("w1.json", "[{\"0\":\"1\",\"is_read\":\"0\",\"is_fav\":\"1\"}", "wallabag"),
    (
      "r.csv", "\u{FEFF}Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen",
      "readwise"
    ),
    ("f.xml", "<?xml version=\"1.0\"?>\n<!-- made -->\n<rss version=\"2.0\">", "feed"),
    ("f.json", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}", "feed"),
    ("o.opml", "<opml version=\"2.0\">", "feed"),
    (
      "k.json", "{\"bookmarks\":[{\"createdAt\":1,\"title\":null,\"tags\":[],\"content\":",
      "karakeep"
    ),
    ("backup.json", "{\"name\":\"A\",\"username\":\"a\",\"collectionOrder\":[1]", "linkwarden"),
    ("old.json", "{\"username\":\"a\",\"collections\":[{\"id\":1,\"links\":[]}]}", "linkwarden"),
    ("l.jsonl", "{\"satchel\":1,\"id\":\"x\"}", "jsonl"),
    ("d.csv", "id,title,note,excerpt,url,folder,tags,created,cover", "raindrop"),
    ("d.txt", "\"id\";\"title\";\"note\";\"excerpt\";\"url\";\"created\"\n", "raindrop"),
  ]

  @Test(arguments: files)
  func `a file is known by its first bytes, and is no article among pages`(
    name: String, head: String, format: String
  ) throws {
    try withFolder { folder in
      try folder.write(name, Array(head.utf8))
      #expect(Format.detected(at: folder.place.pushing(FilePath(name))).name == format)
      let pages = Array(try Format.mirror.reader(of: .path(folder.place)).items())
      guard !name.hasSuffix(".txt") else { return }
      #expect(pages.map(\.outcome) == [.skipped(.ofItsOwn(format: format))])
    }
  }

  @Test func `an archive is known by the first file in it`() throws {
    try withFolder { folder in
      for name in ["part_000000.csv", "metadata_0_to_20.json", "content/a.html", "notes.md"] {
        var zip = ZipFixture()
        zip.add(name, "x")
        try folder.write("\(name.prefix(4)).zip", zip.bytes())
      }
      let formats = ["part", "meta", "cont", "note"].map {
        Format.detected(at: folder.place.pushing(FilePath("\($0).zip"))).name
      }
      #expect(formats == ["pocket", "omnivore", "omnivore", "mirror"])
      let items = Array(try Format.mirror.reader(of: .path(folder.place)).items())
      #expect(items.map(\.place) == ["cont.zip", "meta.zip", "part.zip"])
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

  @Test func `a table by its name is a table, and in a folder it is none of ours`() throws {
    try withFolder { folder in
      try folder.write("a.csv", Array("name,age\n".utf8))
      try folder.write("b.json", Array("{\"slug\": 1}".utf8))
      try folder.write("c.zip", [0x50, 0x4B, 0x03, 0x04, 0, 0])
      try folder.write("d.zip", [])
      #expect(Array(try Format.mirror.reader(of: .path(folder.place)).items()).isEmpty)
      #expect(Format.detected(at: folder.place.pushing("a.csv")) == .csv)
    }
  }

  static let unknown: [(bytes: [UInt8], looks: String?)] = [
    (Array("%PDF-1.7".utf8), "a PDF"), (Array("{\"a\":1}".utf8), "JSON of another program"),
    ([0x50, 0x4B, 0x03, 0x04, 0, 0], "an archive (zip) of another program"), ([1, 0], "no text"),
    ([0x9C, 0x41, 0x02, 0xE7], "no text"),
    ([0x1B, 0x24, 0x42, 0x46, 0x7C], "text; its name should end with .txt or .md"),
    (Array("<p>Hi".utf8), "a page; its name should end with .html"),
    (Array("Hi".utf8), "text; its name should end with .txt or .md"), ([], nil),
  ]

  @Test(arguments: unknown)
  func `an unknown file is told what it looks like`(bytes: [UInt8], looks: String?) throws {
    try withFolder { folder in
      try folder.write("a.bin", bytes)
      let items = Array(try Format.mirror.reader(of: .path(folder.place.pushing("a.bin"))).items())
      #expect(items.map(\.reason) == [.notAPage(name: "a.bin", looks: looks)])
    }
  }

  @Test func `the table of formats in the specification is the registry`() throws {
    let rows = try SpecificationTable.formats()
    #expect(rows.map(\.name) == Format.all.map(\.name))
    for (row, format) in zip(rows, Format.all) {
      #expect(row.reads.isEmpty == !format.isReadable, "\(format.name)")
      #expect(row.writes.isEmpty == !format.isWritable, "\(format.name)")
    }
  }
}

/// The first table of Protocol/formats.md.
enum SpecificationTable {
  static func formats() throws -> [(name: String, reads: String, writes: String)] {
    let file = FilePath(#filePath).removingLastComponent().removingLastComponent()
      .removingLastComponent().pushing("Protocol/formats.md")
    let text = String(
      decoding: try InputFile.contents(of: file, .named, limit: 1 << 20), as: UTF8.self)
    let table = text.split(separator: "\n\n").first { $0.hasPrefix("| format |") } ?? ""
    return table.split(separator: "\n").dropFirst(2).map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.filter { $0 != "`" }.trimmingSpaces
      }
      return (cells[1], cells[2], cells[3])
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String { split(separator: " ").joined(separator: " ") }
}
