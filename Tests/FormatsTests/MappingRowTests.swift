import Articles
import Testing

@testable import Formats

/// Each row of the tables in `Protocol/formats.md` that say what is read, by an example.
struct MappingRowTests {
  /// The headings above the tables, how their second columns begin, and examples for each column.
  static let tables: [(heading: String, second: String, columns: [[MappingExample]])] = [
    ("## Lists of links", "`bookmarks`", [bookmarks, pocket, instapaper]),
    ("## JSON", "`wallabag`", [wallabag, omnivore]),
    ("## JSON", "`karakeep`", [karakeep, linkwarden]),
    ("## Feeds", "RSS", [rss, atom, jsonFeed]),
    ("## Books", "from the package", [book]),
    ("## Books", "from the book", [chapter]),
    ("## Saved pages", "from the file", [mhtml]),
  ]

  @Test(arguments: tables.indices)
  func `each row of a mapping table has an example that shows it`(place: Int) throws {
    let (heading, second, columns) = Self.tables[place]
    let table = try FormatsPage.table(under: "| of the article | \(second)", in: heading)
    #expect(table.head.count == columns.count + 1, "\(heading): \(table.head)")
    for (number, examples) in columns.enumerated() {
      let shown = Set(examples.flatMap(\.says.keys))
      let full = table.rows.filter { MappingExample.isPromise($0[number + 1]) }
      let empty = table.rows.filter { !MappingExample.isPromise($0[number + 1]) }
      let promised = full.flatMap { MappingExample.fields(of: $0[0]) }
      #expect(
        shown.isSuperset(of: promised), "\(table.head[number + 1]): \(shown) \(promised)")
      for example in examples {
        let draft = try #require(try example.draft())
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
