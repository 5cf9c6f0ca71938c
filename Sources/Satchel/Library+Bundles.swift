import Files
import LibraryStore
import Replication
import Transports

/// What a bundle is made for, and how.
public struct BundleOptions: Sendable {
  public var basis = Basis.nothing
  /// In clear, for anyone to read; else sealed for the library's members.
  public var isOpen = false
  public var includesBodies = true
  /// The greatest length of one file in bytes; more files are written when it is too short.
  public var partLimit = BundlePacking.maximumPart
  /// The articles that alone go in, with all their state: a selection, for anyone, that claims
  /// nothing beyond itself; nil for everything that the receiver lacks. Ignores ``basis``.
  public var selection: [ArticleID]?

  /// What the receiver is taken to have.
  public enum Basis: Sendable {
    /// Nothing: everything goes in.
    case nothing
    /// What this replica last said it knows.
    case replica(ReplicaID)
    /// What the sender of the bundle at this path knew when it was made.
    case bundle(path: FilePath)
  }

  public init() {}
}

/// What `createBundle` wrote.
public struct BundleSummary: Sendable {
  /// None where there was nothing to tell the receiver.
  public let paths: [FilePath]
  public let bytes: Int
  public let operations: Int
  public let bodies: Int
  public let basis: Knowledge
}

/// What a bundle would hold.
public struct BundlePlan: Sendable {
  public let operations: Int
  public let bodies: Int
  public let bytes: Int
  public let basis: Knowledge
  /// Whether it has anything for its receiver, or says what the last one for it did not.
  public let isNeeded: Bool
}

/// What merging did, over all its files.
public struct MergeSummary: Sendable {
  public var bundles = 0
  public var receivedOperations = 0
  public var newOperations = 0
  public var bodies = 0
  /// Bodies that were thrown away, since they are not what their names say; they stay missing.
  public var spoiltBodies = 0
  public var bytes = 0
  public var articlesAdded = 0
  public var articlesChanged = 0
  public var conflicts = 0
  /// What the senders know and this replica still lacks.
  public var missing = Knowledge()
  public var fingerprint = Fingerprint.empty
  /// Files of a folder that were left out, with the reason.
  public var skipped: [SkippedBundle] = []
  /// Files of which only the whole frames were taken.
  public var salvaged: [FilePath] = []
  /// Files that were merged or written before, and have nothing that is not here.
  public var passedOver: [FilePath] = []
  /// Files that no replica known here and not retired needs any more.
  public var unneeded: [FilePath] = []
  /// Senders that know what this replica knows and hold another result.
  public var diverged: Set<ReplicaID> = []

  public init() {}
}

/// What merging bundles would do.
public struct MergePlan: Sendable {
  public var newOperations = 0
  public var articlesAdded = 0
  public var articlesChanged = 0
  /// How many conflicts there would be afterwards.
  public var conflicts = 0
  /// Files of a folder that would be left out, with the reason.
  public var skipped: [SkippedBundle] = []
  /// Files that were merged or written before, and have nothing that is not here.
  public var passedOver: [FilePath] = []
  /// Files that no replica known here and not retired needs any more.
  public var unneeded: [FilePath] = []
}

extension Library {
  /// Writes what the receiver lacks as a bundle at `path`, read back and verified.
  ///
  /// With nothing that the receiver lacks, and nothing that the last bundle for it did not say, none
  /// is written.
  ///
  /// Throws `bundleNotWritten`; a file appears whole or not at all, and none is ever overwritten.
  public func createBundle(
    at path: FilePath, options: BundleOptions = BundleOptions()
  ) -> Work<BundleSummary> {
    Work { progress in
      try await store.ensureIdentity(now: now(), allowingReadOnly: true)
      try await store.settleKeeping(now: now())
      let (basis, wanted) = try await basis(of: options)
      var packing = BundlePacking(secret: secret, senderName: try await replicaName() ?? "")
      packing.isOpen = options.isOpen
      packing.includesBodies = options.includesBodies
      packing.partLimit = options.partLimit
      packing.random = random
      if options.selection == nil, case .replica(let receiver) = options.basis {
        packing.receiver = receiver
      }
      let receiver = try receiver(of: options)
      if receiver != nil || options.selection != nil,
        try await !planBundle(options: options).isNeeded
      {
        return BundleSummary(paths: [], bytes: 0, operations: 0, bodies: 0, basis: basis)
      }
      do {
        let result = try await packing.pack(
          store, to: path, since: basis, wanted: wanted,
          selecting: options.selection?.map(\.entity), now: now()
        ) { progress(WorkProgress(.bytes, done: $0, total: $1)) }
        try readBack(result.paths) {
          progress(WorkProgress(.frames, done: $0, total: $1, .readingBack))
        }
        try await store.noteWritten(
          result.files.map(\.headerDigest), told: receiver, result.sender, now: now())
        return BundleSummary(
          paths: result.paths, bytes: result.bytes, operations: result.operationCount,
          bodies: result.bodyCount, basis: basis)
      } catch let error as BundleError {
        throw LibraryError.bundleNotWritten(path: path.shown, error)
      }
    }
  }

