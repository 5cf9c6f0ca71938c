import Articles
import Coding
import LibraryStore
import Replication
import StorageSupport
import TestSupport
import Testing

@testable import Transports

/// Replicas that do not keep every text (Protocol 3.9).
struct KeepingTests {
  private let fixture: BundleFixture
  private let desk: ReplicaStore
  private let phone: ReplicaStore
  private let place = MemoryStorage()
  private static let now = BundleFixture.now

  /// The desk has three articles, the phone nothing.
  init() async throws {
    fixture = try BundleFixture()
    desk = try await fixture.filled(1)
    phone = try fixture.replica(2)
  }

  private func meet(_ stores: ReplicaStore..., after days: Int64 = 0) async throws {
    let now = KeepingTests.now + days * 86_400_000
    for store in stores {
      try await store.settleKeeping(now: now)
      _ = try await fixture.synchronize(store, with: place, now: now)
      try await store.settleKeeping(now: now)
    }
  }

  private func keep(_ query: String?, on store: ReplicaStore) async throws -> TextKeepingStatus {
    try await store.keep(query.map { TextPolicy(query: $0) }, now: KeepingTests.now)
  }

  private func read(_ index: Int, on store: ReplicaStore) async throws {
    try await store.write([fixture.article(1, index).mark(.read)], now: KeepingTests.now)
  }

  private func bodies(of store: ReplicaStore) async throws -> Int {
    try await store.status(now: KeepingTests.now).bodyCount
  }

  @Test func `what is not kept is passed over, and is nothing missing`() async throws {
    try await read(0, on: desk)
    _ = try await keep("is:unread", on: phone)
    try await meet(desk, phone)
    #expect(try await bodies(of: phone) == 2)
    let report = try await phone.report()
    #expect(report.wanted.isEmpty && report.keeping?.wantsAll == true)
    #expect(report.keeping?.ceased != nil)
    let keeping = try await phone.keeping()
    #expect(keeping.leftOut == 1 && keeping.wanted == 0 && keeping.waiting == 0)
    #expect(try await phone.check(deep: true, repair: false).damage == [])
  }

  @Test func `a text goes once one that keeps all has told that it holds it`() async throws {
    try await meet(desk, phone)
    #expect(try await bodies(of: phone) == 3)
    try await read(0, on: phone)
    let kept = try await keep("is:unread", on: phone)
    #expect(kept.waiting == 1 && kept.dropped == 0)
    // Told, but not answered yet.
    try await meet(phone)
    #expect(try await bodies(of: phone) == 3)
    try await meet(desk, phone)
    #expect(try await bodies(of: phone) == 2)
    #expect(try await phone.keeping().waiting == 0)
    let whereabouts = try await phone.whereabouts(of: fixture.article(1, 0))
    #expect(whereabouts?.isLeftOut == true)
    #expect(try await whereabouts?.holders == [desk.report().replica])
    #expect(try await phone.check(deep: true, repair: false).damage == [])
  }

  @Test func `it stays while nobody keeps all`() async throws {
    try await meet(desk, phone)
    for store in [desk, phone] {
      _ = try await store.chooseTexts(
        of: [fixture.article(1, 0)], kept: false, now: KeepingTests.now)
    }
    try await meet(desk, phone, desk, phone, desk, phone)
    #expect(try await bodies(of: phone) == 3)
    #expect(try await bodies(of: desk) == 3)
    #expect(try await phone.keeping().waiting == 1)
    // Now one does again.
    _ = try await keep(nil, on: desk)
    try await meet(desk, phone, desk, phone)
    #expect(try await bodies(of: phone) == 2)
    #expect(try await bodies(of: desk) == 3)
  }

  @Test func `a retired replica keeps nothing for others`() async throws {
    try await meet(desk, phone)
    let card = EntityID(kind: .replica, key: try await desk.report().replica.identifier)
    try await phone.write(
      [Edit(RegisterID(card, ReplicaField.retired), .flag(true))], now: KeepingTests.now)
    let made = try await phone.chooseTexts(
      of: [fixture.article(1, 0)], kept: false, now: KeepingTests.now)
    #expect(made.status.keepers == 0)
    try await meet(phone, desk, phone)
    #expect(try await bodies(of: phone) == 3)
  }

