import Articles
import Coding
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// Lines that carry only so much before they break.
  struct PoorLineTests {
    @Test(arguments: [60_000, 20_000])
    func `a line that breaks again and again brings a library home`(carrying: Int) async throws {
      let fixture = try BundleFixture()
      let one = try await PoorLineTests.library(of: 250, fixture)
      let whole = try one.snapshot(.delta(since: Knowledge())).plan.parts
        .reduce(0) { $0 + $1.length }
      #expect(whole > 250_000)
      let two = try fixture.replica(2)
      let (tries, bytes) = try await PoorLineTests.synchronize(
        two, with: one, carrying: carrying, fixture)
      try await expectEqual(one, two)
      #expect(tries < 40 * 60_000 / carrying, "\(tries) tries")
      #expect(bytes < 2 * whole, "\(bytes) bytes for \(whole)")
    }

    @Test func `it brings one to the side that listens, too`() async throws {
      let fixture = try BundleFixture()
      let one = try await PoorLineTests.library(of: 200, fixture)
      let two = try fixture.replica(2)
      let (tries, _) = try await PoorLineTests.synchronize(
        one, with: two, carrying: 60_000, fixture)
      try await expectEqual(one, two)
      #expect(tries < 20)
    }

    @Test func `an image longer than a try comes in pieces`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try fixture.replica(1), try fixture.replica(2))
      let image = fixture.bytes(9 << 20, seed: 1)
      try await fixture.add(fixture.article(1, 0), body: image, to: one)
      let (tries, bytes) = try await PoorLineTests.synchronize(
        two, with: one, carrying: 3_500_000, fixture)
      try await expectEqual(one, two)
      #expect(tries < 8)
      #expect(bytes < 2 * image.count)
      // What was cut small for the line is not kept so.
      #expect(try two.snapshot(.delta(since: Knowledge())).plan.parts.count == 4)
    }

    @Test func `what came of a body is not sent again`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try fixture.replica(1), try fixture.replica(2))
      let image = fixture.bytes(1 << 20, seed: 1)
      try await fixture.add(fixture.article(1, 0), body: image, to: one)
      try await fixture.host(one).serving { server in
        try await Relay.relaying(to: server.port, cuttingAfter: 700_000) { relay in
          for _ in 0..<2 {
            _ = try? await fixture.host(two).synchronize(with: "127.0.0.1", port: relay.port)
          }
        }
        let held = try #require(try await two.wantedBodies(after: nil, atMost: 1).first?.offset)
        #expect(held > 300_000)
        let rest = try await fixture.host(two).synchronize(with: "127.0.0.1", port: server.port)
        #expect(rest.bytesRead < image.count - held + 10_000)
      }
      try await expectEqual(one, two)
    }

    @Test func `a line that got better is given longer frames again`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try fixture.replica(1), try fixture.replica(2))
      try await fixture.host(one).serving { server in
        let line = "127.0.0.1:\(server.port)"
        try await two.noteLongestFrame(300_000, over: line, now: BundleFixture.now)
        for (number, longest) in [600_000, 1_200_000, 1_200_000].enumerated() {
          let count = number == 2 ? 1_000 : 700_000
          try await fixture.add(
            fixture.article(1, number), body: fixture.bytes(count, seed: UInt64(number)), to: one)
          _ = try await fixture.host(two).synchronize(with: "127.0.0.1", port: server.port)
          #expect(try await two.longestFrame(over: line) == longest)
        }
        try await two.noteLongestFrame(5 << 20, over: line, now: BundleFixture.now)
        try await fixture.add(
          fixture.article(1, 3), body: fixture.bytes(6 << 20, seed: 3), to: one)
        _ = try await fixture.host(two).synchronize(with: "127.0.0.1", port: server.port)
        #expect(try await two.longestFrame(over: line) == nil)
      }
    }

    @Test func `a bounded number of lines is remembered, those used last`() async throws {
      let fixture = try BundleFixture()
      let store = try fixture.replica(1)
      for number in 0...Limits.lines {
        try await store.noteLongestFrame(4_096, over: "line \(number)", now: Int64(number))
      }
      #expect(try await store.longestFrame(over: "line 0") == nil)
      #expect(try await store.longestFrame(over: "line 1") == 4_096)
    }

    /// Until a session ends; returns how many it took and how many bytes passed.
    private static func synchronize(
      _ caller: ReplicaStore, with other: ReplicaStore, carrying bytes: Int,
      _ fixture: BundleFixture
    ) async throws -> (tries: Int, bytes: Int) {
      try await fixture.host(other).serving { server in
        try await Relay.relaying(to: server.port, cuttingAfter: bytes) { relay in
          for number in 1...200 {
            do {
              _ = try await fixture.host(caller).synchronize(with: "127.0.0.1", port: relay.port)
              return (number, Relay.Direction.allCases.map(relay.count).reduce(0, +))
            } catch {
              #expect(error as? ConnectionError == .closed)
            }
          }
          return (200, .max)
        }
      }
    }

    /// A replica that holds so many pages, which deflate as pages do.
    private static func library(of pages: Int, _ fixture: BundleFixture) async throws
      -> ReplicaStore
    {
      let store = try fixture.replica(1)
      var generator = SeededGenerator(seed: 1)
      let words = (0..<4_000).map { _ in
        String(
          (0..<Int.random(in: 2...9, using: &generator)).map { _ in
            "etaoinshrdlu".randomElement(using: &generator) ?? "e"
          })
      }
      var gathering = ChunkGathering()
      var edits: [Edit] = []
      for index in 0..<pages {
        let text = (0..<1_700).map { _ in
          words[min(words.count - 1, Int(1 / Double.random(in: 0.000_3...1, using: &generator)))]
        }
        let body = Array("<p>\(text.joined(separator: " "))</p>".utf8)
        let hash = ContentHash(of: body)
        gathering.append(body, of: hash, isText: true)
        let article = fixture.article(1, index)
        edits += [
          article.edit(
            ArticleField.title, try .text(text.prefix(6).joined(separator: " ")), .importing),
          article.edit(ArticleField.url, try .text("https://example.org/\(index)"), .importing),
          article.edit(ArticleField.body, try .data(hash.bytes), .importing),
          article.mark(.starred),
        ]
      }
      try await store.write(
        edits, bodies: try gathering.take().map { try VerifiedChunk(building: $0) },
        now: BundleFixture.now)
      return store
    }
  }
}
