import Coding
import Files
import LibraryStore
import Replication
import Sealing

/// Synchronizes a library with a place that other replicas share (Protocol 7): lists it once, reads
/// what they wrote, writes what the place lacks, rolls its own files up.
///
/// No locks and no times of files: each replica writes files of its own, and files never change. So it
/// works over anything that can be a ``Storage``.
package struct Exchange: Sendable {
  let store: ReplicaStore
  let secret: LibrarySecret
  let senderName: String
  let storage: any Storage
  let ledger: CommitLedger?
  /// What files are sealed with.
  package var random = RandomSource.system

  /// - Parameter ledger: learns of each batch once it is committed.
  package init(
    _ store: ReplicaStore, secret: LibrarySecret, senderName: String, storage: any Storage,
    ledger: CommitLedger? = nil
  ) {
    self.ledger = ledger
    self.store = store
    self.secret = secret
    self.senderName = senderName
    self.storage = storage
  }

  /// What a synchronization did.
  package struct Result: Sendable {
    package var received = MergeResult()
    package var receivedFiles = 0
    /// What files in the place tell of, that is not here and that no file there brought.
    package var missing = Knowledge()
    package var sent = BundlePacking.Result()
    /// Whether nothing of the library lay there.
    package var isNewPlace = false
    package var rolledUpFiles = 0
    package var deletedFiles = 0
    /// Files of others that could not be used, with the reason; they are tried again next time.
    package var skipped: [SkippedBundle] = []
    /// Files of others that are damaged for good, as was found this time: they are named to the
    /// others, to be written anew.
    package var damaged: [FilePath] = []
    /// Why own files that are not needed any more could not be deleted; nil if they could.
    package var refusedDelete: FileError?
  }

  /// - Parameters:
  ///   - isMeant: whether the place is taken though it seems to be the wrong one (Protocol 7.2).
  ///   - now: milliseconds since 1970.
  ///   - progress: called with files read and in all.
  ///
  /// Throws ``ExchangeError``, ``BundleError`` or ``StoreError``; what was merged before stays.
  package func synchronize(
    _ direction: SyncDirection = .both, isMeant: Bool = false, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Result {
    // Two facts are kept of the listing: the state holds the rest, which may be long.
    let (state, isMarked, isOfLibrary) = try await look(isMeant: isMeant, now: now)
    var run = ExchangeRun(self, state, now: now)
    run.result.isNewPlace = !isOfLibrary
    if direction == .push {
      try await run.check(progress: progress)
    } else {
      try await run.read(progress: progress)
      // Whoever finds a twin goes on under another id, and the old one's files are another's
      // (Protocol 7.4).
      while try await store.report().replica != run.state.replica {
        let again = try await look(isMeant: true, now: now)
        run.begin(again: again.state)
        try await run.read(progress: progress)
      }
    }
    if direction != .pull {
      try await run.write(isMarked: isMarked)
      try await run.rollUp()
      try await run.deleteReplaced()
    }
    // What was read and deleted was so in the place that is meant, too.
    try await run.flush()
    try await run.forget(hasRead: direction != .push)
    if isOfLibrary || direction != .pull { try await store.notePlace(place) }
    return run.result
  }

  private func look(
    isMeant: Bool, now: Int64
  ) async throws -> (state: ExchangeState, isMarked: Bool, isOfLibrary: Bool) {
    let listing = try await listing(isMeant: isMeant)
    let state = try await state(of: listing, now: now)
    return (state, listing.isMarked, listing.isOfLibrary)
  }

  /// The place's name, by which it is known again.
  var place: String { storage.path(of: FilePath()).text }

  /// Lists the place once. Throws ``ExchangeError`` where it is not the right one.
  func listing(isMeant: Bool) async throws -> ExchangeListing {
    let listing = try await ExchangeListing(of: store.library, in: storage)
    guard !listing.isOfLibrary, !isMeant else { return listing }
    guard try await !store.knowsPlace(place) else { throw ExchangeError.emptied }
    guard try await !ExchangeListing.hasOthers(than: store.library, in: storage) else {
      throw ExchangeError.ofAnotherLibrary
    }
    return listing
  }

  func state(of listing: ExchangeListing, now: Int64) async throws -> ExchangeState {
    ExchangeState(
      listing, records: try await store.exchangeRecords(),
      damage: try await store.exchangeDamage(), replica: try await store.report().replica, now: now)
  }
}

/// Why a place is not exchanged with (Protocol 7.2).
package enum ExchangeError: Error, Sendable, Equatable {
  /// It was this library's, and nothing of it is there: unmounted, emptied, or another stick.
  case emptied
  /// Something of another library is there, and nothing of this one.
  case ofAnotherLibrary
}

extension Exchange {
  /// The files that replicas of `library` have in `storage` now.
  package static func files(
    of library: [UInt8], in storage: any Storage
  ) async throws(BundleError) -> [ExchangeListing.File] {
    try await ExchangeListing(of: library, in: storage).files
  }
}
