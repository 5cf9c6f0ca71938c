import Coding
import Replication

/// The conversation between two replicas (Protocol 8): what to say next, and what to do with what
/// was heard. It does no I/O; whoever drives it carries out its steps in their order and tells it
/// what came of them.
///
/// Both sides run the same states. Each gives and takes at once, and neither waits for the other's
/// content before sending its own.
package struct Session: Sendable {
  /// Who began; it matters only to replicas that have nothing to tell each other.
  package enum Role: Sendable {
    case initiator, responder
  }

  /// What the driver does next.
  package enum Step: Sendable, Equatable {
    case send(Message)
    /// Notice what the peer says it is: it may have met a copy of this replica (Protocol 1.10).
    case meet(PeerReport)
    /// Plan this in frames of about this length, tell of it with ``Session/planned(_:)``, then send
    /// its frames.
    case stream(DeltaSelection, LongestFrame)
    /// Add a frame to those to be committed; tell of commits with ``Session/committed(frames:)``.
    case apply(Frame)
    /// Commit all that came, take the claim, and tell with ``Session/concluded(_:missing:)``:
    /// what this replica knows now, and which bodies it lacks above this hash, so many at most.
    case conclude(Announcement.Claim?, missingAfter: ContentHash?, atMost: Int)
    case finish(Outcome)
  }

  /// How a session ended.
  package struct Outcome: Sendable, Equatable {
    /// What the peer said of itself last.
    package let peer: PeerReport
    /// Whether there was nothing to exchange.
    package let agreed: Bool
    /// Whether the replicas had diverged and sent each other everything.
    package let audited: Bool
    /// Whether they still hold different results under equal knowledge.
    package let diverged: Bool
  }

  package let hello: Hello
  private let role: Role
  private var report: PeerReport
  private var peer: Hello?
  private var inbound = Inbound.hello
  private var outbound = Outbound.hello
  private var isAudit = false

  /// What is expected of the peer's content.
  private enum Inbound: Equatable {
    case hello, agreement, report, delta
    case frames(Announcement, left: Int)
    case settling
    case bodies(upTo: ContentHash)
    case bodyFrames(upTo: ContentHash, left: Int)
    case settlingBodies
    case done, over
  }

  /// How far our own content is.
  private enum Outbound: Equatable {
    case hello, report, planning
    /// Frames announced and acknowledged.
    case announced(Int, received: Int)
    case done(PeerReport)
  }

  /// - Parameters:
  ///   - report: what this replica says of itself at the start.
  ///   - gives: whether it sends what the peer lacks.
  ///   - takes: whether it takes what it lacks.
  ///   - longestFrame: what the peer should cut frames to.
  package init(
    _ role: Role, report: PeerReport, gives: Bool = true, takes: Bool = true,
    versions: SessionVersions = .current, longestFrame: LongestFrame = .maximum
  ) {
    self.role = role
    self.report = report
    hello = Hello(
      report, gives: gives, takes: takes, versions: versions, longestFrame: longestFrame)
  }

  /// Whether the session came to its end.
  package var isOver: Bool { inbound == .over }
}

// What is received.
extension Session {
  /// Throws `noCommonVersion`.
  package mutating func receive(_ hello: Hello) throws(SessionError) -> [Step] {
    guard inbound == .hello else { throw .outOfTurn("hello") }
    _ = try self.hello.versions.common(with: hello.versions)
    peer = hello
    guard self.hello.agrees(with: hello) else {
      inbound = .report
      outbound = .report
      return [.send(.report(outgoing(report)))]
    }
    inbound = .agreement
    return role == .initiator ? [.send(.agreed)] + agree(with: hello) : []
  }

  /// Throws `malformed`, `outOfTurn`, or `refused` when the peer gave up.
  package mutating func receive(_ message: Message) throws(SessionError) -> [Step] {
    switch (message, inbound) {
    case (.pulse, _): return []
    case (.refusal(let refusal), _): throw .refused(refusal)
    case (.agreed, .agreement):
      guard let peer else { throw .outOfTurn("agreed") }
      return agree(with: peer)
    case (.report(let report), .report): return try meet(report)
    case (.delta(let announcement), .delta): return try expect(announcement)
    case (.delta(let announcement), .bodies(let last)):
      return try expectBodies(announcement, upTo: last)
    case (.content(let frame), _): return try take(frame)
    case (.received(let frames), _): return try acknowledge(frames)
    case (.want(let wanted), _): return try answer(wanted)
    case (.done(let report), _): return try close(report)
    default: throw .outOfTurn(message.name)
    }
  }

  private mutating func agree(with peer: Hello) -> [Step] {
    inbound = .over
    let same = PeerReport(
      replica: peer.replica, clock: peer.clock, knowledge: report.knowledge,
      fingerprint: report.fingerprint, wanted: report.wanted, keeping: nil)
    return [.finish(Outcome(peer: same, agreed: true, audited: false, diverged: false))]
  }

  private mutating func meet(_ report: PeerReport) throws(SessionError) -> [Step] {
    // A side may take a fresh id later (Protocol 1.10), but not between its first two words.
    guard report.replica == peer?.replica else { throw .outOfTurn("another replica's report") }
    inbound = .delta
    // Who keeps not every text asks for those it does (Protocol 3.9).
    let keepsAll = report.keeping?.ceased == nil
    return [.meet(report)] + give(.delta(since: report.knowledge, withBodies: keepsAll))
  }

