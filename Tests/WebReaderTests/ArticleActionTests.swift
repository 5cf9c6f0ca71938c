import Satchel
import TestSupport
import Testing

@testable import WebReader

@Suite struct ArticleActionTests {
  private func visit(_ text: String = "red tea, green tea") async throws -> (TestVisit, ArticleID) {
    let visit = TestVisit(try await Library.inMemory())
    let draft = ArticleDraft(title: "Tea", format: .text, body: Array(text.utf8))
    return (visit, try await visit.library.add(draft).id)
  }

  private func memo(of shown: Shown) throws -> String {
    try #require(ShownMemo(shown, text: FormText.untouched(shown.text ?? "")).text)
  }

  @Test func `each form does what it says and leads back`() async throws {
    let (visit, id) = try await visit()
    let library = visit.library
    let back = "/prefix/article/\(id)?q=x"
    func article() async throws -> Article {
      try #require(try await library.article(id)).article
    }
    for mark in Mark.allCases {
      let answer = await visit.post("article/\(id)/mark", ["mark": mark.rawValue, "back": back])
      #expect(answer.status == 303 && answer.location == back, "\(mark)")
    }
    #expect(try await !article().isRead)
    _ = await visit.post("article/\(id)/mark", ["mark": "starred"])
    #expect(try await article().isStarred)
    #expect(await visit.post("article/\(id)/rate", ["stars": "4"]).status == 303)
    #expect(try await article().rating == 4)
    #expect(await visit.post("article/\(id)/tags", ["add": " tea "]).status == 303)
    #expect(try await article().tags == ["tea"])
    #expect(await visit.post("article/\(id)/tags", ["remove": "tea"]).status == 303)
    #expect(try await article().tags.isEmpty)
    #expect(await visit.post("article/\(id)/delete").location == "/prefix/")
    #expect(try await article().isDeleted)
    #expect(await visit.post("article/\(id)/mark", ["mark": "read"]).status != 303)
    #expect(await visit.get("article/\(id)").text.contains("This article was deleted."))
    #expect(await visit.post("article/\(id)/restore", ["back": back]).location == back)
    #expect(try await !article().isDeleted)
    #expect(await visit.post("article/\(id)/evict").status == 303)
    #expect(await visit.post("article/\(id)/burn").status == 404)
    let names = try await library.actions().map(\.command)
    #expect(names.prefix(3) == ["restore", "delete", "untag"])
    #expect(names.contains("mark starred") && names.contains("rate"))
  }

  @Test(arguments: [
    ("mark", "mark", "eaten"), ("mark", "mrk", "read"), ("rate", "stars", "6"),
    ("rate", "stars", "x"), ("progress", "percent", "101"), ("progress", "percent", ""),
  ])
  func `what is out of bounds changes nothing`(verb: String, field: String, value: String)
    async throws
  {
    let (visit, id) = try await visit()
    let before = try await visit.library.status().fingerprint
    #expect(await visit.post("article/\(id)/\(verb)", [field: value]).status == 400)
    #expect(try await visit.library.status().fingerprint == before)
  }

  @Test func `progress shows nothing and is no action`() async throws {
    let (visit, id) = try await visit()
    let actions = try await visit.library.actions().count
    let answer = await visit.post("article/\(id)/progress", ["percent": "40"])
    #expect(answer.status == 204 && answer.bytes.isEmpty)
    #expect(try await visit.library.article(id)?.article.progressPercent == 40)
    #expect(try await visit.library.actions().count == actions)
  }

  @Test func `a note is saved over what its form showed, with line ends as they were meant`()
    async throws
  {
    let (visit, id) = try await visit()
    let memo = try memo(of: try await visit.library.note(of: id))
    let saved = await visit.post("article/\(id)/note", ["text": "a\r\nb", "shown": memo])
    #expect(saved.status == 303)
    #expect(try await visit.library.note(of: id).text == "a\nb")
    // Another form that was open before: both stay.
    _ = await visit.post("article/\(id)/note", ["text": "c", "shown": memo])
    #expect(try await visit.library.conflicts(inNoteOf: id).count == 1)
    let page = await visit.get("article/\(id)")
    #expect(page.text.contains("In conflict"))
    // The page's own form, sent as it is, changes nothing.
    let present = try self.memo(of: try await visit.library.note(of: id))
    #expect(page.text.contains(present))
  }

