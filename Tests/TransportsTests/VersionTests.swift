import LibraryStore
import SyncSession
import Testing

@testable import Transports

extension DeadlineTests {
  /// Replicas whose programs are of different ages, over a real connection.
  struct VersionTests {
    @Test(arguments: [true, false])
    func `a later version that still speaks ours synchronizes`(clientIsLater: Bool) async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
      let later = SessionVersions(version: 9, minimum: 1)
      var (client, server) = (fixture.host(one), fixture.host(two))
      if clientIsLater { client.versions = later } else { server.versions = later }
      let (host, caller) = (server, client)
      try await host.serving { server in
        let result = try await caller.synchronize(with: "127.0.0.1", port: server.port)
        #expect(result.received.operations.new == 9)
      }
      try await expectEqual(one, two)
    }

    @Test(arguments: [true, false])
    func `both sides say so when no version is common`(clientIsLater: Bool) async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
      let (ours, later) = (SessionVersions.current, SessionVersions(version: 9, minimum: 2))
      var (client, server) = (fixture.host(one), fixture.host(two))
      if clientIsLater { client.versions = later } else { server.versions = later }
      let (host, caller) = (server, client)
      try await host.serving { server in
        await #expect(
          throws: SessionError.noCommonVersion(
            ours: caller.versions, theirs: clientIsLater ? ours : later)
        ) {
          try await caller.synchronize(with: "127.0.0.1", port: server.port)
        }
        try await expectEventually { !server.failures.isEmpty }
        #expect(
          server.failures.first as? SessionError
            == .noCommonVersion(ours: host.versions, theirs: clientIsLater ? later : ours))
        #expect(server.strangers == 0)
      }
      #expect(try await one.articleCount() == 3)
      #expect(try await two.articleCount() == 3)
    }

    @Test func `a refusal over the version reaches the other side`() async throws {
      let fixture = try BundleFixture()
      let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
      var host = fixture.host(one)
      host.versions = SessionVersions(version: 9, minimum: 2)
      try await host.serving { server in
        var member = try await FalseMember(
          port: server.port, secret: fixture.secret, hello: Hello(two.report()))
        #expect(member.answer.versions == SessionVersions(version: 9, minimum: 2))
        try await member.send(.pulse)
        #expect(try await member.refusal() == .version)
      }
    }
  }
}
