import Satchel
import Testing

@testable import WebReader

/// The list: what it shows, and what its buttons change.
@Suite struct ListScreenTests {
  @Test func `without a query the list shows what is unread, the newest first`() async throws {
    let (library, ids) = try await TestLibrary.made()
    _ = try await library.mark([library.article(ids[1]).id], .read)
    let page = await TestVisit(library).get("")
    #expect(page.status == 200)
    #expect(page.text.rows == [ids[2], ids[0]])
    #expect(page.text.contains("<h1>Unread</h1>"))
    #expect(page.text.contains("2 articles"))
  }

  @Test func `a row says where an article is from, when, how far it was read, and what it is`()
    async throws
  {
    let (library, ids) = try await TestLibrary.made(1)
    let id = try await library.article(ids[0]).id
    _ = try await library.setProgress(id, percent: 35)
    _ = try await library.mark([id], .starred)
    _ = try await library.rate(id, stars: 4)
    let text = await TestVisit(library).get("").text
    for part in [
      ">example.net</a>", "<time datetime=\"2026-03-02\">2 Mar 2026</time>",
      "<progress max=\"100\" value=\"35\"", "★★★★", ">odd</a>", "class=\"unread starred\"",
      "lang=\"en\"", "value=\"read \(ids[0])\"", "value=\"unstarred \(ids[0])\"",
      "value=\"archived \(ids[0])\"",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `an address without a text, and a text that is elsewhere, are told apart`()
    async throws
  {
    let pair = try await TestLibrary.Pair()
    _ = try await pair.study.add(ArticleDraft(title: "Alone", url: "https://example.org/a"))
    _ = try await pair.study.add(TestLibrary.draft(2))
    _ = try await pair.kitchen.keep(TextPolicy(query: "is:starred"))
    try await pair.meet()
    let text = await TestVisit(pair.kitchen).get("").text
    #expect(text.contains("link only") && text.contains("text not here"))
    #expect(!(await TestVisit(pair.study).get("").text).contains("text not here"))
  }

  @Test func `a query, an order and the reverse of one are as the library has them`()
    async throws
  {
    let (library, ids) = try await TestLibrary.made(4)
    let visit = TestVisit(library)
    #expect(await visit.get("?q=tag%3Aodd").text.rows == [ids[2], ids[0]])
    #expect(await visit.get("?q=tag%3Aodd&sort=-published").text.rows == [ids[0], ids[2]])
    #expect(await visit.get("?q=-is%3Aarchived&sort=title").text.rows == ids)
    #expect(await visit.get("?q=-is%3Aarchived&sort=-title").text.rows == ids.reversed())
  }

  @Test func `words are shown where they stand, in archived articles too, the best first`()
    async throws
  {
    let (library, ids) = try await TestLibrary.made(2)
    var best = ArticleDraft(title: "Number one", format: .text, body: Array("Nothing.".utf8))
    best.url = "https://example.org/best"
    let id = try await library.add(best).id
    _ = try await library.mark([id], .archived)
    let page = await TestVisit(library).get("?q=number")
    #expect(page.text.rows.first == (try await library.shortID(of: id)))
    #expect(Set(page.text.rows).isSuperset(of: ids))
    #expect(page.text.contains("Garden peas <mark>number</mark> 1."))
    #expect(page.text.contains("archived"))
  }

  @Test func `while the index is built a page says how far it is, and asks for itself anew`()
    async throws
  {
    let (library, _) = try await TestLibrary.made(2)
    let visit = TestVisit(library)
    let plan = try await ListQuery("peas").plan(in: library)
    let standing = try await visit.reader.searching.prepare(plan, in: library, patience: .zero)
    guard case .indexing = standing else {
      Issue.record("it was ready at once")
      return
    }
    // Whoever waits sees the end of what is under way.
    let ready = try await visit.reader.searching.prepare(plan, in: library, patience: .seconds(60))
    guard case .ready = ready else {
      Issue.record("it did not end")
      return
    }
    let page = visit.visit(.get, "?q=peas")
    let numbers = try await visit.reader.numbers.numbers(of: library)
    let answer = ListScreen(visit: page).waiting(
      ListQuery("peas"), numbers, WorkProgress(.articles, done: 1_200, total: 13_800, .indexing))
    let text = TestVisit.Answer(response: answer).text
    #expect(text.contains("1,200 of 13,800") && text.contains("value=\"1200\""))
    #expect(text.contains("<meta http-equiv=\"refresh\" content=\"1\">"))
    #expect(await visit.get("?q=peas").text.rows.count == 2)
  }

  @Test(arguments: [
    ("is:unraed", "Did you mean unread?", "is:<mark>unraed</mark>"),
    ("tag:a (b", "leave it out.", "tag:a <mark>(</mark>b"),
    ("since:soon", "Days are written", "since:<mark>soon</mark>"),
  ])
  func `a query that does not read is shown with its place, and stays in the box`(
    query: String, remedy: String, excerpt: String
  ) async throws {
    let (library, _) = try await TestLibrary.made(1)
    let page = await TestVisit(library).get("?q=\(PercentText.encoded(query))")
    #expect(page.status == 400)
    #expect(page.text.contains("name=\"q\" value=\"\(query)\""))
    #expect(page.text.contains(excerpt) && page.text.contains(remedy))
  }

  @Test func `a view that there is not is told of in the list`() async throws {
    let (library, _) = try await TestLibrary.made(1)
    let page = await TestVisit(library).get("?q=%40morning")
    #expect(page.status == 400 && page.text.contains("There is no view &quot;morning&quot;."))
  }

  @Test func `a long list is shown in pages that lead to each other`() async throws {
    let (library, _) = try await TestLibrary.made(120)
    let visit = TestVisit(library)
    let first = await visit.get("")
    #expect(first.text.rows.count == 50 && first.text.contains("1–50 of 120 articles"))
    #expect(first.text.contains("?from=51\" rel=\"next\"") && !first.text.contains("rel=\"prev\""))
    let last = await visit.get("?from=101")
    #expect(last.text.rows.count == 20 && last.text.contains("101–120 of 120 articles"))
    #expect(last.text.contains("?from=51\" rel=\"prev\"") && !last.text.contains("rel=\"next\""))
    #expect(last.text.contains("start=\"101\""))
    // What nobody can mean shows the end.
    for from in ["0", "-5", "x", "9999999999999999999"] {
      #expect(await visit.get("?from=\(from)").text.rows.count == 50)
    }
    #expect(await visit.get("?from=5000").text.rows.count == 1)
  }

  @Test(arguments: Mark.allCases)
  func `each button marks its article, in an action that is undone`(mark: Mark) async throws {
    let (library, ids) = try await TestLibrary.made(1)
    let id = try await library.article(ids[0]).id
    let opposites: [Mark: Mark] = [
      .unread: .read, .unstarred: .starred, .unarchived: .archived,
    ]
    if let opposite = opposites[mark] { _ = try await library.mark([id], opposite) }
    let before = try await library.article(ids[0]).article
    let answer = await TestVisit(library).post(
      "list/mark", ["do": "\(mark.rawValue) \(ids[0])", "back": "/prefix/?q=tag%3Aodd"])
    #expect(answer.status == 303 && answer.location == "/prefix/?q=tag%3Aodd")
    #expect(try await library.article(ids[0]).article != before)
    #expect(try await library.actions().first?.command == "mark \(mark.rawValue) \(ids[0])")
    _ = try await library.undo()
    #expect(try await library.article(ids[0]).article == before)
  }

  @Test func `a button that says nothing, or names nothing, changes nothing`() async throws {
    let (library, ids) = try await TestLibrary.made(1)
    let visit = TestVisit(library)
    let revision = try await library.revision()
    for (asked, status) in [
      ("", 400), ("read", 400), ("read zzzzzzzz", 404), ("burn \(ids[0])", 400), ("read a", 400),
    ] {
      #expect(await visit.post("list/mark", ["do": asked]).status == status, "\(asked)")
    }
    #expect(try await library.revision() == revision)
  }

  @Test func `a query is kept as a view, listed beside the list, and taken away`() async throws {
    let (library, ids) = try await TestLibrary.made(4)
    let visit = TestVisit(library)
    #expect(await visit.get("?q=tag%3Aodd").text.contains("action=\"/prefix/views/add\""))
    let kept = await visit.post(
      "views/add", ["name": "@mornings", "query": "tag:odd", "sort": "-published"])
    #expect(kept.location == "/prefix/?q=%40mornings")
    let shown = await visit.get(kept.location ?? "")
    #expect(shown.text.rows == [ids[0], ids[2]])
    #expect(shown.text.contains("<code>tag:odd</code>"))
    #expect(shown.text.contains("aria-current=\"page\" dir=\"auto\">mornings</a>"))
    #expect(await visit.post("views/remove", ["name": "mornings"]).location == "/prefix/")
    #expect(try await library.views().isEmpty)
    _ = try await library.undo()
    #expect(try await library.views().map(\.name) == ["mornings"])
  }

  @Test(arguments: [("", "tag:odd"), ("a b", "tag:odd"), ("x", ""), ("x", "tag:"), ("x", "@y")])
  func `what is no view is refused`(name: String, query: String) async throws {
    let (library, _) = try await TestLibrary.made(1)
    let answer = await TestVisit(library).post("views/add", ["name": name, "query": query])
    #expect((400...404).contains(answer.status))
    #expect(try await library.views().isEmpty)
  }

  @Test func `the lists beside it have counts, which follow what changes`() async throws {
    let (library, ids) = try await TestLibrary.made(5)
    let visit = TestVisit(library)
    #expect(await visit.get("").text.contains(">odd</a> <span class=\"count\">3</span>"))
    let id = try await library.article(ids[0]).id
    _ = try await library.mark([id], .archived)
    let text = await visit.get("").text
    #expect(text.contains(">odd</a> <span class=\"count\">2</span>"))
    #expect(text.contains(">Archived</a> <span class=\"count\">1</span>"))
    #expect(text.contains(">All</a> <span class=\"count\">4</span>"))
    #expect(text.contains(">example.net</a> <span class=\"count\">2</span>"))
  }

  @Test func `an empty library says how to begin, and a session that only reads is shown no form`()
    async throws
  {
    let empty = try await Library.inMemory()
    #expect(await TestVisit(empty).get("").text.contains("<a href=\"/prefix/add\">Add some.</a>"))
    let (library, _) = try await TestLibrary.made(1)
    var visit = TestVisit(library)
    visit.isReadOnly = true
    for address in ["", "?q=tag%3Aodd"] {
      let text = await visit.get(address).text
      #expect(!text.contains("method=\"post\"") && !text.contains("<button name"))
      #expect(text.rows.count == 1)
    }
  }

  @Test func `what members write is text, wherever a list shows it`() async throws {
    let library = try await Library.inMemory()
    let hostile = "\"><script>alert(1)</script><img src=x onerror='x'>"
    var draft = ArticleDraft(title: hostile, format: .text, body: Array(hostile.utf8))
    draft.site = hostile
    draft.tags = [hostile]
    draft.language = "en\"><script>"
    _ = try await library.add(draft)
    try await library.setView(ArticleView(name: "<script>", query: "tag:x"))
    let visit = TestVisit(library)
    for address in ["", "?q=script", "?q=\(PercentText.encoded(hostile))", "tags", "sites"] {
      let text = await visit.get(address).text
      #expect(!text.contains("<script>") && !text.contains("<img"), "\(address)")
      #expect(!text.contains("lang=\"en\"\""), "\(address)")
    }
  }

  @Test func `a page of the longest texts that a list shows stays small`() async throws {
    let library = try await Library.inMemory()
    let long = String(repeating: "长", count: 4_000)
    for number in 1...60 {
      var draft = TestLibrary.draft(number)
      draft.title = "\(number)\(long)"
      draft.tags = (0..<40).map { "\(number)-\($0)-" + long.prefix(70) }
      draft.site = "\(number)\(long)"
      _ = try await library.add(draft)
    }
    #expect(await TestVisit(library).get("").bytes.count < 150_000)
  }
}

extension String {
  /// The ids of the rows of a list, in their order.
  var rows: [String] {
    split(separator: "<li data-id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }
}
