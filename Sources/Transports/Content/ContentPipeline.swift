import Coding
import LibraryStore
import Replication

/// The way of content into the library, from a bundle or out of a session: decoded frames are
/// gathered in batches, and one task commits these in their order while the next is being gathered.
///
/// All that is held on this way stays within ``ContentBatch/maximumMemory``: whoever appends waits
/// until there is room. No wait outlasts its task: a committer that ends early leaves its error for
/// those who append, and what was handed over to a committer that was cancelled is committed by
/// ``commitRest(_:)``.
actor ContentPipeline {
  private let store: ReplicaStore
  private let ledger: CommitLedger?
  private let now: @Sendable () -> Int64
  private var batch = ContentBatch()
  private var lastHandOver = ContinuousClock.now
  /// What was handed over, in its order; the first is being carried out.
  private var steps: [Step] = []
  private var isFinished = false
  private var failure: (any Error)?
  private var committed = MergeResult()
  private var committedFrames = 0
  private let changed = Condition()

  /// What is told of each commit.
  struct Commit: Sendable {
    let result: MergeResult
    /// Frames of this batch, and of all so far.
    let frameCount: Int
    let totalFrameCount: Int
  }

  /// What ends a delta, in the transaction of its last frames.
  struct Conclusion: Sendable {
    let statement: DeltaStatement
    let sender: PeerReport
    /// The SHA-256 of the bundle's header.
    let header: ContentHash
  }

  private enum Step: Sendable {
    case commit(ContentBatch, Conclusion?)
    case perform(@Sendable () async throws -> Void)

    var memory: Int { if case .commit(let batch, _) = self { batch.memory } else { 0 } }
  }

  /// - Parameters:
  ///   - ledger: learns of each batch once it is committed.
  ///   - now: milliseconds since 1970.
  init(_ store: ReplicaStore, ledger: CommitLedger?, now: @escaping @Sendable () -> Int64) {
    self.store = store
    self.ledger = ledger
    self.now = now
  }
}

// Whoever has content.
extension ContentPipeline {
  /// How many bytes more may be held now; never 0 or less, since with nothing under way nothing would
  /// ever come.
  var room: Int { max(1, ContentBatch.maximumMemory - handedOverMemory - batch.memory) }

  /// Adds a frame to the batch, which is handed over first where it is full, or where nothing else
  /// is being committed and it pays. Waits for room.
  ///
  /// Throws what committing failed with, and `CancellationError`.
  func append(_ decoded: DecodedFrame) async throws {
    if batch.isFull || batch.isWorthCommitting && steps.isEmpty { handOver() }
    while failure == nil, !steps.isEmpty,
      handedOverMemory + batch.memory + decoded.memory > ContentBatch.maximumMemory
    {
      try await changed.wait()
    }
    if let failure { throw failure }
    batch.append(decoded)
  }

  /// Has what was gathered committed, if it lies there for a second: on a slow line a batch would
  /// take minutes to fill, and a cut would lose what it holds.
  func handOverIfDue() {
    if lastHandOver.duration(to: .now) >= .seconds(1) { handOver() }
  }

  /// Has what was gathered committed, and then `work` done.
  func perform(_ work: @escaping @Sendable () async throws -> Void) {
    handOver()
    add(.perform(work))
  }

  /// Has what was gathered committed, with what ends it; nothing follows.
  func finish(_ conclusion: Conclusion? = nil) {
    if let conclusion { add(.commit(batch, conclusion)) } else { handOver() }
    batch = ContentBatch()
    isFinished = true
    changed.signal()
  }

  private func handOver() {
    guard batch.frameCount > 0 else { return }
    add(.commit(batch, nil))
    batch = ContentBatch()
    lastHandOver = .now
  }

  /// After a failure, what is handed over is let go.
  private func add(_ step: Step) {
    guard failure == nil else { return }
    steps.append(step)
    changed.signal()
  }

  private var handedOverMemory: Int { steps.reduce(0) { $0 + $1.memory } }
}

// Whoever commits: one task.
extension ContentPipeline {
  /// Runs `feed`, which appends and finishes, beside a task that commits; returns what was committed.
  ///
  /// Throws what either throws; a batch that is being committed then is committed.
  nonisolated func run(
    feed: () async throws -> Void,
    onCommit: @escaping @Sendable (Commit) async throws -> Void
  ) async throws -> MergeResult {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await self.commitAll(onCommit) }
      try await feed()
      try await group.waitForAll()
    }
    return await committed
  }

  /// Commits what is handed over until it is finished. Cancelled, it ends when nothing lies there.
  ///
  /// Throws ``StoreError``, what `onCommit` or the work throws, or `CancellationError`.
  func commitAll(_ onCommit: @Sendable (Commit) async throws -> Void) async throws {
    while true {
      try await commitRest(onCommit)
      guard !isFinished else { return }
      try await changed.wait()
    }
  }

  /// Commits what was handed over and not committed yet. Called by the one task that commits, or
  /// after its end.
  func commitRest(_ onCommit: @Sendable (Commit) async throws -> Void) async throws {
    do {
      while let step = steps.first {
        switch step {
        case .commit(let batch, let conclusion):
          try await onCommit(commit(batch, conclusion))
        case .perform(let work): try await work()
        }
        steps.removeFirst()
        changed.signal()
      }
    } catch {
      failure = error
      steps = []
      batch = ContentBatch()
      changed.signal()
      throw error
    }
  }

  private func commit(
    _ batch: ContentBatch, _ conclusion: Conclusion?
  ) async throws -> Commit {
    let result = try await store.merge(
      batch, concluding: conclusion.map { ($0.statement, $0.sender) }, of: conclusion?.header,
      now: now())
    await ledger?.add(result)
    committed.add(result)
    committedFrames += batch.frameCount
    return Commit(
      result: result, frameCount: batch.frameCount, totalFrameCount: committedFrames)
  }
}
