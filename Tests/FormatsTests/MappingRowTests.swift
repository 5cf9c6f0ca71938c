import Articles
import Testing

@testable import Formats

/// Each row of the tables in `Protocol/formats.md` that say what is read, by an example.
struct MappingRowTests {
  /// The headings of the tables, and examples for each of their columns.
  static let tables: [(heading: String, columns: [[MappingExample]])] = [
    ("## Lists of links", [bookmarks, pocket, instapaper]),
    ("## JSON", [wallabag, omnivore]),
    ("## Feeds", [rss, atom, jsonFeed]),
    ("## Books", [book]),
  ]

  @Test(arguments: tables.indices)
  func `each row of a mapping table has an example that shows it`(place: Int) throws {
    let (heading, columns) = Self.tables[place]
    let table = try FormatsPage.table(under: "| of the article |", in: heading)
    #expect(table.head.count == columns.count + 1, "\(heading): \(table.head)")
    for (number, examples) in columns.enumerated() {
      let shown = Set(examples.flatMap(\.says.keys))
      let (full, empty) = (
        table.rows.filter { !$0[number + 1].isEmpty }, table.rows.filter { $0[number + 1].isEmpty }
      )
      let promised = full.flatMap { MappingExample.fields(of: $0[0]) }
      #expect(
        shown.isSuperset(of: promised), "\(table.head[number + 1]): \(shown) \(promised)")
      for example in examples {
        let draft = try #require(try exportItems(example.format, example.bytes).first?.draft)
        for (field, value) in example.says {
          #expect(draft.says(field) == value, "\(heading), \(table.head[number + 1]), \(field)")
        }
        for field in empty.flatMap({ MappingExample.fields(of: $0[0]) }) {
          #expect(draft.says(field) == nil, "\(heading), \(table.head[number + 1]), \(field)")
        }
      }
    }
  }
}
