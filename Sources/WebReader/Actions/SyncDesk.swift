import Satchel

/// Synchronizations that pages began. One runs at a time, and others wait for it; each goes on when
/// its page is closed, and a second click finds the one that is under way.
actor SyncDesk {
  private var standings: [String: Standing] = [:]
  private var waiting: [Order] = []
  private var running: (order: Order, work: RunningWork<SyncSummary>)?
  private var watchers: [Int: AsyncStream<Event>.Continuation] = [:]
  private var watcherCount = 0
  private var hasEnded = false

  /// A remote that is to be synchronized with.
  struct Order: Sendable {
    let name: String
    let target: SyncTarget
    let library: Library
  }

  /// What is known of a remote's synchronization.
  enum Standing: Sendable {
    case waiting
    case running(WorkProgress?)
    /// How the last one ended, and when, in milliseconds since 1970.
    case ended(Result<SyncSummary, LibraryError>, milliseconds: Int64)

    var isUnderWay: Bool { if case .ended = self { false } else { true } }

    /// What pages are told of it; nil for what they know already.
    fileprivate var event: Event? {
      switch self {
      case .waiting: nil
      case .running(let progress): .step(progress)
      case .ended: .end
      }
    }
  }

  /// What pages that are open are told.
  enum Event: Sendable {
    case step(WorkProgress?)
    /// One has ended, or none is under way.
    case end
  }

  /// Begins, or leaves what is under way.
  func begin(_ orders: [Order]) async {
    guard !hasEnded else { return }
    for order in orders where standings[order.name]?.isUnderWay != true {
      waiting.append(order)
      note(.waiting, of: order.name)
    }
    await next()
  }

  /// Of each remote that was synchronized with since the server runs, or will be.
  func all() async -> [String: Standing] {
    if let running { standings[running.order.name] = .running(await running.work.progress) }
    return standings
  }

  /// Waits until nothing is under way, and not longer than this.
  func settle(atMost patience: Duration) async {
    let end = ContinuousClock.now + patience
    while let work = running?.work {
      let left = ContinuousClock.now.duration(to: end)
      guard await work.wait(atMost: left) != nil else { return }
      // The next begins when the end of this one was noted.
      await finish(work)
    }
  }

  /// How it stands, and what changes from now on, until the reader's task is cancelled. Of what
  /// piles up the newest stays.
  func events() -> AsyncStream<Event> {
    let (events, continuation) = AsyncStream<Event>.makeStream(
      bufferingPolicy: .bufferingNewest(16))
    let present = running.flatMap { standings[$0.order.name]?.event }
    continuation.yield(present ?? .end)
    watcherCount += 1
    let number = watcherCount
    watchers[number] = continuation
    continuation.onTermination = { _ in Task { await self.leave(number) } }
    return events
  }

  /// Gives up what is under way; what was merged stays.
  func end() async {
    hasEnded = true
    waiting = []
    await running?.work.cancel()
    for watcher in watchers.values { watcher.finish() }
  }

  private func leave(_ number: Int) { watchers[number] = nil }

  private func next() async {
    guard running == nil, !waiting.isEmpty else { return }
    let order = waiting.removeFirst()
    let work = RunningWork<SyncSummary>()
    running = (order, work)
    note(.running(nil), of: order.name)
    await work.start(order.library.sync(with: order.target)) { [weak self, weak work] in
      guard let self, let work else { return }
      await self.look(at: work)
    }
  }

  /// Called with each step.
  private func look(at work: RunningWork<SyncSummary>) async {
    if await work.result != nil { return await finish(work) }
    guard let running, running.work === work else { return }
    note(.running(await work.progress), of: running.order.name)
  }

  /// Called by whoever sees the end first.
  private func finish(_ work: RunningWork<SyncSummary>) async {
    guard let result = await work.result, let running, running.work === work else { return }
    self.running = nil
    note(
      .ended(result, milliseconds: running.order.library.currentMilliseconds),
      of: running.order.name)
    await next()
  }

  private func note(_ standing: Standing, of name: String) {
    standings[name] = standing
    guard let event = standing.event else { return }
    for watcher in watchers.values { watcher.yield(event) }
  }
}
