import Articles
import Files
import Formats
import Foundation
import FoundationXML
import Testing

/// What other services import: bookmarks, wallabag's JSON, feeds, Readwise's table, annotations.
@Suite struct ServiceWriterTests {
  private let article = exportedArticle("A & <b>\n\"c\"", "# H\n\nSome *text* <script>x</script>") {
    $0.url = "https://example.org/a?b=1&c=\"2\""
    $0.site = "example.org"
    $0.author = "O'Neil"
    $0.published = "2020-03-13"
    $0.language = "en"
    $0.tags = ["one", "two, three"]
    $0.state.isRead = true
    $0.state.addedMilliseconds = 1_780_000_000_123
    $0.state.note = "line 1\nline <2>"
    $0.state.highlights = [
      exportedHighlight("Some, \"text\"\nhere", color: "blue", note: "n"),
      exportedHighlight("plain", number: 2),
    ]
  }

  @Test func `bookmarks are as browsers write them`() throws {
    let text = try exportedText(
      .bookmarks, [article, exportedArticle("no address", number: 2)], leftOut: 1)
    #expect(
      text == """
        <!DOCTYPE NETSCAPE-Bookmark-file-1>
        <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
        <TITLE>A &amp; B</TITLE>
        <H1>A &amp; B</H1>
        <DL><p>
        <DT><A HREF="https://example.org/a?b=1&amp;c=&quot;2&quot;" ADD_DATE="1780000000" \
        TAGS="one,two  three" TOREAD="0">A &amp; &lt;b&gt; &quot;c&quot;</A>
        <DD>line 1
        line &lt;2&gt;
        </DL><p>

        """)
  }

  @Test func `wallabag's array holds texts, states and highlights`() throws {
    let other = exportedArticle("Two", number: 2) { $0.url = "https://example.org/2" }
    let bytes = try exportedFile(
      .wallabag, [article, other, exportedArticle("no address")], leftOut: 1)
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
    #expect(entries.count == 2 && entries.map { $0["id"] as? Int } == [1, 2])
    let entry = entries[0]
    #expect(entry["is_archived"] as? Int == 1 && entry["is_starred"] as? Int == 0)
    #expect(entries[1]["is_archived"] as? Int == 0)
    #expect(entry["created_at"] as? String == "2026-05-28T20:26:40+0000")
    #expect(entry["tags"] as? [String] == ["one", "two, three"])
    let content = try #require(entry["content"] as? String)
    #expect(content.contains("<em>text</em>") && !content.contains("<script"))
    let annotations = try #require(entry["annotations"] as? [[String: Any]])
    #expect(annotations.map { $0["quote"] as? String } == ["Some, \"text\"\nhere", "plain"])
    #expect(annotations[0]["text"] as? String == "n")
    let none = try JSONSerialization.jsonObject(with: Data(exportedFile(.wallabag, [])))
    #expect((none as? [Any])?.isEmpty == true)
  }

  @Test func `a feed has what RFC 4287 asks for`() throws {
    let missing = exportedArticle("", "", number: 2, hasText: false)
    let bytes = try exportedFile(.atom, [article, missing])
    let feed = try XMLDocument(data: Data(bytes))
    let root = try #require(feed.rootElement())
    for name in ["title", "id", "updated"] { #expect(root.elements(forName: name).count == 1) }
    let entries = root.elements(forName: "entry")
    #expect(entries.count == 2)
    for entry in entries {
      for name in ["title", "id", "updated", "content"] {
        #expect(entry.elements(forName: name).count == 1, "\(name)")
      }
      let id = try #require(entry.elements(forName: "id").first?.stringValue)
      #expect(id.hasPrefix("urn:uuid:") && id.count == 45)
    }
    let entry = entries[0]
    #expect(entry.elements(forName: "published").first?.stringValue == "2020-03-13T00:00:00Z")
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("href=\"https://example.org/a?b=1&amp;c=%222%22\"/>"))
    let content = try #require(entry.elements(forName: "content").first?.stringValue)
    #expect(content.contains("<h1>H</h1>") && !content.contains("<script"))
  }

  @Test func `Readwise gets a row a highlight, quoted as RFC 4180 has it`() throws {
    #expect(
      try exportedText(.readwise, [article])
        == "Highlight,Title,Author,URL,Note,Location,Date\r\n"
        + "\"Some, \"\"text\"\"\nhere\",\"A & <b>\n\"\"c\"\"\",O'Neil,"
        + "\"https://example.org/a?b=1&c=\"\"2\"\"\",n,7,2026-05-28 20:26:40\r\n"
        + "plain,\"A & <b>\n\"\"c\"\"\",O'Neil,\"https://example.org/a?b=1&c=\"\"2\"\"\",,7,"
        + "2026-05-28 20:26:40\r\n")
  }

  @Test func `annotations have the shape of the Web Annotation model`() throws {
    let bare = exportedArticle("no address", number: 2) {
      $0.state.highlights = [exportedHighlight("q", number: 3)]
    }
    let bytes = try exportedFile(.annotations, [article, bare])
    let collection = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let items = try AnnotationShape.items(of: collection)
    #expect(items.count == 4 && collection["total"] as? Int == 4)
    #expect(collection["label"] as? String == "A & B")
    let sources = items.map { ($0["target"] as? [String: Any])?["source"] as? String }
    #expect(sources[1] == "https://example.org/a?b=1&c=%222%22")
    #expect(sources[3]?.hasPrefix("urn:uuid:") == true)
    #expect(Set(items.compactMap { $0["id"] as? String }).count == 4)
    let empty = try JSONSerialization.jsonObject(with: Data(exportedFile(.annotations, [])))
    #expect(try AnnotationShape.items(of: #require(empty as? [String: Any])).isEmpty)
  }
}

