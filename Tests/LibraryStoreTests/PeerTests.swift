import Articles
import Replication
import Testing

@testable import LibraryStore

/// What a replica knows of others, and who wins between their writes.
struct PeerTests {
  @Test func `a report with an older clock does not replace a newer one`() async throws {
    let test = try TestStore(1)
    let reports = try [(10, 5), (20, 9), (15, 7)].map { clock, last in
      PeerReport(
        replica: Sample.replica(2), clock: try Sample.stamp(clock),
        knowledge: Knowledge([Sample.replica(2): SequenceSet(1...last)]), fingerprint: .empty,
        wanted: [])
    }
    for report in reports {
      _ = try await test.store.conclude(nil, from: report, now: Sample.now)
    }
    #expect(try await test.store.report(of: Sample.replica(2)) == reports[1])
  }

  @Test func `what is missing is named until it has come`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    for number in Int64(1)...3 {
      let register = RegisterID(Sample.entity(UInt64(number)), Field("size"))
      try await author.store.write([Edit(register, .integer(number))], now: Sample.now)
    }
    let first = Knowledge([Sample.replica(1): SequenceSet(1...2)])
    let missing = try await reader.store.take(author.store.letter(since: first))
    #expect(missing == first)
    try await send(from: author.store, to: reader.store)
    #expect(try await reader.store.report().knowledge == author.store.report().knowledge)
  }

  @Test func `a stamp from 2099 spoils one register until its next edit, and no clock`()
    async throws
  {
    let test = try TestStore(1)
    let article = Sample.article(1)
    let far = Stamp(wallMilliseconds: 4_070_908_800_000)
    let operation = try Operation(
      dot: Dot(replica: Sample.replica(9), sequence: 1), stamp: far,
      register: RegisterID(article.entity, ArticleField.title), value: .text("from 2099"))
    _ = try await test.store.merge(
      operations: [Sample.frame([operation])], bodies: [], now: Sample.now)
    #expect(try await test.store.status(now: Sample.now).stampsAhead == 1)
    try await test.store.write(
      [article.edit(ArticleField.title, try .text("edited")), article.mark(.read)],
      now: Sample.now)
    #expect(try await test.store.article(article)?.article.title == "edited")
    #expect(try await test.store.report().clock < far)
  }

  @Test func `an article deleted here and annotated there is a conflict`() async throws {
    let (here, there) = (try TestStore(1), try TestStore(2))
    let article = Sample.article(1)
    let title = article.edit(ArticleField.title, try .text("title"))
    try await here.store.write([title], now: Sample.now)
    try await send(from: here.store, to: there.store)
    try await here.store.write([article.delete(true)], now: Sample.now + 1)
    try await there.store.write([article.note("kept?")], now: Sample.now + 2)
    try await send(from: there.store, to: here.store)
    try await send(from: here.store, to: there.store)
    let conflicts = try await here.store.conflicts()
    #expect(conflicts.map(\.register.field) == [ArticleField.deleted])
    #expect(try await there.store.conflicts() == conflicts)
    try await here.store.write([article.delete(false)], now: Sample.now + 3)
    #expect(try await here.store.conflicts().isEmpty)
    #expect(try await here.store.article(article)?.article.note == "kept?")
  }
}
