import Satchel
import TestSupport
import Testing

@testable import WebReader

@Suite struct ArticleScreenTests {
  private func visit(
    _ text: String = "# Peas\n\nThe first row.\n\nAnd the second row.",
    _ change: (inout ArticleDraft) -> Void = { _ in }
  ) async throws -> (TestVisit, ArticleID) {
    let visit = TestVisit(try await Library.inMemory())
    var draft = ArticleDraft(title: "Peas", format: .markdown, body: Array(text.utf8))
    change(&draft)
    return (visit, try await visit.library.add(draft).id)
  }

  private func page(_ answer: TestVisit.Answer, _ place: String = "") throws -> StrictMarkup {
    try #require(PageCheck.expectSafe(answer.text, place))
  }

  @Test func `it says what the article is, and shows its text`() async throws {
    let (visit, id) = try await visit {
      $0.url = "https://example.org/peas?a=1&b=2"
      $0.site = "example.org"
      $0.author = "Ann <b>"
      $0.published = "2020-03-13T10:00:00Z"
      $0.language = "en"
    }
    let answer = await visit.get("article/\(id)")
    let page = try page(answer)
    #expect(answer.status == 200 && answer.header("Cache-Control") == "no-store")
    #expect(page.all("h1").map(\.text) == ["Peas"])
    let facts = try #require(page.elements.first { $0.attributes["class"] == "facts" })
    #expect(facts.text.contains("example.org · Ann <b> · "))
    #expect(facts.text.contains("1 min read · Original"))
    #expect(page.all("time").first?.attributes["datetime"] == "2020-03-13")
    let original = try #require(page.elements.first { $0.attributes["class"] == "original" })
    #expect(original.attributes["href"] == "https://example.org/peas?a=1&b=2")
    #expect(page.all("article").first?.attributes["lang"] == "en")
    let text = try #require(page.element(id: "text"))
    #expect(text.attributes["data-id"] == id.description)
    #expect(text.attributes["data-progress"] == "0")
    #expect(text.text.contains("The first row.") && !text.text.contains("Peas"))
    // The beginning of its id leads to it, too.
    #expect(await visit.get("article/\(id.description.prefix(8))").status == 200)
    #expect(await visit.get("article/aaaaaaaa").status != 200)
  }

  @Test(arguments: [("ar", "rtl"), ("he-IL", "rtl"), ("en", "auto"), ("zh-Hans", "auto")])
  func `a text runs in the direction of its language`(language: String, direction: String)
    async throws
  {
    let (visit, id) = try await visit { $0.language = language }
    let page = try page(await visit.get("article/\(id)"))
    let article = try #require(page.all("article").first)
    #expect(article.attributes["dir"] == direction && article.attributes["lang"] == language)
  }

  @Test func `forms say what is so and offer the other; who only reads has none`() async throws {
    let (visit, id) = try await visit()
    _ = try await visit.library.mark([id], .starred)
    _ = try await visit.library.tag([id], ["a tag"])
    _ = try await visit.library.setNote(id, "\nmy note")
    _ = try await visit.library.rate(id, stars: 3)
    let page = try page(await visit.get("article/\(id)?q=tag%3Ax"))
    let marks = page.all("button").filter { $0.attributes["name"] == "mark" }
    #expect(marks.compactMap { $0.attributes["value"] } == ["read", "unstarred", "archived"])
    for form in ["mark", "rate", "tag", "untag", "note", "title", "delete", "evict", "highlight"] {
      #expect(page.element(id: form)?.name == "form", "\(form)")
    }
    let pressed = page.all("button").filter { $0.attributes["aria-pressed"] == "true" }
    #expect(pressed.compactMap { $0.attributes["value"] } == ["3"])
    // A browser drops the first line end of a text area.
    #expect(page.element(id: "note-text")?.text == "\n\nmy note")
    for form in page.all("form") where form.attributes["method"] == "post" {
      let place = page.elements.firstIndex { $0.attributes == form.attributes && $0.name == "form" }
      let fields = page.elements.filter { $0.around.contains(place ?? -1) }
      #expect(fields.contains { $0.attributes["value"] == TestVisit.token })
      #expect(fields.contains { $0.attributes["value"] == "/prefix/article/\(id)?q=tag%3Ax" })
    }
    let labels = Set(page.all("label").compactMap { $0.attributes["for"] })
    for field in page.all("textarea") + page.all("select") {
      #expect(labels.contains(field.attributes["id"] ?? ""))
    }
    var reader = visit
    reader.isReadOnly = true
    let read = try self.page(await reader.get("article/\(id)"))
    #expect(!read.all("form").contains { $0.attributes["method"] == "post" })
    #expect(read.all("p").contains { $0.text == "\nmy note" })
    #expect(read.all("a").contains { $0.text == "a tag" })
    #expect(!read.elements.contains { $0.attributes["value"] == TestVisit.token })
  }

