import Files
import Foundation
import LibraryStore
import Replication
import Transports

/// What a synchronisation did with one target.
public struct SyncSummary: Sendable {
  public var merged = MergeSummary()
  public var sentOperations = 0
  public var sentBodies = 0
  public var sentBytes = 0
  /// Own files that were rolled into one, and replaced ones that were deleted.
  public var rolledUpFiles = 0
  public var deletedFiles = 0
  /// All bytes that crossed a connection, handshake included; 0 for a folder.
  public var wireBytesReceived = 0
  public var wireBytesSent = 0
  /// Who answered, over a connection.
  public var peer: ReplicaID?
  /// Whether the two had diverged, and sent each other everything they hold.
  public var wasAudited = false

  public init() {}
}

/// What a synchronisation would do.
public struct SyncRehearsal: Sendable {
  /// Files of a folder that were not read yet.
  public var unreadFiles = 0
  /// Operations that a replica knows and this one does not; 0 for a folder, whose files tell only
  /// when they are read.
  public var toReceive = 0
  public var toSend = 0
}

extension Library {
  /// Synchronises with a folder, a replica that listens, or one that ssh reaches (Protocol 7, 8).
  ///
  /// Throws `folderNotSynchronised`, `connection` or `session`; what was merged before stays, and
  /// doing it again goes on from there.
  public func sync(
    with target: SyncTarget, _ direction: SyncDirection = .both
  ) -> Work<SyncSummary> {
    Work { progress in
      let ledger = CommitLedger()
      do {
        try await store.ensureIdentity(now: now())
        return try await sync(with: target, direction, ledger: ledger, progress)
      } catch {
        throw LibraryError(error, after: Committed(await ledger.committed))
      }
    }
  }

  private func sync(
    with target: SyncTarget, _ direction: SyncDirection, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> SyncSummary {
    switch target {
    case .folder(let path):
      return try await sync(folder: path, direction, ledger: ledger, progress)
    case .host(let host, let port):
      return try await session(target, ledger: ledger, progress) { peer, progress in
        try await peer.synchronise(with: host, port: port, direction, progress: progress)
      }
    case .ssh(let address):
      let command = address.command(asksNothing: asksNothing)
      return try await session(target, ledger: ledger, progress) { host, progress in
        try await host.synchronise(through: command, direction, progress: progress)
      }
    }
  }

  /// Files of others that cannot be used are skipped, listed and tried again next time.
  private func sync(
    folder: FilePath, _ direction: SyncDirection, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> SyncSummary {
    do {
      let exchange = try await exchange(with: folder, ledger: ledger)
      let result = try await exchange.synchronise(direction, now: now()) {
        progress(WorkProgress(.files, done: $0, total: $1))
      }
      if result.receivedFiles > 0 { try await store.checkpoint() }
      return try await summary(of: result, committed: ledger.committed)
    } catch let error as BundleError {
      throw LibraryError.folderNotSynchronised(path: folder.shown, error)
    }
  }

  private func session(
    _ target: SyncTarget, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void,
    _ run: (SessionHost, @escaping @Sendable (SessionProgress) -> Void) async throws ->
      SessionResult
  ) async throws -> SyncSummary {
    do {
      var host = sessionHost
      host.ledger = ledger
      let result = try await run(host) {
        progress(WorkProgress(.frames, done: $0.done, total: $0.total))
      }
      return try await summary(of: result)
    } catch {
      throw LibraryError(error, with: "\(target)")
    }
  }

  var sessionHost: SessionHost { SessionHost(store, secret: secret, now: now) }

  /// What synchronising would bring and send. Nothing changes here; a replica that is asked over a
  /// connection remembers that it was.
  public func rehearseSync(
    with target: SyncTarget
  ) async throws(LibraryError) -> SyncRehearsal {
    do {
      switch target {
      case .folder(let path):
        let (files, operations) = try await exchange(with: path).dryRun()
        return SyncRehearsal(unreadFiles: files, toSend: operations)
      case .host(let host, let port):
        return try await rehearsal(
          of: try await comparingHost.synchronise(with: host, port: port, .compare))
      case .ssh(let address):
        let command = address.command(asksNothing: asksNothing)
        return try await rehearsal(
          of: try await comparingHost.synchronise(through: command, .compare))
      }
    } catch let error as BundleError {
      throw .folderNotSynchronised(path: "\(target)", error)
    } catch {
      throw LibraryError(error, with: "\(target)")
    }
  }

  private var comparingHost: SessionHost {
    var host = sessionHost
    host.isRemembering = false
    return host
  }

  private func rehearsal(of result: SessionResult) async throws -> SyncRehearsal {
    let peer = result.outcome?.peer.knowledge ?? Knowledge()
    let known = try await store.report().knowledge
    let held = try await store.heldKnowledge()
    return SyncRehearsal(
      toReceive: Int(clamping: peer.subtracting(known).count),
      toSend: Int(clamping: held.subtracting(peer).count))
  }

  private func exchange(
    with folder: FilePath, ledger: CommitLedger? = nil
  ) async throws -> Exchange {
    guard folder.isFolder else { throw BundleError.file(FileError(folder, .noFolder)) }
    return Exchange(
      store, secret: secret, senderName: try await replicaName() ?? "",
      storage: FolderStorage(folder), ledger: ledger)
  }

  func summary(of result: SessionResult) async throws -> SyncSummary {
    var summary = SyncSummary()
    summary.merged.add(result.received)
    try await finish(&summary.merged)
    summary.sentOperations = result.sent.operationCount
    summary.sentBodies = result.sent.bodyCount
    summary.sentBytes = result.sent.bytes
    summary.wireBytesReceived = result.bytesRead
    summary.wireBytesSent = result.bytesWritten
    summary.peer = result.outcome?.peer.replica
    summary.wasAudited = result.outcome?.audited ?? false
    return summary
  }

  private func summary(
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
