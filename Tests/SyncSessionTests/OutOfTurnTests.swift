import Coding
import Replication
import SyncSession
import TestSupport
import Testing

/// The table of states (Protocol 8.5): what it does not allow ends the session.
struct OutOfTurnTests {
  private static let empty = Announcement(
    claim: nil, operationCount: 0, bodyCount: 0, frameCount: 0, byteCount: 0)

  /// One message of each sort that is refused where it has no place.
  private func messages() throws -> [Message] {
    var writer = Talker(Sample.replica(2))
    var generator = SeededGenerator(seed: 3)
    try Sample.write(3, at: &writer, using: &generator)
    return [
      .report(writer.report), .delta(OutOfTurnTests.empty),
      .content(try Frame(.operations, payload: [0])), .received(frames: 1), .want([]),
      .done(writer.report), .agreed,
    ]
  }

  /// Hears one message after `heard`, whatever is done about them in between; returns the names of
  /// those that were taken.
  private func taken(after heard: [Message], digestsAgree: Bool = false) throws -> [String] {
    try messages().filter { message in
      var talker = Talker(Sample.replica(1), .responder)
      var peer = Talker(Sample.replica(2))
      var generator = SeededGenerator(seed: 5)
      if !digestsAgree { try Sample.write(2, at: &peer, using: &generator) }
      try talker.receive(Hello(peer.report))
      for message in heard {
        try talker.receive(message)
        while !talker.jobs.isEmpty { _ = try talker.work(frameLimit: 2) }
      }
      do {
        try talker.receive(message)
        return true
      } catch SessionError.outOfTurn {
        return false
      }
    }.map(\.name)
  }

  @Test func `who meets takes a report only`() throws {
    #expect(try taken(after: []) == ["report"])
  }

  @Test func `a report of another replica than the hello's is out of turn`() throws {
    var talker = Talker(Sample.replica(1), .responder)
    var peer = Talker(Sample.replica(2))
    var generator = SeededGenerator(seed: 5)
    try Sample.write(2, at: &peer, using: &generator)
    try talker.receive(Hello(peer.report))
    let other = Talker(Sample.replica(3)).report
    #expect(throws: SessionError.outOfTurn("another replica's report")) {
      try talker.receive(.report(other))
    }
  }

  @Test func `who agrees takes that only`() throws {
    #expect(try taken(after: [], digestsAgree: true) == ["agreed"])
  }

  @Test func `who expects a delta takes it, and what its own delta leads to`() throws {
    let report = Talker(Sample.replica(2)).report
    #expect(try taken(after: [.report(report)]) == ["delta", "want", "done"])
  }

  @Test func `who was announced frames takes content too, and no second delta`() throws {
    let report = Talker(Sample.replica(2)).report
    let two = Announcement(
      claim: nil, operationCount: 0, bodyCount: 0, frameCount: 2, byteCount: 0)
    #expect(try taken(after: [.report(report), .delta(two)]) == ["content", "want", "done"])
  }

  @Test func `who has finished takes no content`() throws {
    let report = Talker(Sample.replica(2)).report
    #expect(
      try taken(after: [.report(report), .delta(OutOfTurnTests.empty)]) == ["want", "done"])
  }

  @Test func `more frames than were announced are out of turn`() throws {
    var talker = Talker(Sample.replica(1))
    var peer = Talker(Sample.replica(2), .responder)
    var generator = SeededGenerator(seed: 1)
    try Sample.write(4, at: &peer, using: &generator)
    try talker.receive(Hello(peer.report))
    try talker.receive(.report(peer.report))
    let one = Announcement(
      claim: nil, operationCount: 1, bodyCount: 0, frameCount: 1, byteCount: 0)
    try talker.receive(.delta(one))
    let frame = Message.content(try Frame(.operations, payload: [0]))
    try talker.receive(frame)
    #expect(throws: SessionError.outOfTurn("content")) { try talker.receive(frame) }
  }

  @Test func `acknowledgements beyond what was announced, or going back, are out of turn`() throws {
    var talker = Talker(Sample.replica(1))
    var generator = SeededGenerator(seed: 1)
    try Sample.write(4, at: &talker, using: &generator)
    talker.begin(.initiator)
    let peer = Talker(Sample.replica(2), .responder)
    try talker.receive(Hello(peer.report))
    try talker.receive(.report(peer.report))
    // Two frames of two operations each, and what bodies they name.
    while !talker.jobs.isEmpty { _ = try talker.work(frameLimit: 2) }
    try talker.receive(.received(frames: 2))
    #expect(throws: SessionError.outOfTurn("received")) {
      try talker.receive(.received(frames: 1))
    }
    #expect(throws: SessionError.outOfTurn("received")) {
      try talker.receive(.received(frames: 100))
    }
  }

  @Test func `a side that does not take is sent nothing`() throws {
    var talker = Talker(Sample.replica(1))
    talker.begin(.initiator, takes: false)
    var peer = Talker(Sample.replica(2), .responder)
    var generator = SeededGenerator(seed: 1)
    try Sample.write(1, at: &peer, using: &generator)
    try talker.receive(Hello(peer.report))
    try talker.receive(.report(peer.report))
    let one = Announcement(
      claim: nil, operationCount: 1, bodyCount: 0, frameCount: 1, byteCount: 0)
    #expect(throws: SessionError.outOfTurn("delta")) { try talker.receive(.delta(one)) }
  }

  @Test func `over a poor line few bodies are named and asked for at once`() throws {
    var talker = Talker(Sample.replica(1), .responder)
    var peer = Talker(Sample.replica(2))
    for number in 0..<200 {
      let entity = EntityID(
        kind: EntityKind(number: 1), key: Identifier(high: 1, low: UInt64(number)))
      try peer.replica.write(
        .data([UInt8](repeating: UInt8(number), count: 32)),
        to: RegisterID(entity, Field("body")), authored: false, now: 1)
    }
    let delta = peer.replica.delta(since: Knowledge())
    talker.replica.apply(delta)
    talker.begin(.responder, longestFrame: LongestFrame(16_384))
    try talker.receive(Hello(Talker(Sample.replica(2)).report))
    guard case .send(.report(let report))? = talker.jobs.first else {
      Issue.record("\(talker.jobs)")
      return
    }
    #expect(report.wanted.count == 51)
    try talker.receive(.report(Talker(Sample.replica(2)).report))
    try talker.receive(.delta(OutOfTurnTests.empty))
    var wanted: [WantedBody] = []
    while !talker.jobs.isEmpty {
      for case .want(let bodies) in try talker.work(frameLimit: 8) {
        #expect(bodies.count <= 51)
        wanted += bodies
        try talker.receive(.delta(OutOfTurnTests.empty))
      }
    }
    #expect(wanted.map(\.hash) == talker.missing)
  }

  @Test func `a refusal ends the session with its reason`() throws {
    var talker = Talker(Sample.replica(1))
    let refusal = Refusal(.cannotWrite, "disk full")
    #expect(throws: SessionError.refused(refusal)) { try talker.receive(.refusal(refusal)) }
  }
}