/// The musts of the Web Annotation Data Model, as far as they concern what is written here.
private enum AnnotationShape {
  struct Violation: Error { let rule: String }

  static func items(of collection: [String: Any]) throws -> [[String: Any]] {
    try check(collection["@context"] as? String == "http://www.w3.org/ns/anno.jsonld", "3.1")
    try check(
      isIRI(collection["id"]) && collection["type"] as? String == "AnnotationCollection", "5.1")
    let page = collection["first"] as? [String: Any] ?? [:]
    try check(isIRI(page["id"]) && page["type"] as? String == "AnnotationPage", "5.2")
    try check((page["partOf"] as? String) == (collection["id"] as? String), "5.2")
    let items = page["items"] as? [[String: Any]]
    try check(items != nil, "5.2: exactly one list")
    for item in items ?? [] { try check(annotation: item) }
    return items ?? []
  }

  private static func check(annotation: [String: Any]) throws {
    try check(isIRI(annotation["id"]), "3.1: exactly one IRI")
    try check(annotation["type"] as? String == "Annotation", "3.1")
    try check(
      ["highlighting", "commenting"].contains(annotation["motivation"] as? String), "3.3.5")
    if let created = annotation["created"] as? String {
      try check(created.hasSuffix("Z") && created.count == 24, "3.3.1: xsd:dateTime in UTC")
    }
    if let body = annotation["body"] as? [String: Any] {
      try check(body["type"] as? String == "TextualBody", "3.2.4")
      try check((body["value"] as? String)?.isEmpty == false, "3.2.4: exactly one value")
    } else {
      try check(annotation["motivation"] as? String == "highlighting", "a comment says something")
    }
    if annotation["target"] is String { return try check(isIRI(annotation["target"]), "3.2.1") }
    let target = annotation["target"] as? [String: Any] ?? [:]
    try check(isIRI(target["source"]), "4: exactly one source")
    let selector = target["selector"] as? [String: Any] ?? [:]
    try check(selector["type"] as? String == "TextQuoteSelector", "4.2.4")
    try check((selector["exact"] as? String)?.isEmpty == false, "4.2.4: exactly one exact")
  }

  private static func isIRI(_ value: Any?) -> Bool {
    guard let text = value as? String, let colon = text.firstIndex(of: ":") else { return false }
    return colon > text.startIndex
      && !text.contains { $0.isWhitespace || "<>\"{}|\\^`".contains($0) }
  }

  private static func check(_ condition: Bool, _ rule: String) throws {
    if !condition { throw Violation(rule: rule) }
  }
}
