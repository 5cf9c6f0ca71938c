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
  var session: Session
  let store: ReplicaStore
  let now: @Sendable () -> Int64
  /// How often this side says that it is still there.
  private let pulse: Duration
  /// Whether what the peer says of itself is remembered.
  let isRemembering: Bool
  let progress: @Sendable (SessionProgress) -> Void
  var outbox = Outbox()
  let pipeline: ContentPipeline
  var committedFrames = 0
  var result = SessionResult()
  var counts = SessionProgress()
  /// How many announcements were made or came; once both sides have made one, the total is true.
  var announcements = 0
  /// Bytes read when the first content was announced.
  var contentStart: Int?
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
