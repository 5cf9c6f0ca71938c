import Articles
import Files
import Testing

@testable import Formats

/// JSON that keeps its records in lists within lists: Karakeep's and Linkwarden's.
struct NestedJSONTests {
  private let karakeep = """
    {"bookmarks":[
      {"createdAt":1700000000,"title":"Tea","tags":["drinks","hot"],"lists":["b","gone"],
       "content":{"type":"link","url":"https://example.org/tea"},"note":"Mine","customMetadata":null,
       "archived":true},
      {"createdAt":1700000001,"title":null,"tags":[],"content":{"type":"text","text":"\\n# Words\\nto keep"},
       "note":null},
      {"createdAt":1700000002,"title":"P","tags":[],"content":null,"note":null,"archived":false},
      7],
     "lists":[{"id":"a","name":"Kitchen","description":null,"icon":"x","type":"manual","query":null,
       "parentId":null},{"id":"b","name":"Pots","type":"manual","parentId":"a"},
       {"id":"c","name":"Round","parentId":"c"}]}
    """

  @Test func `Karakeep's bookmarks, with the lists that stand behind them`() throws {
    let items = try exportItems(.karakeep, karakeep)
    #expect(items.map(\.place) == (1...4).map { "export, record \($0)" })
    let tea = try #require(items[0].draft)
    #expect(tea.title == "Tea" && tea.url == "https://example.org/tea" && tea.body.isEmpty)
    #expect(tea.tags == ["drinks", "hot", "Kitchen", "Pots"] && tea.isRecorded)
    #expect(tea.state.note == "Mine" && tea.state.isArchived == true && tea.state.isRead == nil)
    #expect(tea.state.addedMilliseconds == 1_700_000_000_000)
    let words = try #require(items[1].draft)
    #expect(words.title == "Words" && words.url == nil && words.format == .markdown)
    #expect(words.text == "# Words\nto keep" && words.state.isArchived == nil)
    guard case .passedOver(.notSaved) = items[2].outcome else {
      Issue.record("\(items[2])")
      return
    }
    #expect(items[3].reason == .notJSON)
  }

  private let linkwarden = """
    {"name":"Ann","username":"ann","collectionOrder":[1,2],"archiveAsScreenshot":true,
     "collections":[
      {"id":2,"name":"Pots","description":"","parentId":1,"rssSubscriptions":[{"url":"https://f.example"}],
       "links":[{"id":7,"name":"Tea","type":"url","description":"Mine\\ntoo","url":"https://example.org/tea",
         "importDate":"2020-03-13T09:30:00.000Z","createdAt":"2024-01-02T03:04:05.678Z",
         "updatedAt":"2024-02-02T03:04:05.678Z","tags":[{"id":1,"name":"drinks"}],
         "textContent":"Hot tea"}]},
      {"id":1,"name":"Kitchen","parentId":null,"links":[]},
      {"id":3,"name":"Unorganized","parentId":null,"links":[
        {"id":8,"name":"","description":"","url":"https://example.org/b",
         "createdAt":"2024-01-02T03:04:05.678Z","tags":[]},
        {"id":9,"name":"Scan","type":"pdf","url":null,"tags":[]}]}],
     "pinnedLinks":[{"id":7,"name":"Tea","url":"https://example.org/tea"}],"whitelistedUsers":[]}
    """

  @Test func `Linkwarden's links, with their collections and what is pinned`() throws {
    let items = try exportItems(.linkwarden, linkwarden)
    #expect(items.map(\.place) == (1...3).map { "export, record \($0)" })
    let tea = try #require(items[0].draft)
    #expect(tea.title == "Tea" && tea.url == "https://example.org/tea" && tea.isRecorded)
    #expect(tea.text == "Hot tea" && tea.format == .text)
    #expect(tea.tags == ["drinks", "Kitchen", "Pots"] && tea.state.note == "Mine\ntoo")
    #expect(tea.state.addedMilliseconds == 1_584_091_800_000 && tea.state.isStarred == true)
    #expect(tea.state.changedMilliseconds == 1_706_843_045_678)
    let other = try #require(items[1].draft)
    #expect(other.title.isEmpty && other.tags.isEmpty && other.state.isStarred == nil)
    #expect(other.state.addedMilliseconds == 1_704_164_645_678 && other.state.note == nil)
    #expect(items[2].reason == .noAddress)
  }

