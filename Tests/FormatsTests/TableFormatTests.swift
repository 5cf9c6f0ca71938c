import Articles
import Testing

@testable import Formats

/// Tables of addresses: each row of the mapping in Protocol/formats.md.
struct TableFormatTests {
  @Test func `Pocket's columns, with and without a cursor`() throws {
    for cursor in [false, true] {
      let (name, cell) = cursor ? ("cursor,", "abc,") : ("", "")
      let found = try drafts(
        .pocket,
        """
        title,url,time_added,\(name)tags,status
        A walk,https://example.org/a,1400000000,\(cell)long read|für später,archive
        https://example.org/b,https://example.org/b,1500000000,\(cell),unread
        """)
      #expect(found.map(\.title) == ["A walk", ""])
      #expect(found.map(\.url) == ["https://example.org/a", "https://example.org/b"])
      #expect(found.map(\.tags) == [["long read", "für später"], []])
      #expect(found.map(\.state.addedMilliseconds) == [1_400_000_000_000, 1_500_000_000_000])
      #expect(found.map(\.state.isArchived) == [true, nil])
      #expect(found.map(\.state.isRead) == [true, nil])
      #expect(found.allSatisfy { $0.isRecorded && $0.body.isEmpty })
    }
  }

  @Test(arguments: ["", ",Timestamp", ",Timestamp,Tags"])
  func `Instapaper's three headers`(more: String) throws {
    let columns = more.split(separator: ",").count
    func row(_ folder: String) -> String {
      "https://example.org/\(folder),T,Some words,\(folder)"
        + [",1500000000", ",\"[\"\"a\"\",\"\"b c\"\"]\""].prefix(columns).joined()
    }
    let text =
      (["URL,Title,Selection,Folder" + more]
      + ["Unread", "Archive", "Starred", "Garden"].map(row)).joined(separator: "\n")
    let found = try drafts(.instapaper, text)
    #expect(found.map(\.state.isArchived) == [nil, true, nil, nil])
    #expect(found.map(\.state.isRead) == [nil, true, nil, nil])
    #expect(found.map(\.state.isStarred) == [nil, nil, true, nil])
    let tags = columns == 2 ? ["a", "b c"] : []
    #expect(found.map(\.tags) == [tags, tags, tags, tags + ["Garden"]])
    #expect(found.allSatisfy { $0.summary == "Some words" })
    let time: Int64? = columns > 0 ? 1_500_000_000_000 : nil
    #expect(found.allSatisfy { $0.state.addedMilliseconds == time })
  }

