import Coding
import LibraryStore
import Replication
import SyncSession
import Testing

@testable import Transports

extension DeadlineTests {
  /// Members that prove it and then break the protocol: their session fails, and nothing else.
  struct FalseMemberTests {
    @Test func `a frame past the limit is refused before its bytes are read`() async throws {
      var header = try Frame(.operations, payload: [1]).header
      header.replaceSubrange(4..<8, with: [0, 0x80, 0, 1])
      try await expectRefusal(of: [.bytes(header)], as: .malformed) {
        $0 as? ConnectionError
          == .malformed(.frameTooLarge(declared: (8 << 20) + 1, limit: 8 << 20))
      }
    }

    @Test func `a frame with another checksum is damage`() async throws {
      let frame = try Message.pulse.frame()
      var bytes = frame.header + frame.stored
      bytes[12] ^= 1
      try await expectRefusal(of: [.bytes(bytes)], as: nil) {
        $0 as? ConnectionError == .damaged
      }
    }

    @Test func `a message out of turn is refused`() async throws {
      for message in [Message.agreed, .received(frames: 1), .want([]), .delta(.empty)] {
        try await expectRefusal(of: [.message(message)], as: .malformed) {
          if case SessionError.outOfTurn = $0 { true } else { false }
        }
      }
    }

    @Test func `acknowledging what was not sent is refused`() async throws {
      try await expectRefusal(of: [.report, .message(.received(frames: 9))], as: .malformed) {
        $0 as? SessionError == .outOfTurn("received")
      }
    }

    @Test func `content that was not announced is refused`() async throws {
      let frame = try Frame(.bodies, payload: BodyChunkBuilder().payload)
      try await expectRefusal(
        of: [.report, .message(.delta(.empty)), .message(.content(frame))], as: .malformed
      ) {
        $0 as? SessionError == .outOfTurn("content")
      }
    }

    @Test func `garbage among the records is damage, and nothing is said to it`() async throws {
      let garbage = FalseMember.record([UInt8](repeating: 7, count: 40))
      try await expectRefusal(of: [.message(.pulse), .record(garbage)], as: nil) {
        $0 as? ConnectionError == .damaged
      }
      // A record too short for its tag.
      try await expectRefusal(of: [.message(.pulse), .record([0, 1, 7])], as: nil) {
        $0 as? ConnectionError == .damaged
      }
    }

    @Test func `frames that are no operations and no bodies fail the session`() async throws {
      let announcement = Announcement(
        claim: nil, operationCount: 1, bodyCount: 0, frameCount: 1, byteCount: 1)
      for kind in [Frame.Kind.operations, .bodies] {
        let frame = try Frame(kind, payload: [0xff, 0xff, 0xff])
        try await expectRefusal(
          of: [.report, .message(.delta(announcement)), .message(.content(frame))], as: .malformed
        ) {
          if case ConnectionError.malformed = $0 { true } else { false }
        }
      }
    }

    @Test func `a member that hangs up in the middle fails alone`() async throws {
      try await expectRefusal(of: [.report, .hangUp], as: nil) {
        $0 as? ConnectionError == .closed
      }
    }

    @Test func `messages of kinds nobody knows yet are passed over`() async throws {
      let unknown = try Frame(Frame.Kind(number: 200), payload: [1, 2, 3])
      try await expectRefusal(
        of: [.bytes(unknown.header + unknown.stored), .report, .message(.agreed)], as: .malformed
      ) {
        $0 as? SessionError == .outOfTurn("agreed")
      }
    }

    private enum Word {
      case report
      case message(Message)
      /// Sealed, as if they were a frame.
      case bytes([UInt8])
      /// As they are.
      case record([UInt8])
      case hangUp
    }

    /// Expects the server to refuse what a member says, to report why, and to serve the next.
    private func expectRefusal(
      of words: [Word], as reason: Refusal.Reason?, because isExpected: (any Error) -> Bool,
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let fixture = try BundleFixture()
      let report = try await fixture.replica(8).report()
      try await withServer(fixture) { server, _ in
        var member = try await FalseMember(
          port: server.port, secret: fixture.secret, hello: Hello(report))
        for word in words {
          switch word {
          case .report: try await member.send(.report(report))
          case .message(let message): try await member.send(message)
          case .bytes(let bytes): await member.send(bytes)
          case .record(let bytes): await member.peer.send(bytes)
          case .hangUp: member.peer.close()
          }
        }
        let heard = try await member.refusal()
        #expect(heard == reason, sourceLocation: sourceLocation)
        try await expectEventually(sourceLocation: sourceLocation) { !server.failures.isEmpty }
        let error = try #require(server.failures.first, sourceLocation: sourceLocation)
        #expect(isExpected(error), "\(error)", sourceLocation: sourceLocation)
        #expect(server.strangers == 0, sourceLocation: sourceLocation)
      }
    }
  }
}

extension Announcement {
  fileprivate static let empty = Announcement(
    claim: nil, operationCount: 0, bodyCount: 0, frameCount: 0, byteCount: 0)
}
