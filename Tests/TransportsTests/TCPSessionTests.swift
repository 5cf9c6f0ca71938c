import Articles
import Coding
import Foundation
import LibraryStore
import NIOCore
import Replication
import SyncSession
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// Two replicas that synchronize over TCP.
  struct TCPSessionTests {
    @Test func `what a sender dropped is known without being sent`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
      for percent in 1...50 {
        let edit = fixture.article(1, 0).edit(ArticleField.progress, .integer(Int64(percent)))
        try await one.write([edit], now: BundleFixture.now)
      }
      _ = try await one.compact(now: BundleFixture.now)
      #expect(try await fixture.session(two, one).received.operations.new == 10)
      try await expectEqual(one, two)
      #expect(try await fixture.session(two, one).outcome?.agreed == true)
    }

    @Test func `the first session brings everything both ways, and the second has nothing to say`()
      async throws
    {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2, articles: 5))
      let first = try await fixture.session(one, two)
      #expect(first.received.operations.new == 15)
      #expect(first.received.bodyCount == 5)
      #expect(first.sent.operationCount == 9)
      #expect(first.sent.bodyCount == 3)
      #expect(first.received.missing.isEmpty)
      let outcome = try #require(first.outcome)
      #expect(!outcome.agreed && !outcome.audited && !outcome.diverged)
      #expect(try await one.articleCount() == 8)
      try await expectEqual(one, two)
      #expect(try await fixture.session(two, one).outcome?.agreed == true)
    }

    @Test func `both sides say the same of a session`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2, articles: 5))
      try await fixture.host(two).serving { server in
        let called = try await fixture.host(one).synchronize(with: "127.0.0.1", port: server.port)
        try await expectEventually { server.served.count == 1 }
        let served = try #require(server.served.first)
        #expect(served.received.operations.new == called.sent.operationCount)
        #expect(served.sent.operationCount == called.received.operations.new)
        #expect(served.bytesRead == called.bytesWritten)
        #expect(served.bytesWritten == called.bytesRead)
        #expect(try await one.report(of: two.report().replica)?.knowledge == two.report().knowledge)
        #expect(try await two.report(of: one.report().replica)?.knowledge == one.report().knowledge)
      }
    }

    @Test(arguments: [0, 10, 4_000])
    func `replicas that agree say so in 228 bytes, however much they hold`(
      articles: Int
    ) async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try fixture.replica(1), try fixture.replica(2))
      try await one.write(
        (0..<articles).map { fixture.article(1, $0).mark(.starred) }, now: BundleFixture.now)
      try await fixture.session(one, two)
      try await fixture.host(two).serving { server in
        try await Relay.relaying(to: server.port) { relay in
          let result = try await fixture.host(one).synchronize(with: "127.0.0.1", port: relay.port)
          #expect(result.outcome?.agreed == true)
          try await expectEventually { server.served.count == 1 }
          let bytes = Relay.Direction.allCases.map(relay.count)
          #expect(bytes.reduce(0, +) <= 256)
          #expect(bytes == [131, 97])
          #expect([result.bytesWritten, result.bytesRead] == bytes)
          let served = try #require(server.served.first)
          #expect([served.bytesRead, served.bytesWritten] == bytes)
        }
      }
    }

    @Test func `both sides count every byte of a session that brings something`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2, bodyBytes: 90_000))
      try await fixture.host(two).serving { server in
        try await Relay.relaying(to: server.port) { relay in
          let result = try await fixture.host(one).synchronize(with: "127.0.0.1", port: relay.port)
          #expect(result.bytesWritten == relay.count(.toServer))
          #expect(result.bytesRead == relay.count(.toClient))
          #expect(result.bytesRead > 270_000)
        }
      }
    }

    @Test(.enabled(if: canBind("::1"), "this machine has no IPv6"))
    func `replicas meet over IPv6`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
      try await fixture.session(one, two, at: "::1")
      try await expectEqual(one, two)
    }

    @Test func `a push brings nothing, a pull sends nothing, and a comparison does neither`()
      async throws
    {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
      let compared = try await fixture.session(one, two, .compare)
      #expect(compared.received.operations.new == 0 && compared.sent.operationCount == 0)
      let report = try await two.report()
      #expect(compared.outcome?.peer.knowledge == report.knowledge)
      let pushed = try await fixture.session(one, two, .push)
      #expect(pushed.received.operations.new == 0 && pushed.sent.operationCount == 9)
      #expect(try await one.articleCount() == 3)
      #expect(try await two.articleCount() == 6)
      let pulled = try await fixture.session(one, two, .pull)
      #expect(pulled.received.operations.new == 9 && pulled.sent.operationCount == 0)
      try await expectEqual(one, two)
    }

    @Test func `a side that makes a dry run remembers nothing of its peer`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
      var comparing = fixture.host(one)
      comparing.isRemembering = false
      let host = comparing
      try await fixture.host(two).serving { server in
        _ = try await host.synchronize(with: "127.0.0.1", port: server.port, .compare)
      }
      #expect(try await one.report(of: two.report().replica) == nil)
    }

    @Test func `bodies that a bundle left out are asked for`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
      try await fixture.pack(one, "no-bodies.satchel", bodies: false)
      _ = try await fixture.merge(fixture.path("no-bodies.satchel"), into: two)
      #expect(try await two.status(now: BundleFixture.now).missingBodies == 3)
      let result = try await fixture.session(two, one)
      #expect(result.received.bodyCount == 3)
      #expect(result.received.operations.new == 0)
      try await expectEqual(one, two)
    }

    @Test func `a body that both lack is still lacking, and nobody waits for it`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
      let three = try fixture.replica(3)
      try await fixture.pack(one, "no-bodies.satchel", bodies: false)
      for store in [two, three] {
        _ = try await fixture.merge(fixture.path("no-bodies.satchel"), into: store)
      }
      try await three.write([fixture.article(3, 0).mark(.read)], now: BundleFixture.now)
      #expect(try await fixture.session(two, three).received.operations.new == 1)
      #expect(try await two.status(now: BundleFixture.now).missingBodies == 3)
      #expect(try await fixture.session(two, three).outcome?.agreed == true)
    }

    @Test func `several clients push to one server at the same time`() async throws {
      let fixture = try BundleFixture()
      let hub = try fixture.replica(9)
      var clients: [ReplicaStore] = []
      for number in 1...3 { clients.append(try await fixture.filled(UInt64(number), articles: 8)) }
      try await fixture.host(hub).serving { server in
        try await withThrowingTaskGroup { group in
          for client in clients {
            group.addTask {
              try await fixture.host(client).synchronize(
                with: "127.0.0.1", port: server.port, .push)
            }
          }
          for try await result in group { #expect(result.sent.operationCount >= 24) }
        }
        try await expectEventually { server.served.count == 3 }
      }
      #expect(try await hub.articleCount() == 24)
      for client in clients { try await fixture.session(client, hub) }
      for client in clients { try await fixture.session(client, hub) }
      try await expectEqual(clients[0], clients[2])
      try await expectEqual(clients[1], hub)
    }

    @Test func `replicas that differ under equal knowledge send each other everything and heal`()
      async throws
    {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
      // One dot, two contents: each side holds the other's sequence and not its operation.
      for (index, store) in [one, two].enumerated() {
        let replica = ReplicaID(Identifier(high: 9, low: 9))
        let operation = try Operation(
          dot: Dot(replica: replica, sequence: 1),
          stamp: Stamp(wallMilliseconds: BundleFixture.now),
          register: RegisterID(fixture.article(9, index).entity, ArticleField.note),
          value: .text("note \(index)"), context: .empty)
        let frame = try OperationBlock.frame(of: [operation], replica: replica, range: 1...1)
        _ = try await store.merge(
          operations: [(frame, OperationBlock(payload: frame.payload()))], bodies: [],
          now: BundleFixture.now)
      }
      let outcome = try #require(try await fixture.session(one, two).outcome)
      #expect(outcome.audited)
      #expect(!outcome.diverged)
      for store in [one, two] { #expect(try await store.diverged().isEmpty) }
      try await expectEqual(one, two)
      #expect(try await fixture.session(one, two).outcome?.agreed == true)
    }

    @Test func `nobody at the address is told as such`() async throws {
      let fixture = try BundleFixture()
      let one = try fixture.replica(1)
      let port = try await fixture.host(one).serving { $0.port }
      await #expect {
        try await fixture.host(one).synchronize(with: "127.0.0.1", port: port)
      } throws: { error in
        guard case ConnectionError.unreachable = error else { return false }
        return true
      }
    }

    @Test func `an address that cannot be had is told as such`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try fixture.replica(1), try fixture.replica(2))
      try await fixture.host(one).serving { server in
        await #expect {
          try await SyncServer(fixture.host(two)) { _ in }
            .run(address: "127.0.0.1", port: server.port)
        } throws: { error in
          guard case ConnectionError.cannotListen = error else { return false }
          return true
        }
      }
    }
  }
}

/// Whether this machine has the address.
private func canBind(_ address: String) -> Bool {
  let family = address.contains(":") ? AF_INET6 : AF_INET
  guard let parsed = try? SocketAddress(ipAddress: address, port: 0) else { return false }
  let descriptor = socket(family, CInt(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  return parsed.withSockAddr { bind(descriptor, $0, socklen_t($1)) == 0 }
}
