import Files
import Transports

/// A kind of place to synchronize with. Another kind is one more type that conforms to this, mostly
/// by way of ``StorageTarget`` or ``SessionTarget``, and its line in ``SyncTarget``'s list of kinds.
protocol SyncTargetKind: Sendable, CustomStringConvertible {
  /// Nil for text that names a target of another kind. Throws `invalid` for one of this kind that
  /// does not read.
  init?(reading text: String) throws(LibraryError)

  /// As it is remembered, and read again. Unless it says otherwise, this is its description.
  var text: String { get }

  /// Synchronizes a library with it.
  func synchronize(
    _ library: Library, _ direction: SyncDirection, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> SyncSummary

  /// What synchronizing would do.
  func dryRun(_ library: Library) async throws -> SyncPlan

  /// The library's files there now; nil for a place that has none, and where they cannot be listed.
  func files(of library: Library) async -> [FilePath]?
}

extension SyncTargetKind {
  var text: String { description }
}