  @Test func `linkding's list keeps what it archives among the tags`() throws {
    let text = [
      "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
      "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">",
      "<TITLE>Bookmarks</TITLE>", "<H1>Bookmarks</H1>", "<DL><p>",
      "<DT><A HREF=\"https://example.org/a\" ADD_DATE=\"1700000000\" LAST_MODIFIED=\"1700000005\" "
        + "PRIVATE=\"1\" TOREAD=\"1\" TAGS=\"tea,linkding:archived\">A &amp; B</A>",
      "<DD>Theirs[linkding-notes]Mine &lt;too[/linkding-notes]",
      "<DT><A HREF=\"https://example.org/b\" ADD_DATE=\"1700000001\" PRIVATE=\"0\" TOREAD=\"0\" "
        + "TAGS=\"\">B</A>", "</DL><p>",
    ].joined(separator: "\n\r")
    let found = try drafts(.bookmarks, text)
    #expect(found.map(\.title) == ["A & B", "B"] && found.map(\.tags) == [["tea"], []])
    #expect(found.map(\.state.isArchived) == [true, nil])
    #expect(found.map(\.state.isRead) == [false, true])
    #expect(found[0].state.note == "Theirs\nMine <too")
    #expect(found[0].state.changedMilliseconds == 1_700_000_005_000)
  }

  @Test func `Karakeep's list is one of bookmarks like others`() throws {
    let text = """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <!-- This is an automatically generated file. -->
      <TITLE>Bookmarks</TITLE>
      <H1>Bookmarks</H1>
      <DL><p>
          <DT><A HREF="https://example.org/?a=1&amp;b=2" ADD_DATE="1700000000" TAGS="tea,hot">Tea &lt;3</A>
          <DT><A HREF="https://example.org/c" ADD_DATE="1700000001" >https://example.org/c</A>
      </DL><p>
      """
    let found = try drafts(.bookmarks, text)
    #expect(found.map(\.url) == ["https://example.org/?a=1&b=2", "https://example.org/c"])
    #expect(found.map(\.title) == ["Tea <3", ""] && found.map(\.tags) == [["tea", "hot"], []])
    #expect(found.map(\.state.addedMilliseconds) == [1_700_000_000_000, 1_700_000_001_000])
  }

  @Test func `what is piped has the same records, without what stands elsewhere in the file`()
    throws
  {
    let opened: Set<[String]> = [[], ["bookmarks"]]
    for size in [1, 2, 3, 7, 64] {
      let reader = JSONPieces(
        Trickle(karakeep, size: size), into: opened, at: ["bookmarks", "*"], named: "pipe"
      ) { (record, places) throws(SkipReason) in
        #expect(places.count == 1)
        return try KarakeepBookmark.draft(of: record, NestedNames())
      }
      let items = Array(reader.items())
      #expect(items.map(\.draft?.tags) == [["drinks", "hot"], [], nil, nil])
    }
  }

  @Test(arguments: [
    "{\"bookmarks\":[{\"content\":{\"url\":\"https://a.example\"}}", "{\"bookmarks\" [1]}", "{]",
    "{\"bookmarks\":[}", "[1,2]x", "{\"a", "7", "{\"bookmarks\":{\"a\":1}} {}",
  ])
  func `what is not whole ends with an item that says so`(text: String) throws {
    let items = try exportItems(.karakeep, text)
    let reason = try #require(items.last?.reason, "\(text)")
    #expect([.notJSON, .cutOff].contains(reason), "\(text): \(reason)")
  }

  @Test func `a record that is too long is skipped, and the others are read`() throws {
    let long = String(repeating: "x", count: 1_000)
    let text = "{\"l\":[\"\(long)\",1,{\"\(long)\":2}],\"m\":[3]}"
    var walk = JSONWalk(MemorySource(Array(text.utf8)), into: [[], ["l"]], limit: 100)
    var read: [String] = []
    while let piece = try walk.next() {
      let bytes = try? piece.bytes.get()
      read.append(
        "\(piece.path) \(piece.places) "
          + (bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-"))
    }
    #expect(
      read == [
        "[\"l\", \"*\"] [0] -", "[\"l\", \"*\"] [1] 1", "[\"l\", \"*\"] [2] -", "[\"m\"] [] [3]",
      ])
  }
}
