import Files
import Foundation
import GRDB
import Satchel
import Testing

@testable import WebReader

/// Another process that writes a library until it is told to end.
private struct Writer {
  private let connection: DatabaseQueue

  init(of library: Library) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let path = library.folder.appending("library.sqlite")
    connection = try DatabaseQueue(path: path.string, configuration: configuration)
    try connection.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
  }

  func end() throws { try connection.inDatabase { try $0.execute(sql: "ROLLBACK") } }
}

/// The bin, and the history of actions.
@Suite struct BinScreenTests {
  @Test func `deleted articles are listed and restored, one or all of a page`() async throws {
    let (library, ids) = try await TestLibrary.made(4)
    let visit = TestVisit(library)
    #expect(await visit.get("bin").text.contains("The bin is empty."))
    var articles: [ArticleID] = []
    for id in ids { articles.append(try await library.article(id).id) }
    _ = try await library.delete(articles)
    let page = await visit.get("bin").text
    #expect(Set(page.rows) == Set(ids) && page.contains("Restore all 4 on this page"))
    #expect(await visit.post("bin/restore", ["do": ids[0], "id": ids[1]]).status == 303)
    #expect(Set(await visit.get("bin").text.rows) == Set(ids.dropFirst()))
    #expect(
      await visit.post("bin/restore", ["do": "all", "id": ids[1], "id": ids[2]]).status == 303)
    #expect(await visit.get("bin").text.rows == [ids[3]])
    // One action, which is undone whole.
    _ = try await library.undo()
    #expect(Set(await visit.get("bin").text.rows) == Set(ids.dropFirst()))
    #expect(await visit.post("bin/restore", ["do": "zzzzzzzz"]).status == 404)
    #expect(await visit.post("bin/restore", ["do": "all"]).status == 400)
  }

  @Test func `the history lists actions, and looking at it changes nothing`() async throws {
    let (library, ids) = try await TestLibrary.made(1)
    let id = try await library.article(ids[0]).id
    _ = try await library.acting(as: "mark read <b>").mark([id], .read)
    let before = try await library.revision()
    let page = await TestVisit(library).get("history").text
    #expect(page.contains("<code lang=\"en\">mark read &lt;b&gt;</code>"))
    #expect(page.contains("<button>Undo</button>") && page.contains(">Peas 1</li>"))
    #expect(page.components(separatedBy: "<li><code").count == 3)
    #expect(try await library.revision() == before)
    #expect(try await library.article(id)?.article.isRead == true)
  }

  @Test func `undoing from the page takes the newest action back, and says what it left`()
    async throws
  {
    let pair = try await TestLibrary.Pair()
    let library = pair.study
    let first = try await library.add(TestLibrary.draft(1)).id
    let second = try await library.add(TestLibrary.draft(2)).id
    try await pair.meet()
    let visit = TestVisit(library)
    _ = try await library.acting(as: "mark read").mark([first, second], .read)
    #expect(
      await visit.get("history").text.contains(
        "Undoing it restores 2 articles to their earlier state."))
    try await pair.meet()
    // Somebody else writes of one of them, which is no action of this machine.
    _ = try await pair.kitchen.mark([second], .unread)
    _ = try await pair.kitchen.mark([second], .read)
    try await pair.meet()
    let action = try await shownAction(visit)
    let answer = await visit.post("undo", ["action": action])
    #expect(answer.status == 303)
    let told = await visit.get(answer.location ?? "").text
    #expect(told.contains("Undone: 1 article."))
    #expect(told.contains("1 was left as it is") && told.contains(">Peas 2</a>"))
    #expect(try await library.article(first)?.article.isRead == false)
    #expect(try await library.article(second)?.article.isRead == true)
    // Loading the page anew undoes nothing.
    _ = await visit.get(answer.location ?? "")
    #expect(try await library.article(first)?.article.isRead == false)
  }

  /// The action that the history's button takes back.
  private func shownAction(_ visit: TestVisit) async throws -> String {
    let text = await visit.get("history").text
    return String(try #require(text.firstMatch(of: /name="action" value="([^"]+)"/)).1)
  }

  @Test func `what was done since the page was made is not undone by its button`() async throws {
    let (library, ids) = try await TestLibrary.made(1)
    let id = try await library.article(ids[0]).id
    let visit = TestVisit(library)
    _ = try await library.acting(as: "mark read").mark([id], .read)
    let old = try await shownAction(visit)
    _ = try await library.acting(as: "note").setNote(id, "precious")
    for fields in [["action": old], [:]] as [KeyValuePairs<String, String>] {
      let answer = await visit.post("undo", fields)
      #expect(answer.status == 409)
      #expect(answer.text.contains("Nothing was undone: look again."))
      #expect(answer.text.contains("<code lang=\"en\">note</code>"))
    }
    let article = try await library.article(ids[0]).article
    #expect(article.note == "precious" && article.isRead)
    let new = try await shownAction(visit)
    #expect(await visit.post("undo", ["action": new]).status == 303)
    #expect(try await library.article(ids[0]).article.note == nil)
  }

  @Test func `the history is shown while another process writes`() async throws {
    var options = Library.Options()
    options.busyTimeoutMilliseconds = 20
    let library = try await Library.inMemory(options: options)
    let id = try await library.add(TestLibrary.draft(1)).id
    _ = try await library.acting(as: "mark read").mark([id], .read)
    let writer = try Writer(of: library)
    let page = await TestVisit(library).get("history")
    #expect(page.status == 200)
    #expect(page.text.contains("Undoing it restores 1 article to its earlier state."))
    #expect(!page.text.contains(">Peas 1</li>"))
    try writer.end()
    #expect(await TestVisit(library).get("history").text.contains(">Peas 1</li>"))
  }

  @Test func `with nothing to undo the button is away, and pressing it all the same is refused`()
    async throws
  {
    let visit = TestVisit(try await Library.inMemory())
    #expect(await visit.get("history").text.contains("There is nothing to undo."))
    #expect(await visit.post("undo").status == 409)
    #expect(await visit.get("history?changed=1&left=zzzzzzzz&others=-3").status == 200)
  }
}