  @Test func `what was left out is found where it lies, and asked for elsewhere`() async throws {
    _ = try await phone.keep(.all, now: KeepingTests.now)
    _ = try await keep("is:starred -is:starred", on: phone)
    try await meet(desk, phone)
    #expect(try await bodies(of: phone) == 0)
    let ids = [fixture.article(1, 0)]
    let made = try await phone.chooseTexts(of: ids, kept: true, now: KeepingTests.now)
    #expect(made.changed == ids && made.status.wanted == 1)
    // The desk's first file is read once more.
    try await meet(phone)
    #expect(try await bodies(of: phone) == 1)
    // Elsewhere it is not, and the desk answers.
    let other = MemoryStorage()
    _ = try await phone.chooseTexts(
      of: [fixture.article(1, 1)], kept: true, now: KeepingTests.now)
    _ = try await fixture.synchronize(phone, with: other)
    _ = try await fixture.synchronize(desk, with: other)
    _ = try await fixture.synchronize(phone, with: other)
    #expect(try await bodies(of: phone) == 2)
  }

  @Test func `a text that goes and is wanted again comes again`() async throws {
    try await meet(desk, phone)
    let ids = [fixture.article(1, 0)]
    for _ in 0..<3 {
      _ = try await phone.chooseTexts(of: ids, kept: false, now: KeepingTests.now)
      try await meet(phone, desk, phone)
      #expect(try await bodies(of: phone) == 2)
      _ = try await phone.chooseTexts(of: ids, kept: true, now: KeepingTests.now)
      try await meet(phone, desk, phone)
      #expect(try await bodies(of: phone) == 3)
    }
  }

  @Test func `the newest stay within a limit`() async throws {
    let big = try await fixture.filled(3, articles: 12, bodyBytes: 1 << 18)
    try await meet(big, phone, desk)
    let limit = 2 << 20
    _ = try await phone.keep(TextPolicy(maximumBytes: limit), now: KeepingTests.now)
    try await meet(phone, big, desk, phone)
    let bytes = try await phone.status(now: KeepingTests.now).chunkBytes
    #expect(bytes <= limit && bytes > limit / 2, "\(bytes)")
    // What comes is not stored past the limit either.
    let late = try await fixture.filled(4, articles: 12, bodyBytes: 1 << 18)
    try await meet(late, phone, late, phone)
    #expect(try await phone.status(now: KeepingTests.now).chunkBytes <= limit)
    #expect(try await phone.check(deep: true, repair: false).damage == [])
  }