  /// Reads a new bundle's parts from the medium, and takes them away again if that did not keep them.
  private func readBack(
    _ paths: [FilePath], _ progress: @escaping (Int, Int) -> Void
  ) throws(BundleError) {
    do {
      for path in paths {
        _ = try BundleMerging(store, secret: secret).verify(path, progress: progress)
      }
    } catch {
      // That one stays is less than why it is not whole.
      for path in paths { try? path.remove() }
      throw error
    }
  }

  /// How much a bundle would hold, without writing it.
  public func planBundle(
    options: BundleOptions = BundleOptions()
  ) async throws(LibraryError) -> BundlePlan {
    try await LibraryError.wrapping {
      var isTold = false
      if let receiver = try receiver(of: options) { isTold = try await store.hasTold(receiver) }
      let (basis, wanted) = try await basis(of: options)
      return try await store.withDelta(
        since: basis, wanted: wanted, includingBodies: options.includesBodies,
        selecting: options.selection?.map(\.entity)
      ) { [isTold] plan, _ in
        BundlePlan(
          operations: plan.operationCount, bodies: plan.bodyCount,
          bytes: plan.parts.reduce(0) { $0 + $1.length }, basis: plan.statement.basis,
          isNeeded: !plan.parts.isEmpty || !isTold && options.selection == nil)
      }.get()
    }
  }

  /// Whom a bundle is for, where that is known.
  private func receiver(of options: BundleOptions) throws(LibraryError) -> ReplicaID? {
    guard options.selection == nil else { return nil }
    switch options.basis {
    case .nothing: return nil
    case .replica(let replica): return replica
    case .bundle(let path):
      do {
        return try BundleReader(path, secret: secret).header.sender.replica
      } catch {
        throw LibraryError.bundleNotRead(path: path.shown, error)
      }
    }
  }

  private func basis(of options: BundleOptions) async throws -> (Knowledge, [ContentHash]) {
    guard options.selection == nil else { return (Knowledge(), []) }
    switch options.basis {
    case .nothing: return (Knowledge(), [])
    case .replica(let replica):
      guard try await replica != replicaID() else {
        throw LibraryError.invalid("a bundle for this replica itself would hold nothing")
      }
      let report = try await store.report(of: replica)
      return (report?.knowledge ?? Knowledge(), report?.wanted ?? [])
    case .bundle(let path):
      // All of it, since an open header alone may be anyone's.
      return (try await verifyBundle(path).result().statement.known, [])
    }
  }

  /// Checks a bundle from end to end without applying it: checksums, signature, completeness.
  public func verifyBundle(_ path: FilePath) -> Work<BundleHeader> {
    Work { progress in
      do {
        return try BundleMerging(store, secret: secret).verify(path, decoding: true) {
          progress(WorkProgress(.frames, done: $0, total: $1))
        }
      } catch let error as BundleError {
        throw LibraryError.bundleNotRead(path: path.shown, error)
      }
    }
  }