  @Test func `a form of another text, or none, is refused and keeps what was typed`() async throws {
    let (visit, id) = try await visit()
    _ = try await visit.library.setNote(id, "there")
    let title = try memo(of: try await visit.library.title(of: id))
    for shown in [title, "", "AAAA", "x y"] {
      let answer = await visit.post(
        "article/\(id)/note",
        ["text": "ty<ped", "shown": shown, "back": "/prefix/article/\(id)?q=x"])
      #expect(answer.status == 400)
      let page = try #require(PageCheck.expectSafe(answer.text, shown))
      #expect(page.element(id: "note-text")?.text == "\nty<ped")
      #expect(page.all("p").contains { $0.text == "there" })
      // What is sent from there leads back to where the first form stood.
      #expect(
        page.all("input").contains { $0.attributes["value"] == "/prefix/article/\(id)?q=x" })
    }
    #expect(try await visit.library.note(of: id).text == "there")
  }

  @Test func `what was refused still answers what its form began with`() async throws {
    let (visit, id) = try await visit()
    let memo = try memo(of: try await visit.library.title(of: id))
    let refused = await visit.post("article/\(id)/title", ["text": " \r\n", "shown": memo])
    #expect(refused.status == 400 && refused.text.contains(memo))
    let tag = await visit.post("article/\(id)/tags", ["add": " "])
    #expect(tag.status == 400)
    PageCheck.expectSafe(tag.text, "tag")
    let long = String(repeating: "t", count: 1_100)
    let longTag = await visit.post("article/\(id)/tags", ["add": long])
    #expect(longTag.status == 400 && longTag.text.contains("value=\"\(long)\""))
    #expect(await visit.post("article/\(id)/title", ["text": "Té", "shown": memo]).status == 303)
    #expect(try await visit.library.article(id)?.article.title == "Té")
  }

  @Test func `a passage that stands in several places is asked about`() async throws {
    let (visit, id) = try await visit()
    let typed = [("quote", "tea"), ("color", "green"), ("note", "no\"te")]
    let asked = await visit.post(
      "article/\(id)/highlight", ["quote": "tea", "color": "green", "note": "no\"te"])
    #expect(asked.status == 400)
    let page = try #require(PageCheck.expectSafe(asked.text, "places"))
    let choices = page.all("input").filter { $0.attributes["name"] == "number" }
    #expect(choices.compactMap { $0.attributes["value"] } == ["1", "2"])
    #expect(page.element(id: "highlight-quote")?.text == "\n\(typed[0].1)")
    #expect(page.element(id: "highlight-note")?.attributes["value"] == "no\"te")
    #expect(
      page.all("option").first { $0.attributes["selected"] != nil }?.attributes["value"] == "green")
    let made = await visit.post(
      "article/\(id)/highlight",
      ["quote": "tea", "number": "2", "color": "green", "note": "no\"te"])
    #expect(made.status == 303)
    let row = try #require(try await visit.library.article(id))
    let highlight = try #require(try await visit.library.highlights(of: row).first)
    #expect(highlight.place == .scalars(15..<18) && highlight.row.highlight.color == "green")
    let none = await visit.post("article/\(id)/highlight", ["quote": "coffee"])
    #expect(none.status == 400 && none.text.contains("coffee"))
    #expect(await visit.post("article/\(id)/highlight", ["quote": " "]).status == 400)
  }

  @Test func `a highlight's note is changed, and the highlight taken away`() async throws {
    let (visit, id) = try await visit()
    let row = try #require(try await visit.library.article(id))
    let made = try await visit.library.highlight(row, passage: "red").changed[0]
    let memo = try memo(of: try await visit.library.note(of: made))
    #expect(
      await visit.post("highlight/\(made)/note", ["text": "why", "shown": memo]).status == 303)
    #expect(try await visit.library.note(of: made).text == "why")
    let refused = await visit.post("highlight/\(made)/note", ["text": "typed", "shown": "?"])
    #expect(refused.status == 400)
    let page = try #require(PageCheck.expectSafe(refused.text, "highlight"))
    #expect(page.element(id: "note-\(made)")?.text == "\ntyped")
    #expect(await visit.post("highlight/\(made)/delete").status == 303)
    #expect(try await visit.library.highlights(of: row).isEmpty)
    #expect(await visit.post("highlight/\(made)/burn").status == 404)
    #expect(await visit.post("highlight/aaaaaaaa/delete").status != 303)
    #expect(
      try await visit.library.actions().prefix(2).map(\.command)
        == ["delete highlight", "highlight note"])
  }
}

@Suite struct SeenListsTests {
  @Test func `a list stays as it was seen until it is seen anew`() async throws {
    let library = try await Library.inMemory()
    let draft = ArticleDraft(title: "Tea", format: .text, body: Array("tea".utf8))
    let id = try await library.add(draft).id
    let lists = SeenLists()
    func count(_ query: String, sort: String = "", fresh: Bool = false) async throws -> Int {
      let asked = ListQuery(query, sort: sort)
      if !fresh, let listing = await lists.seen(asked) { return listing.count }
      return try await lists.listing(asked, asked.plan(in: library), in: library).count
    }
    #expect(try await count("is:unread") == 1)
    _ = try await library.mark([id], .read)
    #expect(try await count("is:unread") == 1)
    // Another order is another list.
    #expect(try await count("is:unread", sort: "title") == 0)
    #expect(try await count("is:unread", fresh: true) == 0)
    #expect(try await count("is:unread") == 0)
    _ = try await library.mark([id], .unread)
    // Those that were not looked at for long go.
    for number in 0..<SeenLists.count { _ = try await count("title:\(number)") }
    #expect(try await count("is:unread") == 1)
    await #expect(throws: LibraryError.self) { try await count("is:") }
  }
}

@Suite struct FormTextTests {
  @Test func `a text that nobody touches comes back as it is expected`() {
    #expect(FormText.received("a\r\nb\rc\n") == "a\nb\nc\n")
    #expect(FormText.untouched("a\r\n\u{0}\tb\u{7F}") == "a\n\u{FFFD}\tb\u{FFFD}")
    #expect(FormText.fits("a") && !FormText.fits(String(repeating: "茶", count: 5_000)))
  }

  @Test func `reading takes as long as there are words, or characters without them`() {
    func minutes(_ text: String) -> Int { ReadingTime(html: Array("<p>\(text)</p>".utf8)).minutes }
    #expect(minutes("") == 1)
    #expect(minutes(String(repeating: "tea <b>leaf</b> ", count: 1_150)) == 10)
    #expect(minutes(String(repeating: "茶叶", count: 2_000)) == 10)
  }
}
