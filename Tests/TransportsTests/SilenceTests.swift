import Dispatch
import LibraryStore
import Replication
import SyncSession
import Testing

@testable import Transports

extension DeadlineTests {
  /// Who says nothing is given up; who is only slow is not.
  struct SilenceTests {
    @Test func `a member that says nothing more is given up`() async throws {
      let fixture = try BundleFixture()
      var host = fixture.host(try await fixture.filled(1))
      host.silence = .seconds(1)
      let hello = Hello(try await fixture.replica(2).report())
      try await host.serving { server in
        try await expectEventually {
          // One that needs more than the second to prove itself tries again.
          guard
            var member = try? await FalseMember(
              port: server.port, secret: fixture.secret, hello: hello)
          else { return false }
          try await member.send(.pulse)
          while try await member.receive() != nil {}
          return !server.failures.isEmpty
        }
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
        try await member.send(.pulse, times: 40, every: .milliseconds(100))
        try await member.send(.report(report))
        while let message = try await member.receive() {
          if case .delta = message { break }
        }
        #expect(server.failures.isEmpty)
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
            try await caller.synchronize(with: "127.0.0.1", port: relay.port)
          }
        }
      }
    }

    @Test func `a login takes as long as it takes, and silence counts from its first byte`()
      async throws
    {
      let fixture = try BundleFixture()
      var host = fixture.host(try await fixture.filled(1))
      host.silence = .seconds(1)
      let caller = host
      func call(_ script: String) async throws {
        _ = try await caller.synchronize(through: RemoteCommand("login", ["sh", "-c", script]))
      }
      await #expect(throws: ConnectionError.chatter(beginning: "Welcome to there, reader!")) {
        try await call("sleep 3; echo 'Welcome to there, reader!'; cat > /dev/null")
      }
      await #expect(throws: ConnectionError.silent(seconds: 1)) {
        try await call("sleep 2; printf 'Hi'; cat > /dev/null")
      }
    }

    @Test func `a server whose store is busy says that it is there`() async throws {
      let fixture = try BundleFixture()
      let store = try await fixture.filled(1)
      var host = fixture.host(store)
      host.silence = .seconds(6)
      let report = try await fixture.replica(2).report()
      try await host.serving { server in
        var member = try await FalseMember(
          port: server.port, secret: fixture.secret, hello: Hello(report))
        try await member.send(.pulse)
        while let message = try await member.receive() {
          if case .report = message { break }
        }
        let heard = DispatchSemaphore(value: 0)
        async let busy: Void = {
          _ = try await store.withDelta(since: Knowledge()) { _, _ in
            _ = heard.wait(timeout: .now() + 30)
          }
        }()
        try await member.send(.report(report))
        var last: Message?
        repeat { last = try await member.receive() } while last != nil && last != .pulse
        #expect(last == .pulse)
        heard.signal()
        try await busy
        member.peer.close()
      }
    }
  }
}
