import Files
import Transports

/// A place where replicas leave files for each other (Protocol 7).
protocol StorageTarget: SyncTargetKind {
  /// Throws where the place is not there now.
  func open() throws(FileError) -> any Storage

  /// The same without a look whether it is there.
  var storage: any Storage { get }
}

extension StorageTarget {
  /// Files of others that cannot be used are skipped, listed and tried again next time.
  func synchronize(
    _ library: Library, _ direction: SyncDirection, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> SyncSummary {
    do {
      let result = try await exchange(library, ledger: ledger)
        .synchronize(direction, now: library.now()) {
          progress(WorkProgress(.files, done: $0, total: $1))
        }
      if result.receivedFiles > 0 { try await library.store.checkpoint() }
      return try await library.summary(of: result, committed: ledger.committed)
    } catch let error as BundleError {
      // A store that is no longer asked fails like one that does not answer.
      try Task.checkCancellation()
      throw LibraryError.folderNotSynchronized(path: description, error)
    }
  }

  func dryRun(_ library: Library) async throws -> SyncPlan {
    do {
      let (files, operations) = try await exchange(library).dryRun()
      return SyncPlan(unreadFiles: files, toSend: operations)
    } catch let error as BundleError {
      throw LibraryError.folderNotSynchronized(path: description, error)
    }
  }

  func files(of library: Library) async -> [FilePath]? {
    try? await Exchange.paths(in: storage, library: library.key)
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
    return Exchange(
      library.store, secret: library.secret, senderName: try await library.replicaName() ?? "",
      storage: storage, ledger: ledger)
  }
}

extension Library {
  fileprivate func summary(
    of result: Exchange.Result, committed: MergeResult
  ) async throws -> SyncSummary {
    var summary = SyncSummary()
    summary.merged.add(committed)
    summary.merged.bundles = result.receivedFiles
    summary.merged.skipped = result.skipped
    try await finish(&summary.merged)
    summary.sentOperations = result.sent.operationCount
    summary.sentBodies = result.sent.bodyCount
    summary.sentBytes = result.sent.bytes
    summary.rolledUpFiles = result.rolledUpFiles
    summary.deletedFiles = result.deletedFiles
    return summary
  }
}
