import Files
import Replication
import Transports

/// What a synchronization did with one target.
public struct SyncSummary: Sendable {
  public var merged = MergeSummary()
  public var sentOperations = 0
  public var sentBodies = 0
  public var sentBytes = 0
  /// Own files that were rolled into one, and replaced ones that were deleted.
  public var rolledUpFiles = 0
  public var deletedFiles = 0
  /// Files of others that are damaged for good, as was found this time. They are named to the other
  /// replicas, so that what they carried is written anew.
  public var damagedFiles: [FilePath] = []
  /// Why own files that are not needed any more could not be deleted; nil if they could.
  public var refusedDelete: FileError?
  /// Whether nothing of the library lay in the folder or store, though other replicas are to be met
  /// there: none is known here yet.
  public var isDoubtfulPlace = false
  /// Files that were written in a folder or a store.
  public var writtenFiles: [FilePath] = []
  /// Whether they lie on a medium that people pull out, and were read back from it.
  public var isSafeToRemove = false
  /// All bytes that crossed a connection, handshake included; 0 for a folder.
  public var wireBytesReceived = 0
  public var wireBytesSent = 0
  /// Who answered, over a connection.
  public var peer: ReplicaID?
  /// Whether the two had diverged, and sent each other everything they hold.
  public var wasAudited = false

  public init() {}
}

/// How to synchronize.
public struct SyncOptions: Sendable {
  public var direction: SyncDirection
  /// Whether a folder or store is taken though nothing of the library lies there any more, or another
  /// library's files do (Protocol 7.2).
  public var takesAnyPlace: Bool

  public init(_ direction: SyncDirection = .both, takesAnyPlace: Bool = false) {
    self.direction = direction
    self.takesAnyPlace = takesAnyPlace
  }
}

/// What a synchronization would do.
public struct SyncPlan: Sendable {
  /// Files of a folder that were not read yet.
  public var unreadFiles = 0
  /// Operations that a replica knows, or that a folder's unread files carry, and this one does not
  /// have.
  public var toReceive = 0
  public var toSend = 0
  /// Operations that files of a folder tell of, and that none of them would bring.
  public var missing = Knowledge()
  /// As in ``SyncSummary``.
  public var isDoubtfulPlace = false
  /// Files of a folder that would be left out.
  public var skipped: [SkippedBundle] = []
}

extension Library {
  /// Synchronizes with a folder, a replica that listens, or one that ssh reaches (Protocol 7, 8).
  ///
  /// Throws `folderNotSynchronized`, `placeEmptied`, `placeOfAnotherLibrary`, `connection` or
  /// `session`; what was merged before stays, and doing it again goes on from there.
  public func sync(
    with target: SyncTarget, _ options: SyncOptions = SyncOptions()
  ) -> Work<SyncSummary> {
    Work { progress in
      let ledger = CommitLedger()
      do {
        try await store.ensureIdentity(now: now())
        try await store.settleKeeping(now: now())
        let summary = try await target.kind.synchronize(self, options, ledger: ledger, progress)
        try await store.settleKeeping(now: now())
        return summary
      } catch {
        throw LibraryError(error, after: Committed(await ledger.committed))
      }
    }
  }

  var sessionHost: SessionHost { SessionHost(store, secret: secret, now: now) }

  /// What synchronizing would bring and send. Nothing changes here; a replica that is asked over a
  /// connection remembers that it was.
  public func planSync(
    with target: SyncTarget, _ options: SyncOptions = SyncOptions()
  ) async throws(LibraryError) -> SyncPlan {
    try await LibraryError.wrapping { try await target.kind.dryRun(self, options) }
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
}
