import Files
import Replication
import SyncSession
import Transports

/// A place where a replica answers, with which a session is held (Protocol 8).
protocol SessionTarget: SyncTargetKind {
  /// Holds one session. Throws ``ConnectionError``, ``SessionError`` or ``StoreError``.
  func session(
    _ host: SessionHost, _ direction: SyncDirection, asksNothing: Bool,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult
}

extension SessionTarget {
  func synchronize(
    _ library: Library, _ options: SyncOptions, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> SyncSummary {
    do {
      var host = library.sessionHost
      host.ledger = ledger
      let result = try await session(host, options.direction, asksNothing: library.asksNothing) {
        progress(WorkProgress(.frames, done: $0.done, total: $0.total))
      }
      return try await library.summary(of: result)
    } catch {
      throw LibraryError(error, with: description)
    }
  }

  func dryRun(_ library: Library, _ options: SyncOptions) async throws -> SyncPlan {
    do {
      var host = library.sessionHost
      host.isRemembering = false
      let result = try await session(host, .compare, asksNothing: library.asksNothing) { _ in }
      let peer = result.outcome?.peer.knowledge ?? Knowledge()
      let known = try await library.store.report().knowledge
      let held = try await library.store.heldKnowledge()
      return SyncPlan(
        toReceive: Int(clamping: peer.subtracting(known).count),
        toSend: Int(clamping: held.subtracting(peer).count))
    } catch {
      throw LibraryError(error, with: description)
    }
  }

  /// Only the other side knows what it has.
  func files(of library: Library) async -> [FilePath: Int]? { nil }
}
