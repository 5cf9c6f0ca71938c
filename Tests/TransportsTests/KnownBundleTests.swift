import Articles
import Coding
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// Bundles that need not be read again, and those that nobody needs any more.
  struct KnownBundleTests {
    @Test func `a bundle that was merged whole is read as far as its header`() async throws {
      let fixture = try BundleFixture()
      let (sender, receiver) = (try await fixture.filled(1), try fixture.replica(2))
      let path = try #require(try await fixture.pack(sender, "a.satchel").paths.first)
      #expect(try await !fixture.merge(path, into: receiver).isPassedOver)
      // What lies behind the header may be anything: nothing of it is needed.
      var bytes = try fixture.read("a.satchel")
      bytes[bytes.count - 200] ^= 1
      try fixture.write(bytes, to: "a.satchel")
      let again = try await fixture.merge(path, into: receiver)
      #expect(again.isPassedOver && again.operations.received == 0 && again.missing.isEmpty)
      await #expect(throws: BundleError.self) {
        try await fixture.merge(path, into: fixture.replica(3))
      }
    }

    @Test func `it is read again while a body is wanted here`() async throws {
      let fixture = try BundleFixture()
      let (sender, receiver) = (try await fixture.filled(1), try fixture.replica(2))
      let bare = try await fixture.pack(sender, "bare.satchel", bodies: false)
      let full = try await fixture.pack(sender, "full.satchel")
      for _ in 0..<2 {
        #expect(try await !fixture.merge(bare.paths[0], into: receiver).isPassedOver)
      }
      #expect(try await fixture.merge(full.paths[0], into: receiver).bodyCount == 3)
      for path in bare.paths + full.paths {
        #expect(try await fixture.merge(path, into: receiver).isPassedOver)
      }
    }

    @Test func `a part is read again until all the parts carry is known`() async throws {
      let fixture = try BundleFixture()
      let sender = try await fixture.filled(1, articles: 4, bodyBytes: 9_000)
      let receiver = try fixture.replica(2)
      // A frame of operations of its own, so that both parts carry some.
      let other = try await fixture.filled(3, articles: 40, bodyBytes: 9_000)
      try await fixture.session(sender, other)
      let paths = try await fixture.pack(sender, "a.satchel", partLimit: 16_000).paths
      #expect(paths.count > 2)
      for path in paths.reversed() {
        #expect(try await !fixture.merge(path, into: receiver).isPassedOver)
        let again = try await fixture.merge(path, into: receiver)
        #expect(again.isPassedOver == (path == paths[0]))
      }
      for path in paths { #expect(try await fixture.merge(path, into: receiver).isPassedOver) }
    }

    @Test func `what was missing is named each time`() async throws {
      let fixture = try BundleFixture()
      let (sender, receiver) = (try await fixture.filled(1), try fixture.replica(2))
      let basis = try await sender.report().knowledge
      try await fixture.add(fixture.article(1, 7), body: [1], to: sender)
      let path = try await fixture.pack(sender, "later.satchel", since: basis).paths[0]
      for isPassedOver in [false, true] {
        let result = try await fixture.merge(path, into: receiver)
        #expect(result.isPassedOver == isPassedOver)
        #expect(result.missing == basis)
      }
    }

    @Test func `a salvaged bundle is not known`() async throws {
      let fixture = try BundleFixture()
      let (sender, receiver) = (try await fixture.filled(1), try fixture.replica(2))
      let path = try await fixture.pack(sender, "a.satchel").paths[0]
      try fixture.write(try fixture.read("a.satchel").dropLast(10), to: "a.satchel")
      for _ in 0..<2 {
        let result = try await fixture.merge(path, into: receiver, salvage: true)
        #expect(result.isSalvaged && !result.isPassedOver)
      }
    }

    @Test func `a bounded number is remembered, those noted last`() async throws {
      let fixture = try BundleFixture()
      let store = try fixture.replica(1)
      let hashes = (0...Limits.knownBundles).map { ContentHash(of: Array("\($0)".utf8)) }
      for (number, hash) in hashes.prefix(3).enumerated() {
        try await store.noteKnownBundles([hash], now: Int64(number))
      }
      try await store.noteKnownBundles(Array(hashes.dropFirst(3)), now: 3)
      for (hash, isKnown) in [(hashes[0], false), (hashes[1], true)] {
        #expect(try await store.isKnownBundle(hash, carrying: Knowledge()) == isKnown)
      }
    }

    @Test func `a bundle is unneeded once all who are not retired know what it says`() async throws
    {
      let fixture = try BundleFixture()
      let one = try await fixture.filled(1)
      let stores = [one, try await fixture.filled(2), try fixture.replica(3)]
      for store in stores { try await fixture.name(store) }
      for (left, right) in [(0, 1), (1, 2), (0, 1)] {
        try await fixture.session(stores[left], stores[right])
      }
      let known = try await one.report().knowledge
      let content = ReplicaStore.BundleContent(known: known, hasBodies: true)
      // What replica 3 knows, 1 has not heard from itself.
      #expect(try await one.areUnneeded([content]) == [false])
      try await fixture.session(one, stores[2])
      #expect(try await one.areUnneeded([content]) == [true])
      // Another writes, and nobody else knows it.
      try await fixture.add(fixture.article(1, 9), body: [9], to: one)
      let later = ReplicaStore.BundleContent(
        known: try await one.report().knowledge, hasBodies: true)
      #expect(try await one.areUnneeded([content, later]) == [true, false])
      try await fixture.session(one, stores[1])
      #expect(try await one.areUnneeded([later]) == [false])
      try await fixture.retire(stores[2], at: one)
      let last = try await one.report().knowledge
      #expect(try await one.areUnneeded([later]) == [true])
      #expect(
        try await one.areUnneeded([ReplicaStore.BundleContent(known: last, hasBodies: true)])
          == [false])
    }

    @Test func `a bundle with bodies is needed by one that wants a body which is here`()
      async throws
    {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
      for store in [one, two] { try await fixture.name(store) }
      let path = try await fixture.pack(one, "bare.satchel", bodies: false).paths[0]
      _ = try await fixture.merge(path, into: two)
      _ = try await fixture.merge(fixture.pack(two, "back.satchel").paths[0], into: one)
      let known = try await one.report().knowledge.intersection(two.report().knowledge)
      for hasBodies in [true, false] {
        let content = ReplicaStore.BundleContent(known: known, hasBodies: hasBodies)
        #expect(try await one.areUnneeded([content]) == [!hasBodies])
      }
    }

    @Test func `an older report neither shows a divergence nor ends one`() async throws {
      let fixture = try BundleFixture()
      let one = try await fixture.filled(1)
      let report = try await one.report()
      func receive(_ clock: UInt64, _ fingerprint: Fingerprint) async throws -> Bool {
        try await one.conclude(
          nil,
          from: PeerReport(
            replica: ReplicaID(Identifier(high: 5, low: 5)),
            clock: try #require(Stamp(rawValue: clock)), knowledge: report.knowledge,
            fingerprint: fingerprint, wanted: []),
          now: BundleFixture.now + Int64(clock)
        ).diverged
      }
      #expect(try await receive(10, .empty))
      #expect(try await one.diverged().map(\.sinceMilliseconds) == [BundleFixture.now + 10])
      #expect(try await !receive(9, report.fingerprint))
      #expect(try await one.diverged().count == 1)
      #expect(try await receive(11, .empty))
      #expect(try await one.diverged().map(\.sinceMilliseconds) == [BundleFixture.now + 10])
      #expect(try await !receive(12, report.fingerprint))
      #expect(try await one.diverged().isEmpty)
      #expect(try await !receive(11, .empty))
      #expect(try await one.diverged().isEmpty)
    }
  }
}

extension BundleFixture {
  /// Gives a replica a card, by which others know of it.
  fileprivate func name(_ store: ReplicaStore) async throws {
    try await write(store.report().replica, ReplicaField.name, .text("a"), at: store)
  }

  fileprivate func retire(_ store: ReplicaStore, at other: ReplicaStore) async throws {
    try await write(store.report().replica, ReplicaField.retired, .flag(true), at: other)
  }

  private func write(
    _ replica: ReplicaID, _ field: Field, _ value: Value, at store: ReplicaStore
  ) async throws {
    let register = RegisterID(EntityID(kind: .replica, key: replica.identifier), field)
    _ = try await store.write([Edit(register, value)], now: BundleFixture.now)
  }
}
