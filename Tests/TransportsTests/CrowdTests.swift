import Foundation
import LibraryStore
import NIOCore
import NIOPosix
import Replication
import SyncSession
import Testing

@testable import Transports

extension DeadlineTests {
  /// Many at once: members, and those who only hold connections open.
  struct CrowdTests {
    /// Twice as many descriptors, for both ends are in this process.
    private static let idleCount = min(2_000, (descriptorLimit - 600) / 2)

    @Test(.enabled(if: idleCount >= 200, "this process may open too few files"))
    func `idle connections from everywhere keep no member out`() async throws {
      let fixture = try BundleFixture()
      let (store, member) = (try await fixture.filled(1), try fixture.replica(2))
      try await fixture.host(store).serving { server in
        let idle = try await connections(CrowdTests.idleCount, to: server.port)
        defer { for channel in idle { channel.close(promise: nil) } }
        _ = try await fixture.host(member).synchronize(with: "127.0.0.1", port: server.port)
        // The newest still wait, the others had to go.
        try await expectEventually {
          server.strangers >= CrowdTests.idleCount - Limits.unauthenticated
            && idle.count(where: \.isActive) <= Limits.unauthenticated
        }
        #expect(server.failures.isEmpty)
      }
      try await expectEqual(store, member)
    }

    @Test func `idle connections do not end a server that serves once`() async throws {
      let fixture = try BundleFixture()
      let (store, member) = (try await fixture.filled(1), try fixture.replica(2))
      try await fixture.host(store).serving(isOnce: true) { server in
        let idle = try await connections(20, to: server.port, addresses: 1)
        try await expectEventually {
          server.strangers == 20 - Limits.unauthenticatedPerAddress
        }
        _ = try await fixture.host(member).synchronize(with: "127.0.0.1", port: server.port)
        try await expectEventually { server.served.count == 1 }
        for channel in idle { channel.close(promise: nil) }
      }
      try await expectEqual(store, member)
    }

    @Test(.enabled(if: CrowdTests.hasManyAddresses, "this machine has one address to call from"))
    func `two hundred sessions succeed while two hundred members say nothing`() async throws {
      let fixture = try BundleFixture()
      let store = try await fixture.filled(1)
      var members: [ReplicaStore] = []
      for number in 2...9 { members.append(try fixture.replica(UInt64(number))) }
      let hosts = members.map(fixture.host)
      let hello = Hello(try await members[0].report())
      // A caller may part well with a word that comes later than a server waits, which takes it for a
      // stranger then. On a machine that is very busy ten seconds are not enough for all.
      var patient = fixture.host(store)
      patient.authentication = .seconds(120)
      try await patient.serving { server in
        var held: [FalseMember] = []
        for _ in 0..<200 {
          var member = try await FalseMember(
            port: server.port, secret: fixture.secret, hello: hello)
          try await member.send(.pulse)
          held.append(member)
        }
        let sources = (0..<40).map(CrowdTests.address)
        try await Relay.relaying(to: server.port, from: sources) { relay in
          try await withThrowingTaskGroup(of: SessionResult.self) { group in
            for index in 0..<200 {
              // The door has room for so many that come in one moment.
              if index >= 48 { _ = try await group.next() }
              group.addTask {
                try await hosts[index % hosts.count]
                  .synchronize(with: "127.0.0.1", port: relay.port)
              }
            }
            try await group.waitForAll()
          }
        }
        // All have succeeded, or they had thrown.
        try await expectEventually { server.served.count + server.strangers == 200 }
        #expect(server.strangers == 0 && server.failures.isEmpty)
        for member in held { member.peer.close() }
        try await expectEventually { server.failures.count == 200 }
      }
      for member in members { try await expectEqual(store, member) }
    }

    @Test func `members from one address do not close each other's connections`() async throws {
      let fixture = try BundleFixture()
      let store = try await fixture.filled(1)
      let hello = Hello(try await fixture.replica(2).report())
      try await fixture.host(store).serving { server in
        var members: [FalseMember] = []
        for _ in 0..<20 {
          members.append(
            try await FalseMember(port: server.port, secret: fixture.secret, hello: hello))
        }
        // All were answered, and none has said the word that proves it is there.
        for index in members.indices {
          try await members[index].send(.agreed)
          members[index].peer.close()
        }
        try await expectEventually { server.failures.count + server.served.count == 20 }
        #expect(server.strangers == 0)
      }
    }

    @Test func `a server that is told to stop amid a crowd ends, and lets nobody wait`()
      async throws
    {
      let fixture = try BundleFixture()
      let store = try await fixture.filled(1)
      for round in 0..<10 {
        let crowd = try await fixture.host(store).serving { server in
          try await connections(20 + round, to: server.port)
        }
        try await expectEventually { !crowd.contains(where: \.isActive) }
      }
    }

    /// Connections from so many addresses that say nothing, a hundred at a time.
    private func connections(
      _ count: Int, to port: Int, addresses: Int = 40
    ) async throws -> [Channel] {
      let group = MultiThreadedEventLoopGroup.singleton
      var channels: [Channel] = []
      while channels.count < count {
        let batch = try (channels.count..<min(channels.count + 100, count)).map { index in
          ClientBootstrap(group: group)
            .bind(to: try SocketAddress(ipAddress: CrowdTests.address(index % addresses), port: 0))
            .connect(host: "127.0.0.1", port: port)
        }
        channels += try await EventLoopFuture.whenAllSucceed(batch, on: group.next()).get()
      }
      return channels
    }

    /// An address of this machine's own.
    static func address(_ index: Int) -> String {
      hasManyAddresses ? "127.0.0.\(1 + index)" : "127.0.0.1"
    }

    /// Whether all of the loopback network is this machine's own, and not one address of it.
    static var hasManyAddresses: Bool {
      #if os(Linux)
        true
      #else
        false
      #endif
    }
  }
}

/// How many files this process may have open.
private var descriptorLimit: Int {
  var limit = rlimit()
  #if os(Linux)
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
  #else
    guard getrlimit(RLIMIT_NOFILE, &limit) == 0 else { return 0 }
  #endif
  return Int(min(limit.rlim_cur, 1 << 20))
}