  @Test func `what is made where not all is kept goes as soon as another has it`() async throws {
    _ = try await keep("is:starred -is:starred", on: phone)
    try await meet(phone, desk, phone)
    try await fixture.add(
      fixture.article(2, 7), body: fixture.bytes(300, seed: 77), to: phone)
    try await meet(phone, desk, phone)
    #expect(try await bodies(of: phone) == 0)
    #expect(try await bodies(of: desk) == 4)
    // Marks alone are heard of within a day.
    try await read(0, on: phone)
    _ = try await fixture.synchronize(phone, with: place, now: KeepingTests.now)
    #expect(
      try await fixture.synchronize(desk, with: place, now: KeepingTests.now).sent.paths.isEmpty)
  }

  @Test func `a long text that is passed over is no damage`() async throws {
    _ = try await keep("is:starred -is:starred", on: phone)
    try await fixture.add(
      fixture.article(2, 8), body: fixture.bytes(9 << 20, seed: 78), to: desk)
    try await meet(desk)
    let result = try await fixture.synchronize(phone, with: place, now: KeepingTests.now)
    #expect(result.received.spoiltBodyCount == 0)
    #expect(try await phone.keeping().leftOut == 4)
  }

  @Test func `who fetches all that was evicted keeps every text again`() async throws {
    try await meet(desk, phone)
    let ids = [fixture.article(1, 0)]
    _ = try await phone.chooseTexts(of: ids, kept: false, now: KeepingTests.now)
    try await meet(phone, desk, phone)
    let made = try await phone.chooseTexts(of: ids, kept: true, now: KeepingTests.now)
    #expect(made.status.policy == nil)
    #expect(try await phone.report().keeping == .everything)
  }

  @Test func `what has no room is told of`() async throws {
    try await fixture.add(
      fixture.article(2, 9), body: fixture.bytes(3 << 20, seed: 79), to: desk)
    _ = try await phone.keep(TextPolicy(maximumBytes: 1 << 20), now: KeepingTests.now)
    try await meet(desk, phone, desk, phone)
    let made = try await phone.chooseTexts(
      of: [fixture.article(2, 9)], kept: true, now: KeepingTests.now)
    #expect(made.status.crowdedOut == 1 && made.status.wanted == 0)
    let more = try await phone.keep(TextPolicy(maximumBytes: 9 << 20), now: KeepingTests.now)
    #expect(more.crowdedOut == 0 && more.wanted == 1)
  }

  /// A text that goes here, is replaced, and is let go by the one who kept it, is named by nobody again.
  @Test func `undoing names no text that is not here`() async throws {
    let id = fixture.article(5, 0)
    func write(_ seed: UInt64) async throws -> ContentHash {
      let body = fixture.bytes(300, seed: seed)
      var builder = BodyChunkBuilder()
      let hash = ContentHash(of: body)
      builder.append(body[...], of: hash, bodyLength: body.count, offset: 0)
      try await desk.write(
        [id.edit(ArticleField.body, try .data(hash.bytes), .importing)],
        bodies: [VerifiedChunk(builder.frame())], action: ActionLabel("add \(seed)"),
        now: KeepingTests.now)
      return hash
    }
    let first = try await write(1)
    try await meet(desk, phone)
    _ = try await keep("is:starred -is:starred", on: desk)
    try await meet(desk, phone, desk)
    #expect(try await desk.body(first) == nil)
    let second = try await write(2)
    try await meet(desk, phone)
    _ = try await phone.compact(now: KeepingTests.now)
    let undone = try #require(
      try await desk.undo(as: ActionLabel("undo"), now: KeepingTests.now))
    #expect(undone.left == [id.entity])
    #expect(try await desk.article(id)?.article.body == second)
  }

  @Test func `what an article in the bin names stays`() async throws {
    try await meet(desk, phone)
    try await phone.write([fixture.article(1, 0).delete(true)], now: KeepingTests.now)
    _ = try await keep("is:starred -is:starred", on: phone)
    try await meet(phone, desk, phone)
    #expect(try await bodies(of: phone) == 1)
    try await phone.write([fixture.article(1, 0).delete(false)], now: KeepingTests.now)
    try await meet(phone, desk, phone)
    #expect(try await bodies(of: phone) == 1)
    // The desk has to tell that it has heard of that.
    try await meet(desk, phone, after: 1)
    #expect(try await bodies(of: phone) == 0)
  }

  @Test func `a query that cannot be asked is refused, or leaves what is kept`() async throws {
    for query in ["harbor", "is:missing", "@gone"] {
      await #expect(throws: QueryError.self) { _ = try await keep(query, on: phone) }
    }
    #expect(try await phone.keeping().policy == nil)
    func view(_ query: String) async throws {
      let key = ArticleView.key(of: "mine")
      let edits = try ArticleView(name: "mine", query: query).edits(for: key)
      try await phone.write(edits, now: KeepingTests.now)
    }
    try await view("is:unread")
    _ = try await keep("@mine", on: phone)
    try await read(0, on: desk)
    try await meet(desk, phone)
    #expect(try await bodies(of: phone) == 2)
    try await view("harbor")
    try await meet(desk, phone, desk, phone)
    #expect(try await bodies(of: phone) == 2)
    #expect(try await phone.keeping().isUnreadable)
  }

  /// Whoever keeps what, when all is kept again everywhere, every text is there.
  @Test(arguments: 1...12)
  func `no text is lost`(seed: UInt64) async throws {
    let fixture = try BundleFixture(seed: seed)
    var generator = SeededGenerator(seed: seed)
    let stores = try (1...3).map { try fixture.replica(UInt64($0)) }
    let places = [MemoryStorage(), MemoryStorage()]
    var (count, now) = (0, KeepingTests.now)
    func article() -> ArticleID { fixture.article(1, Int.random(in: 0..<6, using: &generator)) }
    for _ in 0..<40 {
      let store = stores.randomElement(using: &generator) ?? stores[0]
      now += 60_000
      switch Int.random(in: 0..<12, using: &generator) {
      case 0..<2:
        count += 1
        try await fixture.add(
          article(), body: fixture.bytes(300, seed: seed << 32 | UInt64(count)), to: store)
      case 2: try await store.write([article().mark(.read)], now: now)
      case 3:
        try await store.write([article().delete(Bool.random(using: &generator))], now: now)
      case 4: _ = try await store.keep(TextPolicy(query: "is:unread"), now: now)
      case 5: _ = try await store.keep(nil, now: now)
      case 6..<8:
        _ = try await store.chooseTexts(
          of: [article()], kept: Int.random(in: 0..<3, using: &generator) == 0, now: now)
      case 8: _ = try await store.compact(now: now)
      default:
        let place = places.randomElement(using: &generator) ?? places[0]
        _ = try await fixture.synchronize(store, with: place, now: now)
        try await store.settleKeeping(now: now)
      }
    }
    for store in stores {
      for index in 0..<6 {
        try await store.write([fixture.article(1, index).delete(false)], now: now)
      }
      _ = try await store.keep(nil, now: now)
    }
    for _ in 0..<4 {
      now += 86_400_000
      for store in stores { _ = try await fixture.synchronize(store, with: places[0], now: now) }
    }
    for store in stores {
      #expect(try await store.status(now: now).missingBodies == 0, "seed \(seed)")
      try await expectEqual(stores[0], store, "seed \(seed)")
    }
  }
}
