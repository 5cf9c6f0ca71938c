import Articles
import Replication
import Testing

@testable import Satchel

/// What any member may write for another replica's name.
struct ReplicaNameTests {
  @Test(arguments: [
    (String(repeating: "x", count: 1_000), String(repeating: "x", count: 64)),
    (String(repeating: "盘", count: 22), String(repeating: "盘", count: 21)),
    ("a\n\u{1B}[2Jb", "a[2Jb"), ("\n\u{7F}", nil),
  ])
  func `a name that is none keeps nobody from inviting, and from reading what is written`(
    written: String, read: String?
  ) async throws {
    let house = try Household()
    let study = try await house.create("study")
    let card = EntityID(kind: .replica, key: try await study.replicaID().identifier)
    try await study.store.write(
      [Edit(RegisterID(card, ReplicaField.name), try .text(written))], now: house.clock.read())
    #expect(try await study.replicaName() == read)
    let kitchen = try await house.join(study, as: "kitchen")
    let bundle = try await study.createBundle(at: house.stick("study.satchel")).result()
    _ = try await kitchen.merge(bundle.paths).result()
    let (sent, known) = (
      try await study.store.report().knowledge, try await kitchen.store.report().knowledge
    )
    #expect(known.dominates(sent))
  }

  @Test func `nobody gives a name that would be read as another`() async throws {
    let study = try await Library.inMemory(name: "study")
    for name in ["", " ", "a\nb", String(repeating: "盘", count: 22)] {
      await #expect(throws: LibraryError.self) { try await study.rename(name) }
    }
    #expect(try await study.replicaName() == "study")
  }
}
