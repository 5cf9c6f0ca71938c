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

  public init() {}
}

/// Which ways a synchronisation goes.
public typealias SyncDirection = FolderExchange.Direction

extension Library {
  /// Synchronises with a folder that other replicas share: a stick, a file server, or one that
  /// another program copies between machines (Protocol 7).
  ///
  /// Files of others that cannot be used are skipped, listed and tried again next time. Throws
  /// `folderNotSynchronised` when the folder cannot be read or written; what was merged before stays.
  public func sync(
    folder: String, _ direction: SyncDirection = .both
  ) -> Work<SyncSummary> {
    Work { progress in
      try await store.ensureIdentity(now: now())
      let before = try await store.articleCount()
      do {
        let exchange = try await exchange(with: folder)
        let result = try await exchange.synchronise(direction, now: now()) {
          progress(WorkProgress(.files, done: $0, total: $1))
        }
        if result.receivedFiles > 0 { try await store.checkpoint() }
        return try await summary(of: result, articlesBefore: before)
      } catch let error as BundleError {
        throw LibraryError.folderNotSynchronised(path: folder, error)
      }
    }
  }

  /// How many files of the folder were not read yet, and how many operations it lacks.
  public func rehearseSync(
    folder: String
  ) async throws(LibraryError) -> (unreadFiles: Int, operations: Int) {
    do {
      return try await exchange(with: folder).rehearse()
    } catch let error as BundleError {
      throw .folderNotSynchronised(path: folder, error)
    } catch {
      throw LibraryError(error)
    }
  }

  private func exchange(with folder: String) async throws -> FolderExchange {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      throw BundleError.file(path: folder, code: ENOENT, reason: "there is no such folder")
    }
    return FolderExchange(
      store, secret: secret, senderName: try await replicaName() ?? "", folder: folder)
  }

  private func summary(
    of result: FolderExchange.Result, articlesBefore: Int
  ) async throws -> SyncSummary {
    var summary = SyncSummary()
    summary.merged.add(result.received, bundles: result.receivedFiles)
    summary.merged.skipped = result.skipped
    try await finish(&summary.merged, articlesBefore: articlesBefore, result.received)
    summary.sentOperations = result.sent.operationCount
    summary.sentBodies = result.sent.bodyCount
    summary.sentBytes = result.sent.bytes
    summary.rolledUpFiles = result.rolledUpFiles
    summary.deletedFiles = result.deletedFiles
    return summary
  }
}

// Remotes: names for targets, of this machine alone.
extension Library {
  public func remotes() async throws(LibraryError) -> [(name: String, target: String)] {
    try await LibraryError.wrapping { try await store.remotes() }
  }

  /// Adds a remote, or points it elsewhere. A name has 1 to 64 bytes and no slash.
  public func addRemote(_ name: String, target: String) async throws(LibraryError) {
    guard (1...Limits.nameBytes).contains(name.utf8.count), !name.contains("/") else {
      throw .invalid("a remote's name has 1 to \(Limits.nameBytes) bytes and no slash")
    }
    _ = try await LibraryError.wrapping { try await store.setRemote(name, to: target) }
  }

  /// Throws `noSuchRemote`.
  public func removeRemote(_ name: String) async throws(LibraryError) {
    let wasThere = try await LibraryError.wrapping { try await store.setRemote(name, to: nil) }
    guard wasThere else { throw .noSuchRemote(name) }
  }
}
