import Articles
import Replication
import Testing

@testable import LibraryStore

/// A register that a member spoilt for good stops nothing else.
struct SpoiltRegisterTests {
  private let spoilt = Sample.article(1)
  private let fine = Sample.article(2)

  /// A register with what a member wrote there.
  private func merge(
    _ value: Value, _ field: Field, stamp: UInt64, context: Context? = nil, into store: ReplicaStore
  ) async throws {
    let operation = try Operation(
      dot: Dot(replica: Sample.replica(66), sequence: 1), stamp: Sample.stamp(stamp),
      register: RegisterID(spoilt.entity, field), value: value, context: context)
    _ = try await store.merge(
      operations: [try Sample.frame([operation])], bodies: [], now: Sample.now)
  }

  @Test func `one at the greatest stamp is left out and named, and all else is written`()
    async throws
  {
    let test = try TestStore(1)
    try await merge(
      .flag(false), ArticleField.read, stamp: Stamp.maximum.rawValue, into: test.store)
    let written = try await test.store.write(
      [spoilt.mark(.read), spoilt.mark(.starred), fine.mark(.read)], now: Sample.now)
    #expect(written.changed == [spoilt.entity, fine.entity])
    #expect(
      written.leftOut == [
        LeftOut(
          register: RegisterID(spoilt.entity, ArticleField.read), reason: .stampsExhausted)
      ])
    // No sequence was issued for it.
    let known = try await test.store.report().knowledge[Sample.replica(1)]
    #expect(known == SequenceSet(1...2))
    #expect(try await test.store.article(fine)?.article.isRead == true)
    #expect(try await test.store.article(spoilt)?.article.isRead == false)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test(arguments: [1, 0])
  func `a context at its limit can be answered, and one past it is left out`(
    room: Int
  ) async throws {
    let test = try TestStore(1)
    let context = Context(
      (1...UInt64(Limits.replicas - room)).map {
        Context.Entry(replica: Sample.replica(1_000 + $0), sequence: 1)
      })
    try await merge(
      .text("spoilt"), ArticleField.note, stamp: 5, context: context, into: test.store)
    let written = try await test.store.write(
      [try spoilt.note("mine"), try fine.note("mine")], now: Sample.now)
    #expect(written.changed.contains(fine.entity))
    #expect(written.changed.contains(spoilt.entity) == (room > 0))
    #expect(
      written.leftOut.map(\.reason) == (room > 0 ? [] : [.contextTooLarge(Limits.replicas + 1)]))
    #expect(try await test.store.shown(RegisterID(spoilt.entity, ArticleField.note)).text != nil)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }
}
