import LibraryStore
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// Servers that are told to stop while sessions are in whatever state they are in.
  struct StoppingTests {
    @Test(arguments: Effort.seeds(4, 8))
    func `a server that is told to stop amid sessions ends, and so do they`(
      seed: UInt64
    ) async throws {
      let fixture = try BundleFixture(seed: seed)
      var generator = SeededGenerator(seed: seed)
      let hub = try await fixture.filled(9, bodyBytes: 30_000)
      var members: [ReplicaStore] = []
      for number in UInt64(1)...4 {
        members.append(try await fixture.filled(number, bodyBytes: 30_000))
      }
      let before = try await hub.report().knowledge
      let calls = (0..<12).map { index in
        (
          host: fixture.host(members[index % members.count]),
          fault: Relay.Fault(
            [.stall, .cut][Int.random(in: 0..<2, using: &generator)],
            Bool.random(using: &generator) ? .toServer : .toClient,
            at: Int.random(in: 0...120_000, using: &generator))
        )
      }
      let wait = Duration.milliseconds(Int.random(in: 0...400, using: &generator))
      var callers: [Task<Void, Never>] = []
      try await fixture.host(hub).serving { server in
        callers = calls.map { call in
          Task {
            _ = try? await Relay.relaying(to: server.port, call.fault) { relay in
              try await call.host.synchronize(with: "127.0.0.1", port: relay.port)
            }
          }
        }
        try await Task.sleep(for: wait)
      }
      // The server has returned, whatever its sessions waited for.
      for caller in callers { caller.cancel() }
      for caller in callers { await caller.value }
      #expect(try await before.subtracting(hub.report().knowledge).isEmpty, "seed \(seed)")
      for member in members {
        try await fixture.session(member, hub)
      }
      for member in members { try await fixture.session(member, hub) }
      try await expectEqual(hub, members[0], "seed \(seed)")
    }
  }
}
