import Articles
import Formats
import Foundation
import Testing

/// Each row of the tables in `Protocol/formats.md` that say what is written.
struct WrittenRowTests {
  /// What is said of an article, by the field's name, and what is written of it then.
  struct Row {
    let field: String
    let change: @Sendable (inout ArticleDraft) -> Void
    /// For each column of the table; empty where its cell is.
    let written: [String]

    init(
      _ field: String, _ written: [String],
      _ change: @escaping @Sendable (inout ArticleDraft) -> Void
    ) {
      (self.field, self.written, self.change) = (field, written, change)
    }
  }

  static let services: [Format] = [.bookmarks, .wallabag, .atom]
  static let rows = [
    Row(
      "url",
      [
        "HREF=\"https://example.org/2\"", "\"url\":\"https://example.org/2\"",
        "href=\"https://example.org/2\"",
      ]
    ) { $0.url = "https://example.org/2" },
    Row("title", [">Tea</A>", "\"title\":\"Tea\"", "<title>Tea</title>"]) { $0.title = "Tea" },
    Row("text", ["", "<em>Hot</em> [image: cup]", "&lt;em&gt;Hot&lt;/em&gt; [image: cup]"]) {
      $0.body = Array("*Hot* ![cup](https://example.org/cup.png) <script>x</script>".utf8)
    },
    Row("author", ["", "\"published_by\":[\"Ann\"]", "<author><name>Ann</name></author>"]) {
      $0.author = "Ann"
    },
    Row("site", ["", "\"domain_name\":\"Example\"", ""]) { $0.site = "Example" },
    Row(
      "published",
      [
        "", "\"published_at\":\"2020-03-13\"",
        "<published>2020-03-13T00:00:00Z</published>",
      ]
    ) { $0.published = "2020-03-13" },
    Row(
      "added",
      [
        "ADD_DATE=\"1500000000\"",
        "\"created_at\":\"2017-07-14T02:40:00+0000\",\"updated_at\":\"2017-07-14T02:40:00+0000\"",
        "<updated>2017-07-14T02:40:00.123Z</updated>\n<link",
      ]
    ) {
      $0.state.addedMilliseconds = 1_500_000_000_123
    },
    Row("language", ["", "\"language\":\"de\"", ""]) { $0.language = "de" },
    Row("summary", ["<DD>Short", "", "<summary>Short</summary>"]) { $0.summary = "Short" },
    Row(
      "tag/ + name",
      [
        "TAGS=\"a  b,c\"", "\"tags\":[\"a, b\",\"c\"]",
        "<category term=\"a, b\"/>\n<category term=\"c\"/>",
      ]
    ) { $0.tags = ["a, b", "c"] },
    Row("read", ["TOREAD=\"0\"", "\"is_archived\":1", ""]) { $0.state.isRead = true },
    Row("archived", ["", "\"is_archived\":1", ""]) { $0.state.isArchived = true },
    Row("starred", ["", "\"is_starred\":1", ""]) { $0.state.isStarred = true },
    Row("note", ["<DD>Mine\n", "", ""]) {
      $0.summary = "Short"
      $0.state.note = "Mine"
    },
    Row(
      "highlights",
      [
        "",
        "\"annotations\":[{\"quote\":\"Hot\",\"text\":\"mm\",\"created_at\":\"2026-05-28T20:26:40+0000\","
          + "\"updated_at\":\"2026-05-28T20:26:40+0000\",\"ranges\":[]}]", "",
      ]
    ) {
      $0.state.highlights = [exportedHighlight("Hot", note: "mm")]
    },
  ]

  @Test func `each row of what other services import is written`() throws {
    let table = try FormatsPage.table(
      under: "| of the article |", in: "## What other services import")
    #expect(table.head.dropFirst() == Self.services.map { "`\($0.name)`" }[...])
    #expect(table.rows.map { MappingExample.fields(of: $0[0]) } == Self.rows.map { [$0.field] })
    for (cells, row) in zip(table.rows, Self.rows) {
      for (place, format) in Self.services.enumerated() {
        let wanted = row.written[place]
        #expect(cells[place + 1].isEmpty == wanted.isEmpty, "\(format.name), \(row.field)")
        let bare = try exportedText(format, [exportedArticle("", "") { $0.url = Self.url }])
        let text = try exportedText(
          format,
          [
            exportedArticle("", "") {
              $0.url = Self.url
              row.change(&$0)
            }
          ])
        if wanted.isEmpty {
          if row.field != "note" { #expect(text == bare, "\(format.name), \(row.field)") }
        } else {
          #expect(text.contains(wanted), "\(format.name), \(row.field): \(text)")
          #expect(!bare.contains(wanted), "\(format.name), \(row.field)")
          #expect(!text.contains("script"))
        }
      }
    }
  }

  private static let url = "https://example.org/1"

  @Test func `each name of a line of JSON is written, and no other`() throws {
    let table = try FormatsPage.table(under: "| name | value |", in: "## Lines of JSON")
    let names = Set(table.rows.flatMap { FormatsPage.quoted($0[0]) })
    let text = exportedArticle("T") { $0.state.highlights = [exportedHighlight("T")] }
    let bytes = exportedArticle("U", number: 2) { $0.body = [0xFF] }
    var written: Set<String> = []
    for line in try exportedText(.jsonLines, [text, bytes]).split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      written.formUnion(try #require(object).keys)
    }
    #expect(written == names.union(["satchel"]))
  }

  @Test func `each column of Readwise's table and each word of an annotation is written`() throws {
    let page = try FormatsPage.text(of: "formats.md")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let article = exportedArticle("T", "Hot") {
      $0.state.highlights = [exportedHighlight("Hot", color: "blue", note: "mm")]
      $0.state.note = "Mine"
    }
    let header = try exportedText(.readwise, [article]).prefix { $0 != "\r\n" }
    let names = header.split(separator: ",").joined(separator: ", ")
    let last = try #require(names.range(of: ", ", options: .backwards))
    #expect(page.contains(names.replacingCharacters(in: last, with: " and ")))
    let collection = try exportedText(.annotations, [article])
    for word in [
      "AnnotationCollection", "TextQuoteSelector", "TextualBody", "styleClass", "urn:uuid:",
    ] {
      #expect(page.contains(word) && collection.contains(word), "\(word)")
    }
  }
}
