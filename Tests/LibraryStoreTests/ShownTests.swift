import Articles
import Replication
import Testing

@testable import LibraryStore

/// Who writes covers what they were shown, and nothing else (Protocol 1.6).
struct ShownTests {
  private let article = Sample.article(1)
  private var note: RegisterID { RegisterID(article.entity, ArticleField.note) }

  @Test func `what arrives while an editor is open stays as a conflict`() async throws {
    let (here, there) = (try TestStore(1), try TestStore(2))
    try await here.store.write([try article.note("first")], now: Sample.now)
    try await send(from: here.store, to: there.store)
    let shown = try await here.store.shown(note)
    #expect(shown.text == "first")
    try await there.store.write([try article.note("from there")], now: Sample.now + 9_000)
    try await send(from: there.store, to: here.store)
    try await here.store.write([try article.note("typed here", over: shown)], now: Sample.now)
    let conflicts = try await here.store.conflicts()
    #expect(conflicts.map(\.kept.value.text) == ["typed here"], "what was saved is shown")
    #expect(conflicts.map(\.lost.value.text) == ["from there"])
    try await send(from: here.store, to: there.store)
    #expect(try await there.store.conflicts() == conflicts)
    // The first was shown to both.
    #expect(try await there.store.registers()[note]?.siblings.count == 2)
  }

  @Test func `without what was shown, what is there when it is written counts`() async throws {
    let (here, there) = (try TestStore(1), try TestStore(2))
    try await here.store.write([try article.note("one")], now: Sample.now)
    try await there.store.write([try article.note("two")], now: Sample.now)
    try await send(from: there.store, to: here.store)
    try await here.store.write([try article.note("both")], now: Sample.now)
    #expect(try await here.store.conflicts().isEmpty)
  }

  @Test
  func `a note that was imported is authored text, so that a note of elsewhere stays beside it`()
    async throws
  {
    let (here, there) = (try TestStore(1), try TestStore(2))
    let imported = article.edit(ArticleField.note, try .text("imported"), .recorded(at: nil))
    try await here.store.write([imported], now: Sample.now)
    try await there.store.write([try article.note("typed")], now: Sample.now - 9_000)
    try await send(from: there.store, to: here.store)
    #expect(try await here.store.conflicts().map(\.lost.value.text) == ["imported"])
    // Imported again it changes nothing; imported on two machines it says the same twice.
    #expect(try await here.store.write([imported], now: Sample.now) == Written())
    let third = try TestStore(3)
    try await third.store.write([imported], now: Sample.now + 20_000)
    try await send(from: third.store, to: here.store)
    let lost = try await here.store.conflicts().map(\.lost.value.text)
    #expect(lost == ["imported", "imported"])
  }

  @Test func `an author who changed nothing writes nothing, whatever came meanwhile`() async throws
  {
    let (here, there) = (try TestStore(1), try TestStore(2))
    try await here.store.write([try article.note("first")], now: Sample.now)
    try await send(from: here.store, to: there.store)
    let shown = try await here.store.shown(note)
    try await there.store.write([try article.note("from there")], now: Sample.now)
    try await send(from: there.store, to: here.store)
    let before = try await here.store.report()
    let written = try await here.store.write(
      [try article.note("first", over: shown)], now: Sample.now)
    #expect(written == Written())
    #expect(try await here.store.report() == before)
    #expect(try await here.store.shown(note).text == "from there")
  }

  @Test func `a sibling past a gap is not covered until the gap is closed`() async throws {
    let (here, there) = (try TestStore(1), try TestStore(2))
    try await there.store.write([article.mark(.read)], now: Sample.now)
    try await there.store.write([try article.note("from there")], now: Sample.now)
    let letter = try await there.store.letter()
    var late = letter
    late.items = try [Sample.frame(letter.operations().filter { $0.register == note })]
    _ = try await here.store.merge(operations: late.items, bodies: [], now: Sample.now)
    try await here.store.write([try article.note("over it")], now: Sample.now)
    #expect(try await here.store.conflicts().map(\.lost.value.text) == ["from there"])
    _ = try await here.store.merge(operations: letter.items, bodies: [], now: Sample.now)
    try await here.store.write([try article.note("over both")], now: Sample.now)
    #expect(try await here.store.conflicts().isEmpty)
  }

  @Test func `a title by hand stays, though an importer had said the same`() async throws {
    let test = try TestStore(1)
    let imported = article.edit(ArticleField.title, try .text("same"), .importing)
    let changed = article.edit(ArticleField.title, try .text("changed"), .importing)
    try await test.store.write([imported], now: Sample.now)
    for expected in [1, 0] {
      let written = try await test.store.write([try article.title("same")], now: Sample.now)
      #expect(written.changed.count == expected)
    }
    #expect(try await test.store.write([changed], now: Sample.now).changed.isEmpty)
    #expect(try await test.store.article(article)?.article.title == "same")
  }

  @Test func `a sibling that says what is shown is no conflict, and travels all the same`()
    async throws
  {
    let (here, there) = (try TestStore(1), try TestStore(2))
    try await here.store.write([try article.note("same")], now: Sample.now)
    try await there.store.write([try article.note("same")], now: Sample.now)
    try await send(from: there.store, to: here.store)
    #expect(try await here.store.conflicts().isEmpty)
    #expect(try await here.store.conflictCount() == 0)
    #expect(try await here.store.registers()[note]?.siblings.count == 2)
    #expect(try await here.store.write([try article.note("same")], now: Sample.now) == Written())
  }
}
