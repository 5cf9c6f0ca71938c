import Files
import Foundation
import Satchel
import Testing

@testable import WebReader

/// Adding from a page: what would come of it is shown first.
@Suite struct AddScreenTests {
  /// The name of what waits, out of a page that shows it.
  private func upload(_ text: String) throws -> String {
    let start = try #require(text.range(of: "name=\"upload\" value=\""))
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }

  private func file(
    _ name: String, _ text: String, of visit: TestVisit
  ) async throws -> WebRequest.Upload {
    let file = try await visit.reader.uploads.newFile()
    try file.write(Array(text.utf8))
    return WebRequest.Upload(name: name, file)
  }

  @Test func `a text that is pasted is shown, and added when that is confirmed`() async throws {
    let library = try await Library.inMemory()
    let visit = TestVisit(library)
    let shown = await visit.post(
      "add",
      [
        "title": "On <tea>", "url": "https://example.org/tea", "tags": "green， black",
        "text": "# Leaves\r\n\r\nTwo of them.\r\n", "format": "markdown",
      ])
    #expect(shown.status == 200 && shown.text.contains("On &lt;tea&gt;"))
    #expect(shown.text.contains("It would be a new article."))
    #expect(try await library.list(.all).count == 0)
    let done = await visit.post(
      "add/confirm",
      [
        "upload": try upload(shown.text), "kind": "text", "title": "On <tea>",
        "url": "https://example.org/tea", "tags": "green， black",
      ])
    let row = try #require(try await library.articles(.all).first)
    #expect(done.location == "/prefix/article/\(row.shortID)")
    #expect(row.article.title == "On <tea>" && row.article.tags == ["black", "green"])
    #expect(row.article.url == "https://example.org/tea")
    #expect(try await library.plainText(of: row)?.contains("Two of them.") == true)
    _ = try await library.undo()
    #expect(try await library.list(.all).count == 0)
  }

  @Test func `an address alone is kept without a text`() async throws {
    let library = try await Library.inMemory()
    let visit = TestVisit(library)
    let shown = await visit.post("add", ["url": "https://example.org/a", "text": "  "])
    #expect(shown.status == 200 && !shown.text.contains("name=\"upload\""))
    #expect(await visit.post("add/confirm", ["url": "https://example.org/a"]).status == 303)
    #expect(try await library.articles(.all).first?.article.body == nil)
    let again = await visit.post("add", ["url": "https://example.org/a"])
    #expect(again.text.contains("It is here already") && !again.text.contains("Add it"))
  }

  @Test func `what cannot be added is told, with what was typed`() async throws {
    let visit = TestVisit(try await Library.inMemory())
    let nothing = await visit.post("add", ["title": "\"kept\"", "text": " \r\n"])
    #expect(nothing.status == 400 && nothing.text.contains("value=\"&quot;kept&quot;\""))
    let address = await visit.post("add", ["url": "no address", "text": "</textarea><b>"])
    #expect(address.status == 400)
    #expect(address.text.contains("&lt;/textarea&gt;&lt;b&gt;</textarea>"))
    #expect(address.text.contains("value=\"no address\""))
  }

  @Test func `files are counted first, and added together under their names`() async throws {
    let library = try await Library.inMemory()
    let visit = TestVisit(library)
    let csv = "url,title,tags\nhttps://example.org/1,One,\nhttps://example.org/2,Two,\n"
    let uploads = [
      try await file("links.csv", csv, of: visit),
      try await file("../../page.md", "# Leaves\n\nTwo.", of: visit),
      try await file("page.md", "# Stems\n\nThree.", of: visit),
    ]
    let shown = await visit.upload("add", ["tags": "new"], uploads)
    #expect(shown.status == 200)
    #expect(shown.text.contains("New articles</th><td>4</td>"))
    #expect(try await library.list(.all).count == 0)
    let done = await visit.post("add/confirm", ["upload": try upload(shown.text), "tags": "new"])
    #expect(done.location == "/prefix/add?added=4&changed=0&unchanged=0")
    #expect(await visit.get(done.location ?? "").text.contains("Added 4 articles, changed 0."))
    #expect(try await library.articles(.all).allSatisfy { $0.article.tags.contains("new") })
    // One action, and nothing is left where the files lay.
    _ = try await library.undo()
    #expect(try await library.list(.all).count == 0)
    #expect(
      try FileManager.default.subpathsOfDirectory(
        atPath: library.folder.appending("uploads").string
      ).allSatisfy { !$0.hasPrefix("named-") })
  }

  @Test func `what was confirmed once, or by another session, is gone`() async throws {
    let visit = TestVisit(try await Library.inMemory())
    let shown = await visit.post("add", ["text": "Leaves."])
    let id = try upload(shown.text)
    #expect(await visit.reader.uploads.take(id, of: "another") == nil)
    #expect(await visit.post("add/confirm", ["upload": id, "kind": "text"]).status == 303)
    let again = await visit.post("add/confirm", ["upload": id, "kind": "text"])
    #expect(again.status == 409 && again.text.contains("waited too long"))
  }

  @Test func `a file that is no page is told of by the name that it had`() async throws {
    let visit = TestVisit(try await Library.inMemory())
    let shown = await visit.upload(
      "add", [:], [try await file("photo.bin", "\u{0}\u{1}\u{2}", of: visit)])
    #expect(shown.text.contains("photo.bin") && !shown.text.contains("named-"))
    #expect(!shown.text.contains("Add it"))
  }

  @Test(arguments: [
    ("../../etc/passwd", "passwd"), ("a\\b.md", "b.md"), ("", "upload"), (".", "upload"),
    ("..", "upload"), (".hidden.md", "hidden.md"), ("a\u{0}b\n.md", "ab.md"),
    ("页面.md", "页面.md"),
  ])
  func `a name is one part of a path`(name: String, part: String) {
    #expect(NamedUploads.name(name) == part)
    #expect(NamedUploads.name(String(repeating: "长", count: 400) + ".md").hasSuffix("长.md"))
  }
}

extension TestVisit {
  /// Sends a form that brings files.
  func upload(
    _ address: String, _ fields: KeyValuePairs<String, String>, _ uploads: [WebRequest.Upload]
  ) async -> Answer {
    let form = [("token", TestVisit.token)] + fields.map { ($0.key, $0.value) }
    var request = visit(.post, address, form: form).request
    request.uploads = uploads
    let asked = Visit(
      library: library, reader: reader, request: request, words: words, preferences: preferences,
      session: "session", token: TestVisit.token, isReadOnly: isReadOnly)
    return Answer(response: await Routes.answer(asked))
  }
}
