import Articles
import Files
import TestSupport
import Testing

@testable import Formats

/// Exports in archives: Pocket's and Omnivore's.
struct ArchiveFormatTests {
  @Test func `Pocket's tables are read in the order of their names`() throws {
    var zip = ZipFixture()
    let header = "title,url,time_added,tags,status\n"
    zip.add("part_000001.csv", header + "Two,https://example.org/2,1500000000,,unread\n")
    zip.add(
      "part_000000.csv", "\u{FEFF}" + header + "One,https://example.org/1,1400000000,a|b,archive\n")
    zip.add("part_000002.csv", "name,age\n")
    zip.add("../part_000003.csv", header)
    let items = try exportItems(.pocket, zip.bytes())
    #expect(items.map(\.draft?.title) == [nil, "One", "Two", nil])
    #expect(items[0].reason == .archive(reason: "its name leads out of the archive"))
    #expect(items[1].place == "export, part_000000.csv, line 2")
    #expect(items[1].draft?.tags == ["a", "b"])
    #expect(items[3].reason == .noAddressColumn(columns: ["name", "age"]))
  }

  /// An archive as Omnivore made them.
  private var omnivore: ZipFixture {
    var zip = ZipFixture()
    zip.add(
      "metadata_0_to_2.json",
      """
      [{"id":"1","slug":"tea","title":"Tea","description":null,"author":"Ann",
        "url":"https://example.org/tea","state":"Archived","readingProgress":100,"thumbnail":null,
        "labels":["drinks"],"savedAt":"2023-01-02T03:04:05.678Z",
        "updatedAt":"2023-02-02T03:04:05.678Z","publishedAt":"2022-12-31T00:00:00.000Z"},
       {"id":"2","slug":"news","title":"News","url":"https://omnivore.app/no_url?q=7","state":"Active",
        "readingProgress":0,"labels":[],"savedAt":"2023-01-02T03:04:05.678Z"},
       {"id":"3"}]
      """)
    zip.add("content/tea.html", "<p>Hot</p>")
    zip.add("content/tea.html", "<p>Hot tea, and more of it.</p>")
    zip.add("content/news.html", "<p>News</p>")
    zip.add("content/other.pdf", "%PDF")
    zip.add(
      "highlights/tea.md",
      "> Hot tea,\n> and more\n\n#drinks #more\n\nA note\nof two lines\n\n> gone\n")
    zip.add(
      "metadata_2_to_3.json",
      "[{\"slug\":\"bare\",\"title\":\"Bare\",\"url\":\"https://example.org/bare\",\"state\":\"Unknown\"}]"
    )
    return zip
  }

  private func check(_ items: [FormatItem]) throws {
    #expect(items.map(\.draft?.title) == ["Tea", "News", nil, "Bare"])
    #expect(items[2].reason == .notJSON)
    let tea = try #require(items[0].draft)
    #expect(tea.text == "<p>Hot tea, and more of it.</p>" && tea.format == .html)
    #expect(
      tea.author == "Ann" && tea.published == "2022-12-31T00:00:00Z" && tea.tags == ["drinks"])
    #expect(tea.state.isArchived == true && tea.state.isRead == true)
    #expect(tea.state.highlights.map(\.quote) == ["Hot tea,\nand more", "gone"])
    #expect(tea.state.highlights.map(\.note) == ["A note\nof two lines", nil])
    let news = try #require(items[1].draft)
    #expect(news.url == nil && news.text == "<p>News</p>")
    let bare = try #require(items[3].draft)
    #expect(bare.body.isEmpty && bare.state.addedMilliseconds == nil)
  }

  @Test func `Omnivore's archive has texts and highlights in files of their own`() throws {
    let items = try exportItems(.omnivore, omnivore.bytes())
    try check(items)
    #expect(items[0].place == "export, metadata_0_to_2.json, record 1")
  }

  @Test func `its shares add up, texts and highlights among them`() throws {
    try withFolder { folder in
      try folder.write("o.zip", omnivore.bytes())
      var reader = try Format.omnivore.reader(of: .path(folder.place.pushing("o.zip")))
      var sum = 0
      while let record = reader.next() { sum += record.share }
      // What follows the last record of a file is nobody's.
      #expect(reader.total.unit == .bytes && (0...4).contains(reader.total.count - sum))
    }
  }

  @Test func `the same unpacked is a folder of its own kind`() throws {
    try withFolder { folder in
      let metadata = "[{\"slug\":\"tea\",\"title\":\"Tea\",\"url\":\"https://example.org/tea\"}]"
      try folder.write("o/metadata_0_to_1.json", Array(metadata.utf8))
      try folder.write("o/content/tea.html", Array("<p>Hot tea</p>".utf8))
      try folder.write("o/highlights/tea.md", Array("> tea".utf8))
      try folder.link("o/content/out.html", to: "/etc/passwd")
      let place = folder.place.pushing("o")
      #expect(Format.detected(at: place) == .omnivore)
      let items = Array(try Format.omnivore.reader(of: .path(place)).items())
      #expect(items.map(\.draft?.text) == ["<p>Hot tea</p>"])
      #expect(items.first?.draft?.state.highlights.map(\.quote) == ["tea"])
    }
  }

  @Test func `an archive of something else, and a damaged one, say what they are`() throws {
    var zip = ZipFixture()
    zip.add("notes.txt", "x")
    for format in [Format.pocket, .omnivore] {
      #expect(throws: SkipReason.self) { try exportItems(format, zip.bytes()) }
      #expect(throws: SkipReason.self) { try exportItems(format, Array(zip.bytes().dropLast(3))) }
    }
    zip = ZipFixture()
    zip.add("metadata_0_to_1.json", "[{\"slug\":\"a\",\"url\":\"https://a.example/1\"}]")
    zip.add("content/a.html", Array("tea".utf8), checksum: 7)
    let items = try exportItems(.omnivore, zip.bytes())
    guard case .archive(let reason) = items.first?.reason else {
      Issue.record("\(items)")
      return
    }
    #expect(reason.hasPrefix("content/a.html in it is damaged: "))
  }
}