  @Test func `Readwise Reader's columns, without what only stood in a feed`() throws {
    let text = """
      Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen
      One,https://example.org/1,x,"['a', 'it''s']",2026-03-14 23:55:23.291000+00:00,0.5,later,True
      Two,https://example.org/2,x,[],2026-03-14 23:55:23.291000+00:00,1,archive,True
      Three,https://example.org/3,x,,2026-03-14,0,feed,False
      Four,,x,,2026-03-14,0,new,False
      """
    let items = try exportItems(.readwise, text)
    #expect(items.map(\.draft?.title) == ["One", "Two", nil, nil])
    #expect(
      items[2].outcome == .passedOver(.notSaved(reason: "an entry of a feed that nobody saved")))
    #expect(items[3].outcome == .skipped(.noAddress))
    #expect(items[3].place == "export, line 5")
    let one = try #require(items[0].draft)
    #expect(
      one.state.addedMilliseconds == 1_773_532_523_000
        || one.state.addedMilliseconds == 1_773_532_523_291)
    #expect(one.state.progressPercent == 50 && one.state.isRead == nil && !one.tags.isEmpty)
    let two = try #require(items[1].draft)
    #expect(two.state.progressPercent == 100 && two.state.isRead == true)
    #expect(two.state.isArchived == true)
  }

  @Test func `Raindrop's columns`() throws {
    let found = try drafts(
      .raindrop,
      """
      id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite
      1,T,Mine,Theirs,https://example.org/1,Garden/Peas,"a, b",2023-01-15T10:30:00.000Z,,"Highlight:hot tea
      Note:mm

      Highlight:cold",true
      2,U,,,https://example.org/2,Unsorted,,46224,,,false
      """)
    #expect(found.count == 2)
    #expect(found[0].tags == ["a", "b", "Garden", "Peas"])
    #expect(found[0].state.note == "Mine" && found[0].summary == "Theirs")
    #expect(found[0].state.isStarred == true && found[1].state.isStarred == false)
    #expect(found[0].state.addedMilliseconds == 1_673_778_600_000)
    #expect(found[0].state.highlights.map(\.quote) == ["hot tea", "cold"])
    #expect(found[0].state.highlights.map(\.note) == ["mm", nil])
    #expect(found[1].tags == [] && found[1].state.addedMilliseconds == nil)
  }

  /// A header by which some program names a part of an article, a cell, and what comes of it.
  static let parts: [(header: String, cell: String, isSo: @Sendable (ArticleDraft) -> Bool)] = [
    ("Title", "T", { $0.title == "T" }), ("name", "T", { $0.title == "T" }),
    ("labels", "a;b", { $0.tags == ["a", "b"] }), ("Tags", "a|b c", { $0.tags == ["a", "b c"] }),
    ("Collection", "Garden", { $0.tags == ["Garden"] }),
    ("notes", " n ", { $0.state.note == "n" }), ("Description", "d", { $0.summary == "d" }),
    ("author", "Ann", { $0.author == "Ann" }), ("domain", "Example", { $0.site == "Example" }),
    ("published_at", "2020-03-13", { $0.published == "2020-03-13" }),
    ("language", "de", { $0.language == "de" }),
    ("date_added", "1500000000", { $0.state.addedMilliseconds == 1_500_000_000_000 }),
    ("Created At", "2020-03-13T09:30:00Z", { $0.state.addedMilliseconds == 1_584_091_800_000 }),
    ("is_read", "1", { $0.state.isRead == true }), ("unread", "yes", { $0.state.isRead == false }),
    ("favorite", "true", { $0.state.isStarred == true }),
    ("is_archived", "x", { $0.state.isArchived == true }),
    ("progress", "40%", { $0.state.progressPercent == 40 }),
    ("reading progress", "0.25", { $0.state.progressPercent == 25 }),
    ("rating", "4", { $0.state.rating == 4 }),
    ("state", "archived", { $0.state.isArchived == true && $0.state.isRead == true }),
    ("status", "read", { $0.state.isRead == true && $0.state.isArchived == nil }),
    ("highlights", "tea", { $0.state.highlights.map(\.quote) == ["tea"] }),
    ("content", "<p>x</p>", { $0.text == "<p>x</p>" && $0.format == .html }),
    ("text", "x", { $0.text == "x" && $0.format == .text }),
  ]

  @Test func `columns are known by what programs call them`() throws {
    for part in Self.parts {
      let text = "Link,\(part.header)\nhttps://example.org/1,\(part.cell)\n"
      let draft = try #require(try drafts(.csv, text).first, "\(part.header)")
      #expect(draft.url == "https://example.org/1")
      #expect(part.isSo(draft), "\(part.header): \(draft)")
    }
    let columns = Set(Self.parts.compactMap { ImportColumn(header: $0.header) })
    #expect(columns.union([.url]) == Set(ImportColumn.allCases), "each has a row above")
  }

  @Test func `a header that says nothing is mapped by hand, or refused with its names`() throws {
    let text = "Titel;Adresse;Notiz\nEins;https://a.example/1;n\n"
    #expect(throws: SkipReason.noAddressColumn(columns: ["Titel", "Adresse", "Notiz"])) {
      try exportItems(.csv, text)
    }
    let found = try drafts(.csv, text, columns: [.url: "adresse", .title: "Titel", .note: "Notiz"])
    #expect(found.map(\.url) == ["https://a.example/1"])
    #expect(found.map(\.title) == ["Eins"] && found.map(\.state.note) == ["n"])
    #expect(throws: SkipReason.noSuchColumn(name: "URL", columns: ["Titel", "Adresse", "Notiz"])) {
      try exportItems(.csv, text, columns: [.url: "URL"])
    }
  }

  @Test func `a byte order mark says how a table is written, and another encoding is decoded`()
    throws
  {
    let text = "url,title\nhttps://a.example/1,Café\n"
    for mark: [UInt8] in [[], [0xEF, 0xBB, 0xBF]] {
      #expect(try exportItems(.csv, mark + Array(text.utf8)).map(\.draft?.title) == ["Café"])
    }
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try exportItems(.csv, wide).map(\.draft?.title) == ["Café"])
  }

  @Test func `rows of nothing are passed over`() throws {
    let items = try exportItems(.csv, "url,title\n,\nhttps://a.example/1,A\n\n")
    #expect(items.map { $0.outcome == .passedOver(.empty) } == [true, false])
  }

  @Test func `lists of tags are written in many ways`() {
    let comma: Set<Character> = [","]
    for (text, tags) in [
      ("a, b c ,,a", ["a", "b c"]), ("[\"a\", \"b \\\"c\\\"\"]", ["a", "b \"c\""]),
      ("['a', \"it's\"]", ["a", "it's"]), ("[]", []), (" ", []), ("['open", ["['open"]),
      ("[a]", []),
    ] {
      #expect(ListText.items(of: text, separators: comma) == tags, "\(text)")
    }
  }
}
