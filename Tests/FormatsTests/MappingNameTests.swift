import Articles
import Testing

@testable import Formats

/// Each name of a column, and each key of front matter, that `Protocol/formats.md` promises to know.
struct MappingNameTests {
  /// For the rows of the table of columns, in their order: a cell, and what it says of which field.
  static let cells: [(cell: String, says: [String: String])] = [
    ("https://example.org/1", ["url": "https://example.org/1"]), ("Tea", ["title": "Tea"]),
    ("['a', 'b c']", ["tag/ + name": "a; b c"]), ("Garden/Peas", ["tag/ + name": "Garden; Peas"]),
    ("Mine", ["note": "Mine"]), ("Short", ["summary": "Short"]), ("Ann", ["author": "Ann"]),
    ("Example", ["site": "Example"]), ("2020-03-13", ["published": "2020-03-13"]),
    ("de", ["language": "de"]), ("1500000000", ["added": "1500000000000"]),
    ("yes", ["read": "true"]), ("✓", ["starred": "true"]), ("1", ["archived": "true"]),
    ("100%", ["progress": "100", "read": "true"]), ("4", ["rating": "4"]),
    ("archive", ["archived": "true", "read": "true"]), ("Hot\nNote:mm", ["highlights": "Hot, mm"]),
    ("<p>Hot</p>", ["body": "html: <p>Hot</p>"]),
  ]

  @Test func `each name of a column is known`() throws {
    let rows = try FormatsPage.table(under: "| of the article | names", in: "## Tables").rows
    #expect(rows.count == Self.cells.count)
    for (row, (cell, says)) in zip(rows, Self.cells) {
      #expect(says.keys.contains(MappingExample.fields(of: row[0])[0]), "\(row)")
      let names = FormatsPage.quoted(row[1])
      #expect(!names.isEmpty)
      for name in names {
        // The row of marks also has the names that turn them around.
        let isTurned = ImportColumn(header: name) == .unread
        let draft = try draft(name, isTurned ? "no" : cell)
        for (field, value) in says { #expect(draft.says(field) == value, "\(name), \(field)") }
        for written in [name.uppercased(), name.replacing(" ", with: "_")] {
          #expect(ImportColumn(header: written) == ImportColumn(header: name), "\(written)")
        }
      }
    }
  }

  private func draft(_ name: String, _ cell: String) throws -> ArticleDraft {
    let isAddress = ImportColumn(header: name) == .url
    let text =
      isAddress
      ? "\(name)\n\(cell)\n" : "Link,\(name)\nhttps://example.org/1,\"\(cell)\"\n"
    return try #require(try drafts(.csv, text).first, "\(name)")
  }

  /// For the rows of front matter, in their order: a value, and what it says of the row's fields.
  static let values: [(value: String, says: String)] = [
    ("Tea", "Tea"), ("https://example.org/1", "https://example.org/1"), ("[Ann, Bob]", "Ann, Bob"),
    ("2020/3/13", "2020-03-13"), ("zh_Hans", "zh-Hans"), ("Short", "Short"),
    ("a b，c", "a b; c"),
  ]

  @Test func `each key of front matter is known`() throws {
    let rows = try FormatsPage.table(under: "| of the article | keys", in: "## Front matter").rows
    #expect(rows.count == Self.values.count)
    for (row, (value, says)) in zip(rows, Self.values) {
      let (fields, keys) = (MappingExample.fields(of: row[0]), row[1].split(separator: ";"))
      #expect(fields.count == keys.count, "\(row)")
      for (field, keys) in zip(fields, keys) {
        for key in FormatsPage.quoted(String(keys)) {
          let draft = try importPage("---\n\(key): \(value)\n---\n\nText\n")
          #expect(draft.says(field) == says, "\(key), \(field)")
        }
      }
    }
  }
}
