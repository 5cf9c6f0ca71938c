import Foundation
import Satchel
import Testing

struct InMemoryTests {
  private var draft: ArticleDraft {
    var draft = ArticleDraft(title: "Peas", format: .markdown, body: Array("# Peas\n".utf8))
    draft.url = "https://example.org/peas"
    return draft
  }

  @Test func `a library in memory is one like others, and two of them meet`() async throws {
    let study = try await Library.inMemory()
    let kitchen = try await Library.inMemory(
      name: "kitchen", joining: try await study.invitation())
    _ = try await study.add(draft)
    for (from, to) in [(study, kitchen), (kitchen, study)] {
      let bundle = try await from.createBundle(at: from.folder.appending("b.satchel")).result()
      _ = try await to.merge(bundle.paths).result()
    }
    #expect(try await kitchen.articles().map(\.article.title) == ["Peas"])
    #expect(
      try await kitchen.status().fingerprint == (try await study.status().fingerprint))
    #expect(try await kitchen.replicaName() == "kitchen")
  }

  @Test func `it is gone with its last copy, and its state with it`() async throws {
    var library: Library? = try await Library.inMemory()
    let folder = try #require(library?.folder)
    let copy = library?.dryRun
    library = nil
    #expect(FileManager.default.fileExists(atPath: folder.string))
    #expect(copy?.folder == folder)
    _ = consume copy
    #expect(!FileManager.default.fileExists(atPath: folder.removingLastComponent().string))
  }
}

struct RowCodingTests {
  @Test func `a row is encoded and decoded as it was, its names as people see them`() async throws {
    let house = try Household()
    let library = try await house.create("study")
    let id = try await library.add(house.draft(1)).id
    _ = try await library.tag([id], ["garden"])
    let row = try #require(try await library.article(id))
    let data = try JSONEncoder().encode(row)
    #expect(try JSONDecoder().decode(ArticleRow.self, from: data) == row)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["id"] as? String == id.description)
    #expect(Set([row, row]).count == 1)
  }

  @Test func `names read back from their text alone`() throws {
    let id = try #require(ArticleID("f7yny62kabcdefghijklmnopq4"))
    #expect(ArticleID(id.description.uppercased()) == id)
    for text in ["", "f7yny62kab", "f7yny62kabcdefghijklmnopq5", "f7yny62kabcdefghijklmnopq44"] {
      #expect(ArticleID(text) == nil, "\(text)")
    }
    let hash = String(repeating: "0f", count: 32)
    #expect(ContentHash(hash)?.description == hash)
    #expect(ContentHash(hash + "0f") == nil && ReplicaID(hash) == nil)
    #expect(ReplicaID(String(repeating: "0f", count: 16)) != nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ReplicaID].self, from: Data("[\"zz\"]".utf8))
    }
  }
}
