import Articles
import Coding
import Files
import LibraryStore
import Replication
import StorageSupport
import Testing

@testable import Transports

/// Bodies that are asked for through a place (Protocol 7.4).
struct ExchangeWantTests {
  private let fixture: BundleFixture
  private let one: ReplicaStore
  private let two: ReplicaStore
  private let here = MemoryStorage()
  private let there = MemoryStorage()

  /// Two knows all that one does, and has none of the bodies.
  init() async throws {
    fixture = try BundleFixture()
    one = try await fixture.filled(1)
    two = try fixture.replica(2)
    try await fixture.pack(one, "no-bodies.satchel", bodies: false)
    _ = try await BundleMerging(two, secret: fixture.secret)
      .merge(fixture.path("no-bodies.satchel"), now: BundleFixture.now)
  }

  private func missing() async throws -> Int {
    try await two.status(now: BundleFixture.now).missingBodies
  }

  @Test func `each place is answered for itself`() async throws {
    _ = try await fixture.synchronize(two, with: here)
    _ = try await fixture.synchronize(two, with: there)
    for place in [here, there] {
      #expect(try await fixture.synchronize(one, with: place).sent.bodyCount == 3)
      #expect(try await fixture.synchronize(one, with: place).sent.paths.isEmpty)
    }
    #expect(try await missing() == 3)
    _ = try await fixture.synchronize(two, with: there)
    #expect(try await missing() == 0)
  }

  @Test func `a roll-up keeps the bodies that were asked for`() async throws {
    _ = try await fixture.synchronize(two, with: here)
    _ = try await fixture.synchronize(one, with: here)
    var now = BundleFixture.now
    for value in 1...12 {
      try await one.write(
        [fixture.article(1, 0).edit(ArticleField.progress, .integer(Int64(value)))], now: now)
      now += 86_400_000
      _ = try await fixture.synchronize(one, with: here, now: now)
    }
    _ = try await fixture.synchronize(two, with: here, now: now)
    #expect(try await missing() == 0)
  }

  @Test func `a want that was met and is there again is answered again`() async throws {
    let replica = try await two.report().replica
    func want(_ wanted: [ContentHash], clock: UInt64) async throws {
      let report = try await two.report()
      let stamp = try #require(Stamp(rawValue: report.clock.rawValue + clock))
      _ = try await one.conclude(
        nil,
        from: PeerReport(
          replica: replica, clock: stamp, knowledge: report.knowledge,
          fingerprint: report.fingerprint, wanted: wanted),
        now: BundleFixture.now)
    }
    let hash = try #require(await two.report().wanted.first)
    let place = "somewhere"
    try await want([hash], clock: 1)
    #expect(try await one.unansweredBodies(at: place) == [hash])
    try await one.noteAnswered([hash], at: place)
    try await want([hash], clock: 2)
    #expect(try await one.unansweredBodies(at: place).isEmpty)
    try await want([], clock: 3)
    try await want([hash], clock: 4)
    #expect(try await one.unansweredBodies(at: place) == [hash])
  }

  @Test func `what a peer says of its keeping is remembered until it says otherwise`()
    async throws
  {
    let report = try await two.report()
    func hear(_ keeping: TextKeeping?, clock: UInt64) async throws -> TextKeeping? {
      _ = try await one.conclude(
        nil,
        from: PeerReport(
          replica: report.replica,
          clock: #require(Stamp(rawValue: report.clock.rawValue + clock)),
          knowledge: report.knowledge, fingerprint: report.fingerprint, wanted: [],
          keeping: keeping),
        now: BundleFixture.now)
      return try await one.report(of: report.replica)?.keeping
    }
    let partial = TextKeeping(wantsAll: false, ceased: 9)
    #expect(try await hear(partial, clock: 1) == partial)
    #expect(try await hear(nil, clock: 2) == partial)
    #expect(try await hear(.everything, clock: 3) == .everything)
  }
}
