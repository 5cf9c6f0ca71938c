import Files
import TestSupport
import Testing

@testable import Formats

/// Damaged export files are read or skipped, never a trap.
struct ExportMutationTests {
  private static let fixtures: [(format: Format, text: String)] = [
    (
      .csv,
      "title,url,time_added,tags,status\nA,https://a.example/1,1400000000,a|b,archive\n\"x\n\"\"y\",https://a.example/2,,,\n"
    ),
    (.csv, "URL;Title;Selection;Folder;Tags\nhttps://a.example;\"T\";;Archive;\"[\"\"a\"\"]\"\n"),
    (
      .raindrop,
      "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,T,n,e,https://a.example,a/b,\"a, b\",2023-01-15T10:30:00Z,,Highlight:x,true\n"
    ),
    (
      .bookmarks,
      "<DL><p><DT><H3>F</H3><DL><p><DT><A HREF=\"https://a.example\" ADD_DATE=\"1500000000\" TAGS=\"a\">A &amp; B</A><DD>x<br>y</DL></DL>"
    ),
    (
      .pocket,
      "<title>Pocket Export</title><h1>Unread</h1><ul><li><a href=\"https://a.example\" time_added=\"1400000000\" tags=\"a,b\">A</a></ul>"
    ),
    (
      .wallabag,
      "[{\"is_archived\":1,\"is_starred\":0,\"tags\":[\"a\",{}],\"url\":\"https://a.example\",\"content\":\"<p>\\u4e2d</p>\",\"created_at\":\"2016-09-08T11:55:58+0200\",\"annotations\":[{\"quote\":\"x\"}]}]"
    ),
    (
      .omnivore,
      "[{\"slug\":\"a\",\"readingProgress\":4.5,\"labels\":[{\"name\":\"x\"}],\"url\":\"https://a.example\",\"savedAt\":\"2023-01-02T03:04:05.678Z\",\"highlights\":[{\"quote\":\"q\",\"annotation\":\"n\"}]}]"
    ),
    (
      .karakeep,
      "{\"bookmarks\":[{\"createdAt\":1700000000,\"title\":null,\"tags\":[\"a\"],\"lists\":[\"b\"],\"content\":{\"type\":\"text\",\"text\":\"# W\"},\"archived\":true}],\"lists\":[{\"id\":\"b\",\"name\":\"P\",\"parentId\":\"a\"}]}"
    ),
    (
      .linkwarden,
      "{\"username\":\"a\",\"collections\":[{\"id\":2,\"name\":\"P\",\"links\":[{\"id\":7,\"content\":{},\"url\":\"https://a.example\",\"tags\":[{\"name\":\"d\"}]}]}],\"pinnedLinks\":[{\"id\":7}]}"
    ),
    (
      .feed,
      "<rss><channel><language>de</language><item><title>T &amp; <![CDATA[x]]></title><link>https://a.example</link><category>a</category><description>&lt;p&gt;</description></item></channel></rss>"
    ),
    (
      .feed,
      "<feed xml:lang='fr'><entry><title type='html'>T</title><link href=\"https://a.example\"/><author><name>A</name></author><content type=\"xhtml\"><div><p>x</p></div></content></entry></feed>"
    ),
  ]

  private static let mutation = Mutation(fragments: [
    "\"", "\"\"", ",", "\n", "\r", ";", "{", "}", "[", "]", "\\", "\\u", "<dt", "<li>", "</dl>",
    "<dl>", "<script>", "<a href=", ">", "&#", "'", "|", "\u{FEFF}", "1e999", "-", "null", "\0",
    "<![CDATA[", "]]>", "<item>",
    "</entry>", "<content type='xhtml'>", "\"lists\":[", "\"links\":", ":",
  ])

  @Test(arguments: UInt64(0)..<100)
  func `a hundred corruptions of each never trap`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for (format, text) in Self.fixtures {
      for _ in 0..<100 {
        var bytes = Array(text.utf8)
        Self.mutation.damage(&bytes, using: &generator)
        let items = try? ExportMutationTests.items(format, bytes)
        for item in items ?? [] { #expect(!item.place.isEmpty) }
      }
    }
  }

  private static func items(_ format: Format, _ bytes: [UInt8]) throws -> [FormatItem] {
    let source = MemorySource(bytes)
    let reader: any FormatReader =
      switch format {
      case .bookmarks: LinkRecords(source, named: "x", .bookmarks)
      case .pocket: LinkRecords(source, named: "x", .pocket)
      case .wallabag: JSONArticles(source, named: "x") { WallabagEntry.draft(of: $0) }
      case .omnivore: JSONArticles(source, named: "x") { OmnivoreItem.draft(of: $0) }
      case .feed: FeedRecords(source, named: "x")
      case .karakeep: pieces(source, KarakeepLists.opened, at: ["bookmarks", JSONWalk.element])
      case .linkwarden: pieces(source, LinkwardenOutline.opened, at: LinkwardenOutline.links)
      default: try TableRecords(source, named: "x")
      }
    return Array(reader.items())
  }

  private static func pieces(
    _ source: MemorySource, _ opened: Set<[String]>, at path: [String]
  ) -> JSONPieces {
    JSONPieces(source, into: opened, at: path, named: "x") { (record, places) throws(SkipReason) in
      #expect(places.count == path.count { $0 == JSONWalk.element })
      return try KarakeepBookmark.draft(of: record, NestedNames())
    }
  }

  @Test func `highlights of Omnivore's are read whatever they hold`() {
    for text in [
      "", ">", "> \n>\n", "note first\n> q", "> q\n#label\n# Heading\n## a", "> a\n\n\n> b",
    ] {
      for highlight in OmnivoreHighlights.highlights(in: text) { #expect(!highlight.quote.isEmpty) }
    }
    let told = OmnivoreHighlights.highlights(in: "> q\n#label #two\n# Heading\nnote")
    #expect(told.map(\.note) == ["# Heading\nnote"])
  }
}
