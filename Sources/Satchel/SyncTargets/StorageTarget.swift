import Files
import Transports

/// A place where replicas leave files for each other (Protocol 7).
protocol StorageTarget: SyncTargetKind {
  /// Throws where the place is not there now.
  func open() throws(FileError) -> any Storage

  /// The same without a look whether it is there.
  var storage: any Storage { get }

  /// Whether people pull its medium out.
  var isRemovable: Bool { get }
}

extension StorageTarget {
  var isRemovable: Bool { false }

  /// Files of others that cannot be used are skipped, listed and tried again next time.
  func synchronize(
    _ library: Library, _ options: SyncOptions, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> SyncSummary {
    try await wrapping {
      let result = try await exchange(library, ledger: ledger)
        .synchronize(
          options.direction, isMeant: options.takesAnyPlace, now: library.now()
        ) {
          progress(WorkProgress(.files, done: $0, total: $1))
        }
      if result.receivedFiles > 0 { try await library.store.checkpoint() }
      var summary = try await library.summary(of: result, committed: ledger.committed)
      summary.isSafeToRemove = try readBack(summary.writtenFiles, for: library)
      return summary
    }
  }

  func dryRun(_ library: Library, _ options: SyncOptions) async throws -> SyncPlan {
    try await wrapping {
      let plan = try await exchange(library).dryRun(
        options.direction, isMeant: options.takesAnyPlace, now: library.now())
      return SyncPlan(
        unreadFiles: plan.unreadFiles, toReceive: Int(clamping: plan.operations.count),
        toSend: plan.toSend, missing: plan.missing,
        isDoubtfulPlace: try await library.doubts(isNew: plan.isNewPlace), skipped: plan.skipped)
    }
  }

  func files(of library: Library) async -> [FilePath: Int]? {
    guard let files = try? await Exchange.files(of: library.key, in: storage) else { return nil }
    return Dictionary(files.map { ($0.path, $0.length) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads files back that were written to a medium that people pull out. Returns whether there were
  /// any.
  private func readBack(_ files: [FilePath], for library: Library) throws(BundleError) -> Bool {
    guard isRemovable, !files.isEmpty else { return false }
    let merging = BundleMerging(library.store, secret: library.secret)
    for path in files { _ = try merging.verify(path) }
    return true
  }

  private func wrapping<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as BundleError {
      // A store that is no longer asked fails like one that does not answer.
      try Task.checkCancellation()
      throw LibraryError.folderNotSynchronized(path: description, error)
    } catch let error as ExchangeError {
      switch error {
      case .emptied: throw LibraryError.placeEmptied(path: description)
      case .ofAnotherLibrary: throw LibraryError.placeOfAnotherLibrary(path: description)
      }
    }
  }

  private func exchange(
    _ library: Library, ledger: CommitLedger? = nil
  ) async throws -> Exchange {
    let storage: any Storage
    do {
      storage = try open()
    } catch {
      throw BundleError.file(error)
    }
    var exchange = Exchange(
      library.store, secret: library.secret, senderName: try await library.replicaName() ?? "",
      storage: storage, ledger: ledger)
    exchange.random = library.random
    return exchange
  }
}

extension Library {
  /// Whether a place may be a mistyped one: it is new, and nobody else's operations are here yet.
  fileprivate func doubts(isNew: Bool) async throws -> Bool {
    guard isNew else { return false }
    let own = Set(try await store.replicas().filter(\.isOwn).map(\.replica))
    return try await store.report().knowledge.sorted.allSatisfy { own.contains($0.replica) }
  }

  fileprivate func summary(
    of result: Exchange.Result, committed: MergeResult
  ) async throws -> SyncSummary {
    var summary = SyncSummary()
    summary.merged.add(committed)
    summary.merged.bundles = result.receivedFiles
    summary.merged.skipped = result.skipped
    summary.merged.missing = result.missing
    try await finish(&summary.merged)
    summary.isDoubtfulPlace = try await doubts(isNew: result.isNewPlace)
    summary.sentOperations = result.sent.operationCount
    summary.sentBodies = result.sent.bodyCount
    summary.sentBytes = result.sent.bytes
    summary.rolledUpFiles = result.rolledUpFiles
    summary.deletedFiles = result.deletedFiles
    summary.damagedFiles = result.damaged
    summary.refusedDelete = result.refusedDelete
    summary.writtenFiles = result.sent.paths
    return summary
  }
}
