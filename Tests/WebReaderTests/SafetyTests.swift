import Satchel
import TestSupport
import Testing

@testable import WebReader

/// Pages of hostile documents hold nothing but what this program writes.
@Suite struct SafetyTests {
  @Test func `there are the twenty-five documents`() {
    #expect(HostileDocument.all().count == 25)
    #expect(Set(HostileDocument.all().map(\.name)).count == 25)
  }

  @Test(arguments: HostileDocument.all())
  func `a hostile document is a page of allowed elements`(document: HostileDocument) async throws {
    let visit = TestVisit(try await Library.inMemory())
    for format in BodyFormat.allCases {
      let draft = ArticleDraft(
        title: String(document.text.prefix(200)), format: format, body: Array(document.text.utf8))
      let id = try await visit.library.add(draft).id
      let page = await visit.get("article/\(id)")
      #expect(page.status == 200)
      let markup = try #require(
        PageCheck.expectSafe(page.text, "\(document.name) as \(format.rawValue)"))
      #expect(markup.all("h1").count == 1)
      #expect(markup.all("img").isEmpty && markup.element(id: "text") != nil)
    }
  }

  @Test(arguments: HostileDocument.names())
  func `hostile titles, tags, notes, sites, addresses and quotes are text`(text: String)
    async throws
  {
    let visit = TestVisit(try await Library.inMemory())
    var draft = ArticleDraft(
      title: text, format: .text, body: Array("alpha \(text) omega".utf8))
    draft.author = text
    draft.site = text
    draft.published = text
    draft.language = text
    let id = try await add(draft, with: [text, "https://e.org/?\(text)"], to: visit.library)
    let tag = text.replacing("\u{0}", with: "")
    _ = try await visit.library.tag([id], [tag])
    _ = try await visit.library.setNote(id, text)
    let row = try #require(try await visit.library.article(id))
    let marked = try await visit.library.highlight(
      row, passage: "alpha", color: "red", note: text)
    #expect(marked.changed.count == 1)
    for query in ["", "?q=\(PercentText.encoded(text))&sort=\(PercentText.encoded(text))"] {
      let page = await visit.get("article/\(id)\(query)")
      let markup = try #require(PageCheck.expectSafe(page.text, text))
      #expect(markup.all("mark").count == 1)
      #expect(markup.all("h1").count == 1)
    }
    // What was typed and refused comes back likewise.
    for (verb, field) in [("note", "text"), ("title", "text"), ("highlight", "quote")] {
      let page = await visit.post(
        "article/\(id)/\(verb)", [field: "no \(text)", "shown": text, "back": text, "note": text])
      #expect(page.status == 400)
      PageCheck.expectSafe(page.text, "\(verb): \(text)")
    }
    var reader = visit
    reader.isReadOnly = true
    PageCheck.expectSafe(await reader.get("article/\(id)").text, "read only: \(text)")
  }

  @Test func `every place is a page of allowed elements, whatever things are called`() async throws
  {
    let pair = try await TestLibrary.Pair()
    let names = HostileDocument.names()
    for (number, name) in names.enumerated() {
      var draft = ArticleDraft(title: name, format: .text, body: Array("peas \(name)".utf8))
      (draft.author, draft.site, draft.language) = (name, name, name)
      let id = try await add(draft, with: ["https://e.org/\(number)?\(name)"], to: pair.study)
      _ = try await pair.study.tag([id], [name.replacing("\u{0}", with: "")])
      // One is in conflict, one deleted, one read in part, and so on.
      if number % 3 == 0 { _ = try await pair.study.delete([id]) }
      if number % 3 == 1 { _ = try await pair.study.setProgress(id, percent: 50) }
    }
    try await pair.meet()
    for row in try await pair.study.list(.all).page(0..<names.count) {
      for library in [pair.study, pair.kitchen] {
        _ = try await library.setNote(
          row.id, "\(row.article.title) \(try await library.replicaName() ?? "")")
      }
    }
    try await pair.meet()
    for library in [pair.study, pair.kitchen] {
      try await library.rename("<b>\"'&amp;")
      let row = try #require(try await library.list(.all).page(0..<1).first)
      _ = try await library.acting(as: names[0]).setProgress(row.id, percent: 60)
    }
    try await pair.meet()
    try await pair.study.addRemote("stick", target: pair.target)
    for isReadOnly in [false, true] {
      var visit = TestVisit(pair.study)
      visit.isReadOnly = isReadOnly
      for address in LanguageTests.addresses {
        PageCheck.expectSafe(await visit.get(address).text, address)
      }
      for name in names {
        let text = PercentText.encoded(name)
        for address in [
          "?q=\(text)&\(text)=1", "tags?rename=\(text)", "history?left=\(text)&changed=1",
        ] {
          PageCheck.expectSafe(await visit.get(address).text, address)
        }
      }
    }
    for name in names {
      for (address, fields) in [
        ("tags/rename", ["old": name, "new": name]), ("add", ["title": name, "url": name]),
        ("views/add", ["name": name, "query": name]), ("conflicts/settle", ["conflict": name]),
        ("add", ["text": name, "title": name, "tags": name]),
      ] as [(String, KeyValuePairs<String, String>)] {
        PageCheck.expectSafe(await TestVisit(pair.study).post(address, fields).text, address)
      }
    }
  }

  /// With the first of some addresses that is one for the library, or with none.
  private func add(
    _ draft: ArticleDraft, with addresses: [String], to library: Library
  ) async throws -> ArticleID {
    var draft = draft
    for address in addresses {
      draft.url = address
      do { return try await library.add(draft).id } catch LibraryError.invalid { continue }
    }
    draft.url = nil
    return try await library.add(draft).id
  }

  @Test func `the check itself refuses what a page may not hold`() {
    for bad in [
      "<p>a", "<p onclick=\"x\">a</p>", "<script>x()</script>", "<p>a & b</p>", "<p id='a'>b</p>",
      "<a href=\"javascript:x\">a</a>", "<a href=\"https://e.org\">a</a>", "<p>a</b></p>",
      "<img src=\"https://e.org\">", "<svg></svg>", "<i id=\"a\"></i>", "<p>\u{0}</p>",
      "<meta http-equiv=\"refresh\" content=\"0\">", "<p id=\"a\"></p><p id=\"a\"></p>",
      "<p a=\"1\" a=\"2\"></p>", "<p title=\"a>b\"></p>", "<form action=\"//e.org\"></form>",
    ] {
      withKnownIssue { PageCheck.expectSafe(bad, bad) }
    }
    PageCheck.expectSafe("<p class=\"a\">b &amp; c<br></p>", "good")
  }
}
