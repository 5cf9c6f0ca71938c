import Articles
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// Lines that are cut, stall, or change what they carry.
  struct InterruptionTests {
    @Test(arguments: Effort.seeds(4, 8))
    func `a session cut anywhere loses nothing, and the next one goes on`(seed: UInt64) async throws
    {
      let fixture = try BundleFixture(seed: seed)
      var generator = SeededGenerator(seed: seed)
      let (one, two) = (
        try await fixture.filled(1, bodyBytes: 9_000), try await fixture.filled(2, bodyBytes: 9_000)
      )
      try await fixture.host(two).serving { server in
        for step in 0..<10 {
          // Late cuts are as telling as early ones, and most of what is said is said early.
          let length = step < 3 ? 30_000 : 1_200
          let fault = Relay.Fault(
            [.cut, .cut, .change][step % 3], Bool.random(using: &generator) ? .toServer : .toClient,
            at: Int.random(in: 0...length, using: &generator))
          try await expectKept(one, two, fixture, seed) {
            _ = try? await Relay.relaying(to: server.port, fault) { relay in
              try await fixture.host(one).synchronize(with: "127.0.0.1", port: relay.port)
            }
          }
          guard step % 3 == 2 else { continue }
          _ = try await fixture.host(one).synchronize(with: "127.0.0.1", port: server.port)
          try await expectEqual(one, two, "seed \(seed)")
          for (number, store) in [one, two].enumerated() {
            try await fixture.add(
              fixture.article(UInt64(number + 1), 10 + step), body: [UInt8(step), UInt8(number)],
              to: store)
          }
        }
      }
    }

    /// Expects that neither store loses anything it knows while `body` runs.
    private func expectKept(
      _ one: ReplicaStore, _ two: ReplicaStore, _ fixture: BundleFixture, _ seed: UInt64,
      while body: () async throws -> Void
    ) async throws {
      let before = [try await one.report().knowledge, try await two.report().knowledge]
      try await body()
      for (store, known) in zip([one, two], before) {
        #expect(try await known.subtracting(store.report().knowledge).isEmpty, "seed \(seed)")
      }
    }

    @Test func `a line that is cut again and again still brings everything`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (
        try await fixture.filled(1, articles: 24, bodyBytes: 40_000), try fixture.replica(2)
      )
      try await fixture.host(one).serving { server in
        for _ in 0..<12 {
          let cut = Relay.Fault(.cut, .toClient, at: 400_000)
          _ = try? await Relay.relaying(to: server.port, cut) { relay in
            try await fixture.host(two).synchronize(with: "127.0.0.1", port: relay.port)
          }
        }
      }
      try await expectEqual(one, two)
    }

    @Test(arguments: Effort.seeds(6, 20))
    func `three replicas that write and meet over bad lines converge`(seed: UInt64) async throws {
      let fixture = try BundleFixture(seed: seed)
      var generator = SeededGenerator(seed: seed)
      var stores: [ReplicaStore] = []
      for number in 1...3 { stores.append(try await fixture.filled(UInt64(number), articles: 2)) }
      for step in 0..<14 {
        let pair = stores.shuffled(using: &generator)
        if Bool.random(using: &generator) {
          try await write(step, to: pair[0], fixture, using: &generator)
        } else {
          let fault = Relay.Fault(
            .cut, Bool.random(using: &generator) ? .toServer : .toClient,
            at: Int.random(in: 0...3_000, using: &generator))
          try await fixture.host(pair[1]).serving { server in
            _ = try? await Relay.relaying(to: server.port, fault) { relay in
              try await fixture.host(pair[0]).synchronize(with: "127.0.0.1", port: relay.port)
            }
          }
        }
      }
      for (one, other) in [(0, 1), (1, 2), (0, 1)] {
        try await fixture.session(stores[one], stores[other])
      }
      try await expectEqual(stores[0], stores[1], "seed \(seed)")
      try await expectEqual(stores[1], stores[2], "seed \(seed)")
      for store in stores {
        #expect(try await store.status(now: BundleFixture.now).missingBodies == 0, "seed \(seed)")
      }
    }

    private func write(
      _ step: Int, to store: ReplicaStore, _ fixture: BundleFixture,
      using generator: inout SeededGenerator
    ) async throws {
      let article = fixture.article(UInt64.random(in: 1...3, using: &generator), 0)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: try await fixture.add(article, body: [UInt8(step)], to: store)
      case 1: try await store.write([try article.note("note \(step)")], now: BundleFixture.now)
      case 2: try await store.write([article.mark(.read)], now: BundleFixture.now)
      default: _ = try await store.compact(now: BundleFixture.now)
      }
    }

    @Test func `a server that is told to stop while it sends ends at once`() async throws {
      let fixture = try BundleFixture()
      let (store, two) = (try fixture.replica(1), try fixture.replica(2))
      try await fill(store, fixture)
      let before = try await store.report()
      try await stopServer(of: store, while: two, fixture, stalling: .toClient, at: 500_000)
      #expect(try await store.report() == before)
      try await fixture.session(two, store)
      try await expectEqual(store, two)
    }

    @Test func `a server that is told to stop while it receives keeps what has come`() async throws
    {
      let fixture = try BundleFixture()
      let store = try await fixture.filled(1, articles: 4)
      let two = try fixture.replica(2)
      try await fill(two, fixture)
      try await stopServer(of: store, while: two, fixture, stalling: .toServer, at: 5_000_000)
      try await fixture.session(two, store)
      try await expectEqual(store, two)
    }

    /// Stops a server whose client's line has stalled.
    private func stopServer(
      of store: ReplicaStore, while client: ReplicaStore, _ fixture: BundleFixture,
      stalling direction: Relay.Direction, at offset: Int
    ) async throws {
      let events = EventLog()
      let serving = Task {
        try await SyncServer(fixture.host(store)) { events.append($0) }
          .run(address: "127.0.0.1", port: 0)
      }
      try await expectEventually { events.port != nil }
      let port = try #require(events.port)
      try await Relay.relaying(to: port, Relay.Fault(.stall, direction, at: offset)) { relay in
        let calling = Task {
          try await fixture.host(client).synchronize(with: "127.0.0.1", port: relay.port)
        }
        try await expectEventually { relay.count(direction) == offset }
        let start = ContinuousClock.now
        serving.cancel()
        try await serving.value
        #expect(start.duration(to: .now) < .seconds(30))
        calling.cancel()
        _ = await calling.result
      }
      #expect(events.all.count == 2)
      guard case .failed(let failure) = events.all.last, failure.error is CancellationError else {
        Issue.record("\(events.all)")
        return
      }
    }

    @Test func `a client that is cancelled ends at once, and the server goes on`() async throws {
      let fixture = try BundleFixture()
      let (store, two) = (try fixture.replica(1), try fixture.replica(2))
      try await fill(store, fixture)
      try await fixture.host(store).serving { server in
        let stall = Relay.Fault(.stall, .toClient, at: 300_000)
        try await Relay.relaying(to: server.port, stall) { relay in
          let calling = Task {
            try await fixture.host(two).synchronize(with: "127.0.0.1", port: relay.port)
          }
          try await expectEventually { relay.count(.toClient) == 300_000 }
          let start = ContinuousClock.now
          calling.cancel()
          await #expect(throws: CancellationError.self) { try await calling.value }
          #expect(start.duration(to: .now) < .seconds(30))
        }
        _ = try await fixture.host(two).synchronize(with: "127.0.0.1", port: server.port)
      }
      try await expectEqual(store, two)
    }

    /// Twelve megabytes of bodies, more than the system holds of a connection that has stalled.
    private func fill(_ store: ReplicaStore, _ fixture: BundleFixture) async throws {
      let noise = fixture.bytes(100_000, seed: 1)
      for index in 0..<12 {
        // What repeats lies further back than deflating looks.
        var body = [UInt8(index)]
        for _ in 0..<10 { body += noise }
        try await fixture.add(fixture.article(1, index), body: body, to: store)
      }
    }
  }
}
