import Articles
import Coding
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// What was done elsewhere, written at its own time (Protocol 1.4, 5.5).
struct RecordedTests {
  private let test: TestStore
  private let article = Sample.article(1)
  private let early = Sample.now - 86_400_000

  init() throws { test = try TestStore(1) }

  @discardableResult
  private func write(_ edits: Edit..., now: Int64 = Sample.now) async throws -> [Operation] {
    let before = try await test.store.report().knowledge
    try await test.store.write(edits, now: now)
    return try await test.store.letter(since: before).operations()
  }

  private func read(at time: Int64?, _ flag: Bool = true) -> Edit {
    article.edit(ArticleField.read, .flag(flag), .recorded(at: time))
  }

  @Test func `it has the stamp of its time and leaves the clock where it was`() async throws {
    let first = try await write(article.mark(.starred), now: Sample.now)
    let recorded = try await write(read(at: early), now: Sample.now)
    #expect(recorded.map(\.stamp) == [Stamp(wallMilliseconds: early)])
    // With a wall that stands still the clock goes on by one, from its own last reading.
    let next = try await write(article.mark(.archived), now: Sample.now)
    #expect(next.first?.stamp == first.first?.stamp.successor)
    #expect(next.first?.dot.sequence == 3)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `a time ahead, or none, is 1970`() async throws {
    for (number, time) in [nil, Sample.now + 1, -5].enumerated() {
      let edit = Sample.article(UInt64(number + 2))
        .edit(ArticleField.read, .flag(true), .recorded(at: time))
      #expect(try await write(edit).map(\.stamp) == [.zero])
    }
  }

  @Test func `where something was ever written, nothing is`() async throws {
    try await write(article.mark(.read))
    try await write(article.mark(.unread))
    #expect(try await write(read(at: early)).isEmpty)
    try await write(try article.note("mine"))
    try await write(try article.note(""))
    let note = article.edit(ArticleField.note, try .text("theirs"), .recorded(at: early))
    #expect(try await write(note).isEmpty)
    #expect(
      try await write(article.edit(ArticleField.starred, .flag(false), .recorded(at: early)))
        .isEmpty)
  }

  @Test func `a register that undoing has emptied is written above what emptied it`() async throws {
    try await test.store.write(
      [read(at: early)], action: ActionLabel("import"), now: Sample.now)
    _ = try await test.store.undo(as: ActionLabel("undo"), now: Sample.now)
    // The article itself was taken back, and its registers stay as they were.
    #expect(try await write(read(at: early)).isEmpty)
    try await write(
      article.edit(ArticleField.rating, .nothing), article.edit(ArticleField.rating, .integer(2)))
    let emptied = try await write(article.edit(ArticleField.rating, .nothing))
    let again = try await write(
      article.edit(ArticleField.rating, .integer(3), .recorded(at: early)))
    #expect(again.first?.stamp == emptied.first?.stamp.successor)
  }

  @Test func `two replicas that write it apart have one value, one stamp and no conflict`()
    async throws
  {
    let other = try TestStore(2)
    let edits = [
      read(at: early), article.edit(ArticleField.note, try .text("n"), .recorded(at: early)),
    ]
    try await test.store.write(edits, now: Sample.now)
    try await other.store.write(edits, now: Sample.now + 7_000_000)
    let (mine, theirs) = (
      try await test.store.letter(since: Knowledge()).operations(),
      try await other.store.letter(since: Knowledge()).operations()
    )
    #expect(mine.map(\.stamp) == theirs.map(\.stamp))
    #expect(mine.map(\.value) == theirs.map(\.value))
    try await send(from: other.store, to: test.store)
    try await send(from: test.store, to: other.store)
    #expect(try await test.store.report().fingerprint == other.store.report().fingerprint)
    #expect(try await test.store.conflicts().isEmpty)
  }
}
