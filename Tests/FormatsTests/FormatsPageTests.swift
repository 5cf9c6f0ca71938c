import Testing

@testable import Formats

/// `Protocol/formats.md` and the program say the same.
@Suite struct FormatsPageTests {
  @Test func `every format is in the table, with what it does`() throws {
    let rows = try FormatsPage.table(under: "| format |").rows
    #expect(rows.map { $0[0] } == Format.all.map { "`\($0.name)`" })
    #expect(rows.map { !$0[1].isEmpty } == Format.all.map(\.isReadable))
    #expect(rows.map { !$0[2].isEmpty } == Format.all.map(\.isWritable))
  }

  @Test func `the properties of an exported page are those of the table, in its order`() throws {
    let rows = try FormatsPage.table(under: "| property |").rows
    #expect(rows.map { $0[0] } == ExportedPage.Property.allCases.map { "`\($0)`" })
  }

  @Test func `the standing matter that is left out is that of the table`() throws {
    let rows = try FormatsPage.table(under: "| on |").rows
    let blocks = StandingMatter.blocks.map {
      [
        $0.sites.joined(separator: ", "), $0.begin.description, $0.end.description,
        $0.isKnownByItsBeginning ? "yes" : "",
      ]
    }
    #expect(rows == blocks)
  }

  @Test func `the version of the rules is the one that chapter 5 gives`() throws {
    let words = try FormatsPage.text(of: "5-articles.md").split(whereSeparator: \.isWhitespace)
    #expect(words.joined(separator: " ").contains("the present one is \(ReaderVersion.current),"))
  }
}