  /// The same before it is merged.
  private func verifyForMerging(
    _ path: FilePath, _ progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws(LibraryError) {
    do {
      _ = try BundleMerging(store, secret: secret).verify(path, progress: progress)
    } catch {
      throw .bundle(path: path.shown, error)
    }
  }

  /// Merges bundles, and all that are found in folders, in whatever order they are given.
  ///
  /// Every file named is checked before any is applied. Files in folders that are no bundles of
  /// this library are skipped and listed.
  public func merge(_ paths: [FilePath], salvage: Bool = false) -> Work<MergeSummary> {
    Work { progress in
      let ledger = CommitLedger()
      do {
        return try await merge(paths, salvage: salvage, ledger: ledger, progress)
      } catch {
        throw LibraryError(error, after: Committed(await ledger.committed))
      }
    }
  }

  private func merge(
    _ paths: [FilePath], salvage: Bool, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> MergeSummary {
    let merging = BundleMerging(store, secret: secret, ledger: ledger)
    var summary = MergeSummary()
    var contents: [(path: FilePath, content: ReplicaStore.BundleContent)] = []
    let files = try BundleFiles(paths)
    guard !files.isEmpty else { throw LibraryError.noBundles(paths: paths.map(\.shown)) }
    summary.skipped = files.unreadable
    // Each file is checked whole before it is applied; of several, all are before the first is.
    if files.named.count > 1 && !salvage {
      var unknown: [FilePath] = []
      // What cannot be read is told of in its turn.
      for path in files.named where (try? await merging.passedOver(path, .named)) == nil {
        unknown.append(path)
      }
      var rest = unknown.makeIterator()
      var done = 0
      try await InOrder.map(
        ahead: unknown.count, from: { rest.next() }, transform: { try verifyForMerging($0) },
        each: { _ in
          done += 1
          progress(WorkProgress(.files, done: done, total: unknown.count, .checking))
        })
    }
    for (path, origin) in files.all {
      do {
        let result = try await merging.merge(path, origin, salvage: salvage, now: now()) {
          progress(WorkProgress(.frames, done: $0, total: $1))
        } checking: {
          progress(WorkProgress(.frames, done: $0, total: $1, .checking))
        }
        if result.isPassedOver {
          summary.passedOver.append(path)
        } else {
          summary.bundles += 1
        }
        if let content = result.content { contents.append((path, content)) }
        if result.isSalvaged { summary.salvaged.append(path) }
        summary.missing.formUnion(result.missing)
      } catch let error as BundleError where origin == .found {
        summary.skipped.append(SkippedBundle(path: path, error: error))
      } catch {
        throw LibraryError(error, path: path.shown)
      }
    }
    try await store.settleKeeping(now: now())
    try await store.checkpoint()
    summary.add(await ledger.committed)
    summary.unneeded = try await unneeded(contents)
    try await finish(&summary)
    return summary
  }

  /// Those of the files that nobody needs. An exchange folder's are its writers' to delete: somebody
  /// who joins later begins with them.
  private func unneeded(
    _ contents: [(path: FilePath, content: ReplicaStore.BundleContent)]
  ) async throws -> [FilePath] {
    let candidates = contents.filter { file in
      !ExchangeName.isName(file.path.lastComponent?.string ?? "")
    }
    let areUnneeded = try await store.areUnneeded(candidates.map(\.content))
    return zip(candidates, areUnneeded).filter(\.1).map(\.0.path)
  }

  /// Adds what is only known when all is merged.
  func finish(_ summary: inout MergeSummary) async throws {
    let report = try await store.report()
    summary.missing = summary.missing.subtracting(report.knowledge)
    summary.fingerprint = report.fingerprint
    // What was read later may have healed what was seen before.
    summary.diverged.formIntersection(try await store.diverged().map(\.replica))
    summary.conflicts = try await store.conflictCount()
  }

  /// What merging would change, without changing it.
  public func planMerge(_ paths: [FilePath]) -> Work<MergePlan> {
    Work { progress in
      let files = try BundleFiles(paths)
      guard !files.isEmpty else { throw LibraryError.noBundles(paths: paths.map(\.shown)) }
      let merging = BundleMerging(store, secret: secret)
      let checking: @Sendable (Int, Int) -> Void = {
        progress(WorkProgress(.frames, done: $0, total: $1, .checking))
      }
      var (named, found, passedOver) = ([FilePath](), [FilePath](), [FilePath]())
      var contents: [(path: FilePath, content: ReplicaStore.BundleContent)] = []
      for (path, origin) in files.all {
        if let content = try? await merging.passedOver(path, origin)?.content {
          passedOver.append(path)
          contents.append((path, content))
        } else if origin == .named {
          try verifyForMerging(path, checking)
          named.append(path)
        } else {
          found.append(path)
        }
      }
      let run = try await merging.dryRun(named, found: found, checking: checking)
      return MergePlan(
        newOperations: run.changes.newOperations, articlesAdded: run.changes.articlesAdded,
        articlesChanged: run.changes.articlesChanged, conflicts: run.changes.conflicts,
        skipped: files.unreadable + run.skipped, passedOver: passedOver,
        unneeded: try await unneeded(contents))
    }
  }
}

extension MergeSummary {
  /// What was committed.
  mutating func add(_ result: MergeResult) {
    receivedOperations += result.operations.received
    newOperations += result.operations.new
    bodies += result.bodyCount
    spoiltBodies += result.spoiltBodyCount
    bytes += result.bytes
    articlesAdded += result.addedArticles.count
    articlesChanged += result.touchedArticles.count - result.addedArticles.count
    missing.formUnion(result.missing)
    diverged.formUnion(result.diverged)
  }
}
