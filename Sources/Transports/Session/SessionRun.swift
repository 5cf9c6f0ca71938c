import Coding
import LibraryStore
import NIOCore
import Replication
import SyncSession

/// Runs one session between a store and a connection: carries out the steps of ``Session`` and
/// tells it what came of them.
///
/// Three tasks share it. One reads and decodes; one commits what was read, while the next is being
/// read; one writes what the outbox holds, as fast as the connection takes it. Reading never waits
/// for writing, so two replicas that send at once cannot block each other.
actor SessionRun {
  private var session: Session
  private let store: ReplicaStore
  private let now: @Sendable () -> Int64
  /// How often this side says that it is still there.
  private let pulse: Duration
  /// Whether what the peer says of itself is remembered.
  private let isRemembering: Bool
  private let progress: @Sendable (SessionProgress) -> Void
  private var outbox = Outbox()
  private let pipeline: ContentPipeline
  private var committedFrames = 0
  private var result = SessionResult()
  private var counts = SessionProgress()
  /// Whether both sides have said how much they send, so that the total is true.
  private var announcements = 0
  /// Bytes read when the first content was announced.
  private var contentStart: Int?
  private var failure: (any Error)?
  /// Whether the other side is being told of the failure.
  private var isRefusing = false

  /// - Parameters:
  ///   - session: one whose own hello is said.
  ///   - now: milliseconds since 1970.
  init(
    _ session: Session, store: ReplicaStore, now: @escaping @Sendable () -> Int64,
    pulse: Duration, isRemembering: Bool, ledger: CommitLedger?,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) {
    self.session = session
    self.store = store
    self.now = now
    self.pulse = pulse
    self.isRemembering = isRemembering
    self.progress = progress
    pipeline = ContentPipeline(store, ledger: ledger, now: now)
  }

  /// - Parameters:
  ///   - hello: the peer's.
  ///   - channel: what the connection runs over.
  ///
  /// Returns what it did, and what ended it early: a ``ConnectionError``, ``SessionError``,
  /// ``StoreError`` or `CancellationError`.
  nonisolated func run(
    _ hello: Hello, _ input: inout FrameInput, _ output: FrameOutput, over channel: Channel
  ) async -> (SessionResult, (any Error)?) {
    async let _: Void = keepAlive()
    async let _: Void = commitRegularly()
    await withTaskGroup { group in
      group.addTask { await self.writeAll(output, over: channel) }
      group.addTask { await self.commitAll(over: channel) }
      await readAll(hello, &input, over: channel)
      // Where the other side takes no more, what is still to be said waits no longer than for a word.
      let deadline = channel.deadline(pulse * 3)
      await group.waitForAll()
      deadline.cancel()
    }
    // What was read whole is kept, also by a session that was told to stop.
    await commitRest(over: channel)
    return await ending
  }

  /// Until the session is over. What was read is then still committed.
  private nonisolated func readAll(
    _ hello: Hello, _ input: inout FrameInput, over channel: Channel
  ) async {
    do {
      await noteRead(input.byteCount)
      try await receive(hello)
      while await isGoingOn {
        guard let frame = try await input.next() else { throw ConnectionError.closed }
        guard let message = try Message(frame) else { continue }
        await noteRead(input.byteCount)
        try await receive(message)
      }
    } catch {
      await noteRead(input.byteCount)
      await fail(error, over: channel)
    }
    // Whole frames are worth keeping, whatever came after them.
    await pipeline.finish()
    // A connection that is closed over bytes nobody read is reset, and the refusal lost with it.
    if await isRefusing { await input.drain() }
  }

  /// Until the outbox is finished; then it hangs up, for the other side may have no more to say and
  /// leave it to this one.
  private nonisolated func writeAll(_ output: FrameOutput, over channel: Channel) async {
    var output = output
    do {
      await noteWritten(output.byteCount)
      while let frame = try await nextFrame() {
        try await output.write(frame)
        await noteWritten(output.byteCount)
      }
    } catch ConnectionError.closed {
      // What has come can still be read, and its end says the same.
      await abandonOutbox()
      // Should that end not come, nobody waits for it.
      channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
      return
    } catch {
      await fail(error, over: channel)
    }
    channel.close(mode: await isRefusing ? .output : .all, promise: nil)
  }

  private func abandonOutbox() { outbox.abandon() }

  /// Until the session is over.
  private nonisolated func commitAll(over channel: Channel) async {
    do {
      try await pipeline.commitAll { try await self.note($0) }
    } catch {
      await fail(error, over: channel)
    }
  }

  /// What a committer that was cancelled left.
  private nonisolated func commitRest(over channel: Channel) async {
    do {
      try await pipeline.commitRest { try await self.note($0) }
    } catch {
      await fail(error, over: channel)
    }
  }

  /// The first failure ends the session: the other side is told why, where it is not the one that
  /// knows. Once it is over, the other side hangs up, which is no failure; what the store then
  /// reports is this side's alone, and what is still to be said is said.
  private func fail(_ error: any Error, over channel: Channel) async {
    guard failure == nil, !isOver || error is StoreError else { return }
    // What fails in a task that is told to stop fails for that reason.
    failure = Task.isCancelled ? CancellationError() : error
    guard !isOver else { return }
    let refusal = try? Refusal(over: error).map { try Message.refusal($0).frame() }
    isRefusing = refusal != nil
    outbox.abandon()
    if let refusal { outbox.append(refusal) }
    // It may take nothing any more.
    channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
  }

  private var ending: (SessionResult, (any Error)?) { (result, failure) }

  private nonisolated func commitRegularly() async throws {
    while true {
      try await Task.sleep(for: .seconds(1))
      await pipeline.handOverIfDue()
    }
  }

  /// Says that this side is still there while it has nothing else to say.
  private nonisolated func keepAlive() async throws {
    while true {
      try await Task.sleep(for: pulse)
      try await sendPulse()
    }
  }

  private func sendPulse() throws {
    if outbox.isQuiet() { outbox.append(try Message.pulse.frame()) }
  }

  /// What to write next; nil after the last.
  private func nextFrame() async throws -> Frame? {
    while true {
      switch outbox.next() {
      case .message(let frame): return frame
      case .snapshot(let snapshot):
        if let frame = try await snapshot.nextFrame() { return frame }
        outbox.dropSnapshot()
      case .wait: try await outbox.changed.wait()
      case .end: return nil
      }
    }
  }

  private var isOver: Bool { session.isOver }
  private var isGoingOn: Bool { !session.isOver && failure == nil }

  private func receive(_ hello: Hello) async throws {
    try await perform(try session.receive(hello))
  }

  private func receive(_ message: Message) async throws {
    note(message)
    try await perform(try session.receive(message))
  }

  private func noteRead(_ count: Int) {
    result.bytesRead = count
    result.contentBytesRead = contentStart.map { count - $0 } ?? 0
  }
  private func noteWritten(_ count: Int) { result.bytesWritten = count }
}

