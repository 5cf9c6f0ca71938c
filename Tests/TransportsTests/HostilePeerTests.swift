import Articles
import Coding
import LibraryStore
import Replication
import Sealing
import SyncSession
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// Whoever connects to a server and is no honest member; each time a member is then served.
  struct HostilePeerTests {
    @Test func `a replica of another library is refused, and nothing changes`() async throws {
      let (fixture, other) = (try BundleFixture(seed: 1), try BundleFixture(seed: 2))
      let stranger = try await other.filled(7)
      try await withServer(fixture) { server, _ in
        await #expect(throws: ConnectionError.notAMember) {
          try await other.host(stranger).synchronize(with: "127.0.0.1", port: server.port)
        }
        try await expectEventually { server.strangers == 1 }
        #expect(server.failures.isEmpty)
      }
      #expect(try await stranger.replicas().count == 1)
    }

    @Test(arguments: UInt64(1)...12)
    func `a stranger hears nothing, whatever it says`(seed: UInt64) async throws {
      let fixture = try BundleFixture(seed: seed)
      var generator = SeededGenerator(seed: seed)
      let noise = (0..<Int.random(in: 1_080...5_000, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      // As short as a record can be, as long as an honest one, and at the limit.
      let lengths = [0, 16, 47, 48, 91, 1_072]
      let length = lengths[Int(seed) % lengths.count]
      try await withServer(fixture) { server, _ in
        for bytes in [
          noise, FalseMember.record(Array(noise.prefix(length))),
          Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8),
        ] {
          var peer = try await PlainPeer(port: server.port)
          await peer.send(bytes)
          #expect(await peer.readToEnd() == [], "seed \(seed)")
        }
        try await expectEventually { server.strangers == 3 }
      }
    }

    @Test func `a first record past the limit is not waited for`() async throws {
      let fixture = try BundleFixture()
      try await withServer(fixture) { server, _ in
        let start = ContinuousClock.now
        var peer = try await PlainPeer(port: server.port)
        await peer.send([0x04, 0x31])
        #expect(await peer.readToEnd() == [])
        #expect(start.duration(to: .now) < .seconds(30))
        // At the limit it is.
        peer = try await PlainPeer(port: server.port)
        await peer.send([0x04, 0x30] + [UInt8](repeating: 0, count: 1_071))
        try await expectEventually { server.strangers == 1 }
        #expect(peer.isOpen)
        await peer.send([0])
        #expect(await peer.readToEnd() == [])
        try await expectEventually { server.strangers == 2 }
      }
    }

    @Test func `half a handshake and then silence is closed at the deadline`() async throws {
      let fixture = try BundleFixture()
      try await withServer(fixture, authentication: .seconds(1)) { server, store in
        let message = try await greeting(fixture, hello: Hello(store.report()))
        let start = ContinuousClock.now
        var peers: [PlainPeer] = []
        for count in [0, 1, 2, 92] {
          let peer = try await PlainPeer(port: server.port)
          await peer.send(message.prefix(count))
          peers.append(peer)
        }
        for index in peers.indices { #expect(await peers[index].readToEnd() == []) }
        #expect(start.duration(to: .now) >= .milliseconds(990))
        try await expectEventually { server.strangers == 4 }
      }
    }

    @Test func `one byte now and then does not put the deadline off`() async throws {
      let fixture = try BundleFixture()
      try await withServer(fixture, authentication: .seconds(1)) { server, store in
        let message = try await greeting(fixture, hello: Hello(store.report()))
        let peer = try await PlainPeer(port: server.port)
        for byte in message where peer.isOpen {
          await peer.send([byte])
          try await Task.sleep(for: .milliseconds(50))
        }
        #expect(!peer.isOpen)
        try await expectEventually { server.strangers == 1 }
      }
    }

    @Test func `a repeated first message is answered once more and leads nowhere`() async throws {
      let fixture = try BundleFixture()
      try await withServer(fixture, authentication: .seconds(1)) { server, store in
        // As if a replica had said it whose next word never came.
        let report = try await fixture.replica(5).report()
        let message = try await greeting(fixture, hello: Hello(report))
        var answers: Set<[UInt8]> = []
        for _ in 0..<2 {
          var peer = try await PlainPeer(port: server.port)
          await peer.send(message)
          let answer = await peer.readToEnd()
          #expect(answer.count == 97)
          answers.insert(answer)
        }
        #expect(answers.count == 2)
        try await expectEventually { server.strangers == 2 }
        #expect(try await store.report(of: report.replica) == nil)
        #expect(server.served.isEmpty && server.failures.isEmpty)
      }
    }

    @Test func `a recorded session that is played again does nothing`() async throws {
      let fixture = try BundleFixture()
      let three = try await fixture.filled(3)
      try await withServer(fixture) { server, store in
        let recorded = try await Relay.relaying(to: server.port) { relay in
          _ = try await fixture.host(three).synchronize(
            with: "127.0.0.1", port: relay.port, .compare)
          return relay.bytes(.toServer)
        }
        let before = try await store.replicas().map(\.heardMilliseconds)
        let report = try await store.report()
        var peer = try await PlainPeer(port: server.port)
        await peer.send(recorded)
        #expect(await peer.readToEnd().count == 97)
        try await expectEventually { server.strangers == 1 }
        #expect(server.served.count == 1 && server.failures.isEmpty)
        #expect(try await store.replicas().map(\.heardMilliseconds) == before)
        #expect(try await store.report() == report)
      }
    }

    private func greeting(_ fixture: BundleFixture, hello: Hello) async throws -> [UInt8] {
      var handshake = NoiseHandshake(
        role: .initiator, presharedKey: fixture.secret.noisePresharedKey,
        prologue: SessionHost.prologue)
      return FalseMember.record(try handshake.writeMessage(payload: hello.bytes))
    }
  }
}

/// Serves a replica to `body`, and expects that it then is as it was and still serves a member.
func withServer(
  _ fixture: BundleFixture, authentication: Duration = .seconds(60),
  _ body: (TestServer, ReplicaStore) async throws -> Void
) async throws {
  let store = try fixture.replica(1)
  try await fixture.add(fixture.article(1, 0), body: [1, 2, 3], to: store)
  var host = fixture.host(store)
  host.authentication = authentication
  let before = try await store.report()
  try await host.serving { server in
    try await body(server, store)
    #expect(try await store.report() == before)
    let member = try fixture.replica(2)
    // With a short time to prove itself, a member may need more than one.
    try await expectEventually {
      _ = try? await fixture.host(member).synchronize(with: "127.0.0.1", port: server.port)
      return try await member.report().knowledge == before.knowledge
    }
  }
}
