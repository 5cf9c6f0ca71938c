import Coding
import LibraryStore
import Replication
import SyncSession

// Carrying out what the session says to do next.
extension SessionRun {
  func perform(_ steps: [Session.Step]) async throws {
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

  func note(_ commit: ContentPipeline.Commit) async throws {
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

  func finish(_ outcome: Session.Outcome) async throws {
    result.outcome = outcome
    await pipeline.finish()
    outbox.finish()
    if try await remember(outcome.peer) {
      result.received.diverged.insert(outcome.peer.replica)
      await store.tellDivergence(from: outcome.peer.replica)
    }
    // What the peer holds need not be kept here.
    if isRemembering { try await store.settleKeeping(now: now()) }
  }

  /// Returns whether the peer holds another result under equal knowledge.
  private func remember(_ peer: PeerReport) async throws -> Bool {
    guard isRemembering else { return false }
    return try await store.conclude(nil, from: peer, now: now()).diverged
  }
}

extension Announcement {
  /// What is told of a plan.
  ///
  /// - Parameter claims: whether something may be concluded from having all of it.
  init(_ plan: DeltaPlan, claims: Bool) {
    self.init(
      claim: claims ? Claim(sender: plan.sender, statement: plan.statement) : nil,
      operationCount: plan.operationCount, bodyCount: plan.bodyCount,
      frameCount: plan.parts.count, byteCount: plan.parts.reduce(0) { $0 + $1.length })
  }
}

extension DeltaSelection {
  /// Whether something may be concluded from having all of it.
  var hasClaim: Bool {
    if case .bodies = self { false } else { true }
  }
}