  @Test func `highlights are marked in the text and listed with their notes`() async throws {
    let (visit, id) = try await visit { $0.url = "https://example.org/peas" }
    let row = try #require(try await visit.library.article(id))
    let first = try await visit.library.highlight(
      row, passage: "first row", color: "green", note: "<sown>")
    let orphan = try await visit.library.highlight(row, passage: "second", color: "odd")
    let page = try page(await visit.get("article/\(id)"))
    let mark = try #require(page.element(id: "mark-\(first.changed[0])"))
    #expect(mark.text == "first row" && mark.attributes["class"] == "green")
    let item = try #require(page.element(id: "highlight-\(first.changed[0])"))
    #expect(item.attributes["class"] == "green" && item.text.contains("<sown>"))
    #expect(page.all("a").contains { $0.attributes["href"] == "#mark-\(first.changed[0])" })
    #expect(page.element(id: "mark-\(orphan.changed[0])")?.attributes["class"] == "yellow")
    // Another text has no place for the second.
    var draft = ArticleDraft(
      title: "Peas", format: .markdown, body: Array("The first row, alone.".utf8))
    draft.url = row.article.url
    #expect(try await visit.library.add(draft).id == id)
    let later = try self.page(await visit.get("article/\(id)"))
    #expect(later.element(id: "mark-\(orphan.changed[0])") == nil)
    let lost = try #require(later.element(id: "highlight-\(orphan.changed[0])"))
    #expect(lost.attributes["class"] == "yellow orphan")
    #expect(lost.text.contains("second") && lost.text.contains("not in the text as it is now"))
  }

  @Test func `neighbors are those of the list as it was last seen`() async throws {
    let visit = TestVisit(try await Library.inMemory())
    var ids: [ArticleID] = []
    for number in 0..<3 {
      var draft = ArticleDraft(
        title: "N\(number)", format: .text, body: Array("text \(number)".utf8))
      draft.published = "2020-01-0\(9 - number)"
      ids.append(try await visit.library.add(draft).id)
    }
    func neighbors(_ query: String) async throws -> [String: String] {
      let page = try page(await visit.get("article/\(ids[1])\(query)"))
      return page.all("a").reduce(into: [:]) { links, link in
        if let rel = link.attributes["rel"], ["prev", "next"].contains(rel) {
          links[rel] = link.attributes["href"]
        }
      }
    }
    let query = "?q=is%3Aunread&sort=-published"
    let before = try await neighbors(query)
    #expect(before["next"]?.hasPrefix("/prefix/article/\(ids[0].description.prefix(8))") == true)
    #expect(before["next"]?.hasSuffix(query) == true)
    #expect(before["prev"]?.hasPrefix("/prefix/article/\(ids[2].description.prefix(8))") == true)
    _ = try await visit.library.mark(ids, .read)
    #expect(try await neighbors(query) == before)
    #expect(try await neighbors("?q=is%3Astarred").isEmpty)
    // A query that is none has no neighbors, and the article is shown.
    #expect(try await neighbors("?q=is%3A%22").isEmpty)
  }

