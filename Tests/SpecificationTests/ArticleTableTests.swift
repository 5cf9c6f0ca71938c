import Articles
import Coding
import Foundation
import Replication
import Testing

/// The tables of `Protocol/5-articles.md` say what `Articles` does.
struct ArticleTableTests {
  @Test func `every address of the table has the canonical form beside it`() throws {
    let text = try Repository.text("Protocol/5-articles.md")
    let rows = text.matches(of: /\| `([^`]+)` \| `(https?:[^`]*|mailto:[^`]*)` \|/)
    #expect(rows.count >= 8)
    for row in rows {
      #expect(CanonicalURL.text(of: String(row.1)) == row.2, "\(row.1)")
    }
  }

  @Test func `every field of the source is in the tables`() throws {
    let text = try Repository.text("Protocol/5-articles.md")
    let source = try Repository.text("Sources/Articles/ArticleFields.swift")
    let fields = source.matches(of: /= Field\("([a-z]+)"\)/).map { String($0.1) }
    #expect(fields.count >= 20)
    for field in fields + ["tag/", "image/"] {
      #expect(text.contains("| `\(field)`"), "\(field) is in no table")
    }
  }

  @Test func `a value of another type than the table's reads as missing`() throws {
    let text = try Repository.text("Protocol/5-articles.md")
    let types = /\| `([a-z]+)` \| (text or nothing|text|integer|bytes|yes or no) \|/
    let rows = text.matches(of: types)
    #expect(rows.count >= 18)
    let values: [String: Value] = [
      "text": try .text("x"), "integer": .integer(3), "bytes": try .data([1]),
      "yes or no": .flag(true),
    ]
    for row in rows {
      let field = try Field(bytes: Array(row.1.utf8))
      let others = values.filter { !row.2.contains($0.key) || $0.key == "bytes" }.map(\.value)
      for value in others + [.nothing, try Value(canonical: [9, 1])] {
        let article = Article(registers: [(field: field, value: value)])
        #expect(article == Article(registers: []), "\(field.name): \(value)")
      }
    }
  }

  @Test func `the identifier of the worked article is what 5-3 says`() throws {
    let preimage = Array("satchel article url\0https://example.org/bridges".utf8)
    let id = ArticleID(digest: ContentHash(of: preimage))
    #expect(
      id
        == ArticleID(
          digest: ContentHash(of: ArticleID.preimage(url: "http://www.example.org/bridges/#top"))))
    #expect(
      try Repository.text("Protocol/worked-bundle.md")
        .contains(Hexadecimal.text(of: id.key.bytes)))
  }
}
