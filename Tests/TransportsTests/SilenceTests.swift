import Dispatch
import LibraryStore
import Replication
import SyncSession
import Testing

@testable import Transports

/// Who says nothing is given up; who is only slow is not.
@Suite(.timeLimit(.minutes(1)))
struct SilenceTests {
  @Test func `a member that says nothing more is given up`() async throws {
    let fixture = try BundleFixture()
    var host = fixture.host(try await fixture.filled(1))
    host.silence = .seconds(1)
    let hello = Hello(try await fixture.replica(2).report())
    try await host.serving { server in
      var member = try await FalseMember(port: server.port, secret: fixture.secret, hello: hello)
      try await member.say(.pulse)
      let start = ContinuousClock.now
      while try await member.hear() != nil {}
      #expect(start.duration(to: .now) >= .milliseconds(900))
      try await expectEventually { !server.failures.isEmpty }
      #expect(server.failures.first as? ConnectionError == .silent(seconds: 1))
    }
  }

  @Test func `a member that only says it is there is waited for`() async throws {
    let fixture = try BundleFixture()
    var host = fixture.host(try await fixture.filled(1))
    host.silence = .seconds(2)
    let report = try await fixture.replica(2).report()
    try await host.serving { server in
      var member = try await FalseMember(
        port: server.port, secret: fixture.secret, hello: Hello(report))
      // Longer than it may be silent.
      for _ in 0..<20 {
        try await member.say(.pulse)
        try await Task.sleep(for: .milliseconds(150))
      }
      #expect(server.failures.isEmpty)
      try await member.say(.report(report))
      while let message = try await member.hear() {
        if case .delta = message { break }
      }
      member.peer.close()
    }
  }

  @Test func `a server that never answers is given up`() async throws {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    var client = fixture.host(one)
    client.authentication = .seconds(1)
    let caller = client
    try await fixture.host(two).serving { server in
      let stall = Relay.Fault(.stall, .toClient, at: 0)
      try await Relay.relaying(to: server.port, stall) { relay in
        await #expect(throws: ConnectionError.silent(seconds: 1)) {
          try await caller.synchronise(with: "127.0.0.1", port: relay.port)
        }
      }
    }
  }

  @Test func `a server that is slow to commit says that it is there`() async throws {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    var (client, server) = (fixture.host(one), fixture.host(two))
    (client.silence, server.silence) = (.seconds(3), .seconds(3))
    let (caller, host) = (client, server)
    try await host.serving { server in
      // Once both have said what they will send, the server's store is busy for longer than it may
      // be silent.
      let (isUnderWay, underWay) = AsyncStream<Void>.makeStream()
      let blocking = Task {
        for await _ in isUnderWay { break }
        _ = try await two.withDelta(since: Knowledge()) { _, _ in
          _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(4_500))
        }
      }
      let result = try await Relay.relaying(to: server.port) { relay in
        try await caller.synchronise(with: "127.0.0.1", port: relay.port) { _ in
          underWay.yield()
        }
      }
      underWay.finish()
      try await blocking.value
      #expect(result.received.operations.new == 9)
    }
    try await expectEqual(one, two)
  }
}
