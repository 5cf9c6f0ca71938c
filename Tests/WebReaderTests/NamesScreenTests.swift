import Satchel
import Testing

@testable import WebReader

/// Tags and sites, help, settings, and what goes wrong.
@Suite struct NamesScreenTests {
  @Test func `tags and sites lead to their articles, archived ones apart`() async throws {
    let (library, ids) = try await TestLibrary.made(5)
    _ = try await library.mark([library.article(ids[0]).id], .archived)
    let visit = TestVisit(library)
    let tags = await visit.get("tags").text
    #expect(tags.contains("<a href=\"/prefix/?q=tag%3Aodd\" dir=\"auto\">odd</a>"))
    #expect(tags.contains("<span class=\"count\">2</span>") && tags.contains(">1 archived</a>"))
    #expect(await visit.get("?q=tag%3Aodd").text.rows.count == 2)
    let archived = await visit.get("?q=tag%3Aodd%20is%3Aarchived").text
    #expect(archived.rows == [ids[0]])
    let sites = await visit.get("sites").text
    #expect(sites.contains(">example.org</a>") && !sites.contains("rename"))
  }

  @Test(arguments: [
    "a b", "\"x\"", "“y”", "「引」", "a\\", "\\\"", "Ünïcode", "(", "a:b", "*", "b*", "标签", "-minus",
    "OR",
  ])
  func `a link finds the articles of a tag however it is written`(tag: String) async throws {
    let library = try await Library.inMemory()
    var draft = TestLibrary.draft(1)
    draft.tags = [tag]
    _ = try await library.add(draft)
    // One that it does not find.
    draft = TestLibrary.draft(2)
    draft.tags = ["bc"]
    _ = try await library.add(draft)
    let visit = TestVisit(library)
    let text = await visit.get("tags").text
    let name = ("\(tag)" as Markup).html
    let entry = try #require(
      text.split(separator: "<li><a href=\"").first { $0.contains(" dir=\"auto\">\(name)</a>") })
    let link = entry.prefix { $0 != "\"" }
    #expect(await visit.get(String(link)).text.rows.count == 1, "\(link)")
  }

  @Test func `a tag is renamed, which is undone, and refused with what was typed`() async throws {
    let (library, _) = try await TestLibrary.made(3)
    let visit = TestVisit(library)
    #expect(await visit.get("tags?rename=odd").text.contains("name=\"old\" value=\"odd\""))
    #expect(await visit.post("tags/rename", ["old": "odd", "new": " strange "]).status == 303)
    #expect(try await library.tags().map(\.name) == ["even", "strange"])
    _ = try await library.undo()
    #expect(try await library.tags().map(\.name) == ["even", "odd"])
    let blank = await visit.post("tags/rename", ["old": "odd", "new": " "])
    #expect(blank.status == 400 && blank.text.contains("name=\"old\" value=\"odd\""))
    let none = await visit.post("tags/rename", ["old": "od", "new": "kept<"])
    #expect(none.status == 404 && none.text.contains("Did you mean odd?"))
    #expect(none.text.contains("value=\"kept&lt;\""))
  }

  @Test func `many tags are shown in pages`() async throws {
    let library = try await Library.inMemory()
    var draft = TestLibrary.draft(1)
    draft.tags = (1_000..<1_400).map { "t\($0)" }
    _ = try await library.add(draft)
    let visit = TestVisit(library)
    let first = await visit.get("tags")
    #expect(first.text.contains("1–300 of 400") && first.text.contains("tags?from=301"))
    #expect(first.bytes.count < 100_000)
    #expect(await visit.get("tags?from=301").text.contains(">t1399</a>"))
  }
}

@Suite struct HelpScreenTests {
  @Test func `help has the keys, and every example of a query leads to a list that answers`()
    async throws
  {
    let (library, _) = try await TestLibrary.made(1)
    try await library.setView(ArticleView(name: "morning", query: "is:unread"))
    let visit = TestVisit(library)
    let text = await visit.get("help").text
    for (key, _) in HelpScreen.keys { #expect(text.contains("<kbd>\(key)</kbd>")) }
    for example in QueryHelp.allCases.flatMap(\.examples) {
      #expect(text.contains("<code>\(("\(example)" as Markup).html)</code>"))
      #expect(await visit.get("?q=\(PercentText.encoded(example))").status == 200, "\(example)")
    }
  }
}

@Suite struct SettingsScreenTests {
  @Test func `what is chosen comes back in a cookie, and is shown as chosen`() async throws {
    var visit = TestVisit(try await Library.inMemory())
    let answer = await visit.post(
      "settings", ["size": "huge", "end": "yes", "back": "/prefix/settings"])
    #expect(answer.status == 303 && answer.location == "/prefix/settings")
    let cookie = try #require(answer.header("Set-Cookie"))
    #expect(cookie.hasPrefix("satchel-reader=huge.end; Path=/;") && cookie.contains("HttpOnly"))
    visit.preferences = Preferences(cookie: "huge.end")
    let text = await visit.get("settings").text
    #expect(text.contains("value=\"huge\" checked>") && text.contains("value=\"yes\" checked>"))
    // What is no size is none, and a box that is not ticked says nothing.
    let other = await visit.post("settings", ["size": "x; Path=/evil"])
    #expect(other.header("Set-Cookie")?.hasPrefix("satchel-reader=medium; Path=/;") == true)
  }
}

@Suite struct ProblemScreenTests {
  @Test(arguments: [
    (LibraryError.noSuchArticle("x"), 404), (.store(.busy(waitedMilliseconds: 5_000)), 409),
    (.store(.cannotWrite(reason: "the disk is full")), 503), (.invalid("no"), 400),
    (.nothingToUndo, 409), (.query(.noSuchView("x")), 404), (.unexpected(reason: "?"), 500),
    (.endedEarly(.store(.busy(waitedMilliseconds: 1)), .fetched(pictures: 2)), 409),
  ])
  func `each error has its status, its words, and a way on`(
    error: LibraryError, status: Int
  ) async throws {
    let visit = TestVisit(try await Library.inMemory()).visit(.get, "bin")
    let page = ProblemScreen(visit: visit).answer(error)
    #expect(page.status == status)
    guard case .bytes(let bytes) = page.body else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(("\(error.message.capitalizedSentence)" as Markup).html))
    #expect(text.contains("<a href=\"/prefix/\">To the list</a>") && !text.contains("satchel list"))
  }

  @Test func `an address of nothing is not found`() async throws {
    let visit = TestVisit(try await Library.inMemory())
    for address in ["nothing", "tags/x/y", "conflicts/x"] {
      #expect(await visit.get(address).status == 404)
      #expect(await visit.post(address).status == 404)
    }
    for address in ["list/x", "views/x", "bin/x", "tags/x", "add/x"] {
      #expect(await visit.post(address).status == 404, "\(address)")
    }
  }
}