  @Test func `a very long article has parts that lead to one another`() async throws {
    let words = String(repeating: "peas ", count: 200)
    let text = (0..<700).map { "Paragraph \($0) of \(words)." }.joined(separator: "\n\n")
    let (visit, id) = try await visit(text)
    let first = try page(await visit.get("article/\(id)?q=is%3Aread"))
    let parts = try #require(
      first.element(id: "text")?.attributes["data-parts"].flatMap { Int($0) })
    #expect(parts > 1)
    let nav = first.all("a").first { $0.text == "Next part" }
    #expect(nav?.attributes["href"] == "/prefix/article/\(id)?q=is%3Aread&part=2")
    let last = try page(await visit.get("article/\(id)?part=\(parts)"))
    #expect(last.element(id: "text")?.text.contains("Paragraph 699") == true)
    #expect(await visit.get("article/\(id)?part=\(parts + 1)").status == 404)
    #expect(await visit.get("article/\(id)?part=0").status == 404)
    let row = try #require(try await visit.library.article(id))
    let made = try await visit.library.highlight(row, passage: "Paragraph 699")
    let again = try page(await visit.get("article/\(id)"))
    #expect(
      again.all("a").contains {
        $0.attributes["href"] == "/prefix/article/\(id)?part=\(parts)#mark-\(made.changed[0])"
      })
  }

  @Test func `a text that is not here is told of, and can be fetched`() async throws {
    let study = try await Library.inMemory(name: "study")
    let kitchen = try await Library.inMemory(
      name: "kitchen", joining: try await study.invitation())
    let id = try await study.add(
      ArticleDraft(title: "Peas", format: .text, body: Array("Peas.".utf8))
    ).id
    var options = BundleOptions()
    options.includesBodies = false
    let bundle = try await study.createBundle(
      at: study.folder.appending("b.satchel"), options: options
    ).result()
    _ = try await kitchen.merge(bundle.paths).result()
    let visit = TestVisit(kitchen)
    let asked = try page(await visit.get("article/\(id)"))
    #expect(asked.element(id: "text") == nil && asked.element(id: "fetch") == nil)
    #expect(asked.all("p").contains { $0.text.contains("The text is missing here and asked for") })
    _ = try await kitchen.evict([id])
    let leftOut = try page(await visit.get("article/\(id)"))
    #expect(leftOut.all("p").contains { $0.text.contains("This machine does not keep the text") })
    #expect(leftOut.element(id: "fetch")?.name == "form")
    #expect(await visit.post("article/\(id)/fetch").status == 303)
    #expect(try page(await visit.get("article/\(id)")).element(id: "fetch") == nil)
    let link = try await kitchen.add(ArticleDraft(title: "", url: "https://example.org/l")).id
    let page = try page(await visit.get("article/\(link)"))
    #expect(page.all("p").contains { $0.text.hasPrefix("This is a link without a text.") })
    #expect(page.all("h1").map(\.text) == ["https://example.org/l"])
  }

  @Test func `it speaks Chinese to whoever reads that`() async throws {
    var (visit, id) = try await visit()
    visit.words = Words(language: .chinese)
    let page = try page(await visit.get("article/\(id)"))
    #expect(page.all("button").contains { $0.text == "标为已读" })
    #expect(page.all("html").first?.attributes["lang"] == "zh-Hans")
  }

  @Test func `an ordinary article's page weighs little beside its text`() async throws {
    let (visit, id) = try await visit(String(repeating: "Peas and beans. ", count: 3_000))
    let answer = await visit.get("article/\(id)")
    #expect(answer.bytes.count < 48_000 + 20_000)
  }
}

@Suite struct PictureScreenTests {
  @Test func `a picture is what its bytes say, and nothing else is one`() async throws {
    let visit = TestVisit(try await Library.inMemory())
    let bodies: [(String, [UInt8], String?)] = [
      ("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "image/png"),
      ("b.png", [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
      ("c.jpg", Array("GIF89a<script>x()</script>".utf8), "image/gif"),
      ("d.webp", Array("RIFF0000WEBPVP8 ".utf8), "image/webp"),
      ("e.avif", [0, 0, 0, 28] + Array("ftypavif0000".utf8), "image/avif"),
      ("f.svg", Array("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>".utf8), nil),
      ("g.png", Array("<html><script>x()</script></html>".utf8), nil), ("h.png", [0x89], nil),
    ]
    var draft = ArticleDraft(
      title: "Pictures", format: .markdown,
      body: Array(bodies.map { "![\($0.0)](\($0.0))" }.joined(separator: "\n\n").utf8))
    draft.images = bodies.map { ImageDraft(reference: $0.0, bytes: $0.1) }
    let row = try #require(
      try await visit.library.article(try await visit.library.add(draft).id))
    let images = try await visit.library.images(of: row)
    for (name, bytes, type) in bodies {
      let hash = try #require(images[name])
      let answer = await visit.get("image/\(hash)")
      guard let type else {
        #expect(answer.status == 404, "\(name)")
        continue
      }
      #expect(answer.status == 200 && answer.bytes == bytes, "\(name)")
      #expect(answer.header("Content-Type") == type, "\(name)")
    }
    let page = try #require(
      PageCheck.expectSafe(await visit.get("article/\(row.id)").text, "pictures"))
    let shown = page.all("img").compactMap { $0.attributes["src"] }
    #expect(
      shown
        == bodies.filter { $0.2 != nil }.map { "/prefix/image/\(images[$0.0]?.description ?? "")" })
    #expect(page.element(id: "text")?.text.contains("[image: f.svg]") == true)
    // The text itself is no picture, and neither is what was never here.
    let text = try #require(row.article.body)
    #expect(await visit.get("image/\(text)").status == 404)
    #expect(await visit.get("image/\(String(repeating: "0", count: 64))").status == 404)
    #expect(await visit.get("image/..%2Fstate").status == 404)
  }
}
