import Articles
import Replication
import Testing

@testable import LibraryStore

/// What a person typed and somebody replaced who had read it can be restored for a while.
struct ReplacedTextTests {
  private let article = Sample.article(1)
  private let day: Int64 = 86_400_000

  private func note(_ text: String, at store: ReplicaStore, now: Int64 = Sample.now) async throws {
    try await store.write([try article.note(text)], now: now)
  }

  private func replaced(in store: ReplicaStore, now: Int64 = Sample.now) async throws -> [String] {
    try await store.read { db in
      let table = try ReplacedTable(StoreTransaction(db))
      return try table.rows(of: nil, by: nil, since: .zero)
        .compactMap { try table.operation($0.id) }
        .sorted { $1.beats($0) }.compactMap(\.value.text)
    }
  }

  @Test func `notes and titles that were replaced are listed and stay when the log is compacted`()
    async throws
  {
    let test = try TestStore(1)
    for text in ["first", "second", "third"] { try await note(text, at: test.store) }
    for text in ["one", "two"] {
      try await test.store.write([try article.title(text)], now: Sample.now)
    }
    _ = try await test.store.compact(now: Sample.now)
    let log = try await test.store.log(of: article.entity)
    #expect(
      Set(log.compactMap(\.operation.value.text)) == ["first", "second", "third", "one", "two"])
    #expect(
      log.filter { $0.standing == .winner }.compactMap(\.operation.value.text).sorted() == [
        "third", "two",
      ])
    let dots = log.map(\.operation.dot)
    #expect(Set(dots).count == dots.count, "none is listed twice")
    #expect(try await test.store.log(of: Sample.article(2).entity).isEmpty)
    #expect(try await test.store.log(replica: Sample.replica(9)).isEmpty)
  }

  @Test func `what a merge replaces here is kept here, and what never stood here is not`()
    async throws
  {
    let (here, there) = (try TestStore(1), try TestStore(2))
    try await note("read there", at: here.store)
    try await send(from: here.store, to: there.store)
    try await note("draft", at: there.store)
    try await note("answer", at: there.store)
    try await send(from: there.store, to: here.store)
    #expect(try await replaced(in: here.store) == ["read there"])
    #expect(try await replaced(in: there.store) == ["read there", "draft"])
  }

  @Test func `the history neither travels nor counts in the fingerprint`() async throws {
    let (here, there) = (try TestStore(1), try TestStore(2))
    try await note("first", at: here.store)
    try await note("second", at: here.store)
    _ = try await here.store.compact(now: Sample.now)
    try await send(from: here.store, to: there.store)
    #expect(try await replaced(in: there.store).isEmpty)
    #expect(try await there.store.log().compactMap(\.operation.value.text) == ["second"])
    let reports = [try await here.store.report(), try await there.store.report()]
    #expect(reports[0].fingerprint == reports[1].fingerprint)
    for test in [here, there] {
      #expect(try await test.store.check(deep: true, repair: false).damage == [])
    }
  }

  @Test func `nothing, and what is shown all the same, need not be kept`() async throws {
    let test = try TestStore(1)
    try await note("taken away", at: test.store)
    try await note("", at: test.store)
    try await note("new", at: test.store)
    #expect(try await replaced(in: test.store) == ["taken away"])
    let other = try TestStore(2)
    try await note("new", at: other.store)
    try await note("old", at: other.store)
    try await send(from: other.store, to: test.store)
    try await note("new", at: test.store)
    #expect(try await replaced(in: test.store) == ["taken away", "old"])
  }

  @Test func `a dry run keeps nothing`() async throws {
    let test = try TestStore(1)
    try await note("first", at: test.store)
    _ = try await test.store.write(
      [try article.note("second")], now: Sample.now, dryRun: true)
    #expect(try await replaced(in: test.store).isEmpty)
  }

  @Test func `after a year it goes, and not before`() async throws {
    let test = try TestStore(1)
    try await note("old", at: test.store)
    try await note("newer", at: test.store)
    let year = Int64(Limits.replacedTextDays) * day
    for (age, expected) in [(year - 1, 1), (year, 1), (year + 1, 0)] {
      _ = try await test.store.compact(now: Sample.now + age)
      #expect(try await replaced(in: test.store).count == expected, "\(age)")
    }
    try await note("newest", at: test.store)
    try await note("last", at: test.store, now: Sample.now + year + 1)
    #expect(try await replaced(in: test.store) == ["newest"])
  }

  @Test(arguments: [-2, -1, 0])
  func `ten thousand are kept, and the oldest go first`(more: Int) async throws {
    let test = try TestStore(1)
    try await note("kept", at: test.store)
    try await fill(test.store, Limits.replacedTexts + more, length: 2)
    try await note("new", at: test.store)
    let count = try await test.store.count("SELECT count(*) FROM replaced")
    #expect(count == min(Limits.replacedTexts, Limits.replacedTexts + more + 1))
    #expect(try await test.store.count("SELECT min(id) FROM replaced") == (more < 0 ? 1 : 2))
    #expect(try await replaced(in: test.store).contains("kept"))
  }

  @Test(arguments: [-1, 0, 1])
  func `their bytes are bounded, and the oldest go first`(more: Int) async throws {
    let test = try TestStore(1)
    try await note("kept", at: test.store)
    let rest = Limits.replacedTextBytes - "\u{4}kept".utf8.count
    try await fill(test.store, 2, length: rest / 2)
    try await test.store.tamper(
      "UPDATE replaced SET length = length + \(rest % 2 + more) WHERE id = 2")
    try await note("new", at: test.store)
    #expect(try await test.store.count("SELECT min(id) FROM replaced") == (more > 0 ? 2 : 1))
    #expect(try await replaced(in: test.store).contains("kept"))
  }

  /// Puts rows into the table past all rules, each of another register.
  private func fill(_ store: ReplicaStore, _ count: Int, length: Int) async throws {
    try await store.tamper(
      """
      WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < \(count))
      INSERT INTO replaced(entity, field, stamp, replica, sequence, time, length, value)
      SELECT 1, 1, n, 1, n, \(Sample.now), \(length), x'0462' FROM number
      """)
  }
}
