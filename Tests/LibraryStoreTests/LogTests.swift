import Articles
import Coding
import LibraryStore
import Replication
import TestSupport
import Testing

/// The log of frames: how it grows, shrinks and is sent.
struct LogTests {
  @Test func `the number of frames grows with the logarithm of the history`() async throws {
    let test = try TestStore(1)
    var expected: [Int64] = []
    for number in Int64(0)..<200 {
      let register = RegisterID(Sample.entity(UInt64(number)), Field("size"))
      try await test.store.write([Edit(register, .integer(number))], now: Sample.now)
      expected.append(number)
    }
    #expect(try await test.store.frameCount <= 10)
    let values = try await test.store.letter().operations().map(\.value.integer)
    #expect(values == expected)
  }

  @Test func `frames that are not tiny are joined eight at a time`() async throws {
    let test = try TestStore(1)
    var counts: [Int] = []
    for round in 0..<UInt64(40) {
      let edits = try (0..<100).map {
        Sample.article(100 * round + $0).edit(ArticleField.title, try .text("title \($0)"))
      }
      try await test.store.write(edits, now: Sample.now)
      counts.append(try await test.store.frameCount)
    }
    #expect(counts.prefix(8) == [1, 2, 3, 4, 5, 6, 7, 1])
    #expect(counts.allSatisfy { $0 <= 14 })
    #expect(try await test.store.letter().operations().count == 4_000)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `received frames that close gaps are rolled up too`() async throws {
    let test = try TestStore(1)
    var generator = SeededGenerator(seed: 5)
    let sequences = Array(UInt64(1)...64).shuffled(using: &generator)
    for sequence in sequences {
      _ = try await test.store.merge(
        operations: [Sample.frame([operation(sequence)])], bodies: [], now: Sample.now)
    }
    #expect(try await test.store.frameCount <= 8)
    #expect(try await test.store.letter().operations().map(\.dot.sequence) == Array(1...64))
  }

  @Test func `a frame is forwarded in the bytes it came in`() async throws {
    let (author, relay) = (try TestStore(1), try TestStore(2))
    try await author.store.write(edits(300), now: Sample.now)
    let sent = try await author.store.letter()
    try await relay.store.take(sent)
    let forwarded = try await relay.store.letter()
    #expect(forwarded.items.map(\.frame) == sent.items.map(\.frame))
  }

  @Test func `a delta is cut to what the receiver lacks, and says so`() async throws {
    let test = try TestStore(1)
    try await test.store.write(edits(50), now: Sample.now)
    let basis = Knowledge([Sample.replica(1): SequenceSet([3...9, 20...40])])
    let letter = try await test.store.letter(since: basis)
    let sequences = try letter.operations().map(\.dot.sequence)
    #expect(sequences == Array(1...2) + Array(10...19) + Array(41...50))
    #expect(letter.statement.carried == letter.statement.known.subtracting(basis))
    #expect(letter.statement.basis == basis)
  }

  @Test func `a register that is written again and again does not fill the log`() async throws {
    let test = try TestStore(1)
    let article = ArticleID(key: Identifier(high: 7, low: 7))
    for percent in 0..<600 {
      try await test.store.write(
        [article.edit(ArticleField.progress, .integer(Int64(percent)))],
        now: Sample.now + Int64(percent))
    }
    let held = try await test.store.heldKnowledge()
    #expect(held.count < 200)
    #expect(try await test.store.report().knowledge.count == 600)
    #expect(try await test.store.check(deep: true, repair: false).damage.isEmpty)
  }

  @Test func `compacting drops superseded operations and forgets nothing`() async throws {
    let test = try TestStore(1)
    let register = RegisterID(Sample.entity(1), Field("size"))
    for number in Int64(1)...40 {
      try await test.store.write([Edit(register, .integer(number))], now: Sample.now)
    }
    // What comes later rolls the frames up without superseding anything.
    try await test.store.write(edits(40), now: Sample.now)
    let before = try await test.store.report()
    let dropped = try await test.store.compact(now: Sample.now).operations
    #expect(dropped == 39)
    let after = try await test.store.report()
    #expect(after.knowledge == before.knowledge)
    #expect(after.fingerprint == before.fingerprint)
    #expect(try await test.store.letter().operations().count == 41)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `what a compacted replica sends makes an empty one its equal`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    for number in Int64(1)...9 {
      let register = RegisterID(Sample.entity(UInt64(number % 3)), Field("size"))
      try await author.store.write([Edit(register, .integer(number))], now: Sample.now)
    }
    _ = try await author.store.compact(now: Sample.now)
    try await send(from: author.store, to: reader.store)
    #expect(try await reader.store.report().knowledge == author.store.report().knowledge)
    #expect(try await reader.store.report().fingerprint == author.store.report().fingerprint)
  }

  @Test func `long field names do not make a frame past the limit`() async throws {
    let test = try TestStore(1)
    let edits = try (0..<9_000).map { number in
      let name = "image/\(number)" + String(repeating: "x", count: 1_000)
      return Edit(
        RegisterID(Sample.article(1).entity, try Field(bytes: Array(name.utf8))), .flag(true))
    }
    try await test.store.write(edits, now: Sample.now)
    #expect(try await test.store.letter().operations().count == 9_000)
  }

  @Test func `the log tells who wrote what and what is shown`() async throws {
    let test = try TestStore(1)
    let article = Sample.article(1)
    for title in ["first", "second"] {
      try await test.store.write(
        [article.edit(ArticleField.title, try .text(title))], now: Sample.now)
    }
    let log = try await test.store.log(of: article.entity)
    #expect(log.map(\.operation.value.text) == ["first", "second"])
    #expect(log.map(\.standing) == [.superseded, .winner])
    #expect(try await test.store.log(replica: Sample.replica(7)).isEmpty)
  }

  private func edits(_ count: UInt64) -> [Edit] {
    (0..<count).map { Edit(RegisterID(Sample.entity($0 + 100), Field("size")), .integer(1)) }
  }

  private func operation(_ sequence: UInt64) throws -> Operation {
    try Operation(
      dot: Dot(replica: Sample.replica(9), sequence: sequence), stamp: Sample.stamp(sequence),
      register: RegisterID(Sample.entity(sequence), Field("size")), value: .flag(true))
  }
}