// Steps.
extension SessionRun {
  private func perform(_ steps: [Session.Step]) async throws {
    for step in steps {
      switch step {
      case .send(let message): outbox.append(try message.frame())
      case .meet(let report): _ = try await remember(report)
      case .stream(let selection, let longest): try await stream(selection, longest)
      case .apply(let frame): try await apply(frame)
      case .conclude(let claim, let last, let limit):
        await pipeline.perform {
          try await self.conclude(claim, missingAfter: last, atMost: limit)
        }
      case .finish(let outcome): try await finish(outcome)
      }
    }
  }

  private func stream(_ selection: DeltaSelection, _ longest: LongestFrame) async throws {
    let snapshot = try store.snapshot(selection, longestFrame: longest.bytes)
    let announcement = Announcement(snapshot.plan, claims: selection.hasClaim)
    result.sent.operationCount += announcement.operationCount
    result.sent.bodyCount += announcement.bodyCount
    result.sent.bytes += announcement.byteCount
    counts.toSend += announcement.frameCount
    announcements += 1
    for case .send(let message) in session.planned(announcement) {
      outbox.append(try message.frame())
    }
    outbox.append(snapshot)
  }

  private func apply(_ frame: Frame) async throws {
    let decoded: DecodedFrame
    do {
      decoded = try DecodedFrame(frame)
    } catch {
      switch error {
      case .unreadable(let error): throw ConnectionError.malformed(error)
      case .otherBody: throw ConnectionError.damaged
      }
    }
    try await pipeline.append(decoded)
  }

  private func note(_ commit: ContentPipeline.Commit) async throws {
    result.received.add(commit.result)
    committedFrames += commit.frameCount
    counts.received += commit.frameCount
    report()
    try await perform(session.committed(frames: committedFrames))
  }

  private func conclude(
    _ claim: Announcement.Claim?, missingAfter last: ContentHash?, atMost limit: Int
  ) async throws {
    committedFrames = 0
    if let claim {
      let conclusion = try await store.conclude(claim.statement, from: claim.sender, now: now())
      result.received.missing = conclusion.missing
    }
    try await perform(
      session.concluded(
        try await store.report(),
        missing: try await store.wantedBodies(after: last, atMost: limit)))
  }

  private func finish(_ outcome: Session.Outcome) async throws {
    result.outcome = outcome
    await pipeline.finish()
    outbox.finish()
    if try await remember(outcome.peer) {
      result.received.diverged.insert(outcome.peer.replica)
      await store.tellDivergence(from: outcome.peer.replica)
    }
  }

  /// Returns whether the peer holds another result under equal knowledge.
  private func remember(_ peer: PeerReport) async throws -> Bool {
    guard isRemembering else { return false }
    return try await store.conclude(nil, from: peer, now: now()).diverged
  }
}

// Progress.
extension SessionRun {
  private func note(_ message: Message) {
    switch message {
    case .delta(let announcement):
      if announcement.frameCount > 0, contentStart == nil { contentStart = result.bytesRead }
      counts.toReceive += announcement.frameCount
      announcements += 1
    case .received(let frames): counts.acknowledged = max(counts.acknowledged, frames)
    default: return
    }
    report()
  }

  private func report() {
    if announcements >= 2, counts.total > 0 { progress(counts) }
  }
}

extension Announcement {
  fileprivate init(_ plan: DeltaPlan, claims: Bool) {
    self.init(
      claim: claims ? Claim(sender: plan.sender, statement: plan.statement) : nil,
      operationCount: plan.operationCount, bodyCount: plan.bodyCount,
      frameCount: plan.parts.count, byteCount: plan.parts.reduce(0) { $0 + $1.length })
  }
}

extension DeltaSelection {
  fileprivate var hasClaim: Bool {
    if case .bodies = self { false } else { true }
  }
}

extension Refusal {
  /// What the other side should know of an error here; nil for what it caused or cannot hear of,
  /// and after damage, which may be somebody else's doing (Protocol 4.8).
  fileprivate init?(over error: any Error) {
    switch error {
    case StoreError.busy: self.init(.busy, "the other side's library is in use")
    case StoreError.cannotWrite(let reason): self.init(.cannotWrite, reason)
    case is StoreError: self.init(.failed, "the other side's library failed")
    case ConnectionError.malformed, SessionError.malformed, SessionError.outOfTurn:
      self.init(.malformed, "a message broke the protocol")
    case SessionError.noCommonVersion: self.init(.version, "no version is spoken by both sides")
    default: return nil
    }
  }
}