  private mutating func expect(_ announcement: Announcement) throws(SessionError) -> [Step] {
    guard canTake || announcement.frameCount == 0 else { throw .outOfTurn("delta") }
    inbound = .frames(announcement, left: announcement.frameCount)
    return settleIfWhole()
  }

  private mutating func expectBodies(
    _ announcement: Announcement, upTo last: ContentHash
  ) throws(SessionError) -> [Step] {
    guard announcement.claim == nil else { throw .outOfTurn("a claim over asked bodies") }
    inbound = .bodyFrames(upTo: last, left: announcement.frameCount)
    return settleIfWhole()
  }

  private mutating func take(_ frame: Frame) throws(SessionError) -> [Step] {
    switch inbound {
    case .frames(let announcement, let left) where left > 0:
      inbound = .frames(announcement, left: left - 1)
    case .bodyFrames(let last, let left) where left > 0 && frame.kind == .bodies:
      inbound = .bodyFrames(upTo: last, left: left - 1)
    default: throw .outOfTurn("content")
    }
    return [.apply(frame)] + settleIfWhole()
  }

  private mutating func settleIfWhole() -> [Step] {
    switch inbound {
    case .frames(let announcement, left: 0):
      inbound = .settling
      return [conclude(announcement.claim, missingAfter: nil)]
    case .bodyFrames(let last, left: 0):
      inbound = .settlingBodies
      return [conclude(nil, missingAfter: last)]
    default: return []
    }
  }

  private mutating func acknowledge(_ frames: Int) throws(SessionError) -> [Step] {
    guard case .announced(let announced, let received) = outbound,
      frames > received, frames <= announced
    else { throw .outOfTurn("received") }
    outbound = .announced(announced, received: frames)
    return []
  }

  private mutating func answer(_ wanted: [WantedBody]) throws(SessionError) -> [Step] {
    // Who asks has all that was announced; else each question would open a snapshot more.
    guard case .announced(let announced, let received) = outbound, announced == received,
      !isAudit
    else { throw .outOfTurn("want") }
    return give(.bodies(wanted))
  }

  private mutating func close(_ report: PeerReport) throws(SessionError) -> [Step] {
    guard case .announced = outbound else { throw .outOfTurn("done") }
    outbound = .done(report)
    return inbound == .done ? end(with: report) : []
  }
}

// What the driver tells.
extension Session {
  /// A plan that ``Step/stream(_:)`` asked for is made.
  package mutating func planned(_ announcement: Announcement) -> [Step] {
    precondition(outbound == .planning, "a plan answers one step")
    outbound = .announced(announcement.frameCount, received: 0)
    return [.send(.delta(announcement))]
  }

  /// So many of the frames under way are committed in all.
  package mutating func committed(frames: Int) -> [Step] {
    [.send(.received(frames: frames))]
  }

  /// What came is committed and concluded; the missing bodies, ascending, at most as many as
  /// ``Step/conclude(_:missingAfter:atMost:)`` said.
  package mutating func concluded(_ report: PeerReport, missing: [WantedBody]) -> [Step] {
    precondition(
      inbound == .settling || inbound == .settlingBodies, "a conclusion answers one step")
    self.report = report
    if let last = missing.last, canTake, !isAudit {
      // Each is asked for once: what this peer lacks too must not go round for ever.
      inbound = .bodies(upTo: last.hash)
      return [.send(.want(missing))]
    }
    inbound = .done
    let done = Step.send(.done(outgoing(report)))
    guard case .done(let peer) = outbound else { return [done] }
    return [done] + end(with: peer)
  }

  private mutating func give(_ selection: DeltaSelection) -> [Step] {
    outbound = .planning
    guard canGive, let peer else { return planned(.nothing) }
    return [.stream(selection, peer.longestFrame)]
  }

  /// Both sides see the same two reports, and so both begin an audit or neither does.
  private mutating func end(with peer: PeerReport) -> [Step] {
    let diverged = report.hasDiverged(from: peer)
    if diverged, !isAudit, canGive, canTake {
      isAudit = true
      inbound = .delta
      return give(.everything)
    }
    inbound = .over
    return [
      .finish(Outcome(peer: peer, agreed: false, audited: isAudit, diverged: diverged))
    ]
  }

  private func conclude(
    _ claim: Announcement.Claim?, missingAfter last: ContentHash?
  ) -> Step {
    .conclude(claim, missingAfter: last, atMost: hello.longestFrame.wantedBodies)
  }

  /// A report as it is sent: over a poor line it names fewer of the bodies that are lacking, which
  /// would take most of what the line carries.
  private func outgoing(_ report: PeerReport) -> PeerReport {
    let wanted = report.wanted.prefix(hello.longestFrame.wantedBodies)
    var keeping = report.keeping
    if wanted.count < report.wanted.count { keeping?.wantsAll = false }
    return PeerReport(
      replica: report.replica, clock: report.clock, knowledge: report.knowledge,
      fingerprint: report.fingerprint, wanted: Array(wanted), keeping: keeping)
  }

  private var canGive: Bool {
    hello.flags.contains(.gives) && peer?.flags.contains(.takes) == true
  }

  private var canTake: Bool {
    hello.flags.contains(.takes) && peer?.flags.contains(.gives) == true
  }
}

extension Message {
  /// As the specification calls it.
  package var name: String {
    switch self {
    case .report: "report"
    case .delta: "delta"
    case .content: "content"
    case .received: "received"
    case .want: "want"
    case .done: "done"
    case .agreed: "agreed"
    case .pulse: "pulse"
    case .refusal: "refusal"
    }
  }
}
