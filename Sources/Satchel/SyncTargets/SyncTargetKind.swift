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
    _ library: Library, _ options: SyncOptions, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> SyncSummary

  /// What synchronizing would do.
  func dryRun(_ library: Library, _ options: SyncOptions) async throws -> SyncPlan

  /// The library's files there now, with their lengths; nil for a place that has none, where they
  /// cannot be listed, and where listing costs too much to be done every second.
  func files(of library: Library) async -> [FilePath: Int]?

  /// How long a watch waits, in seconds, before it asks a place again in which nothing is to be seen.
  var watchSeconds: Int { get }
}

extension SyncTargetKind {
  var watchSeconds: Int { 60 }
  var text: String { description }
}
