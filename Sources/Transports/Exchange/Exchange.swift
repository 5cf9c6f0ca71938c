import Coding
import Files
import LibraryStore
import Replication
import Sealing

/// Synchronizes a library with a place that other replicas share (Protocol 7): reads what they
/// wrote, writes what the place lacks, rolls its own files up.
///
/// No locks and no times of files: each replica writes in a folder of its own, and files never
/// change. So it works over anything that can be a ``Storage``.
package struct Exchange: Sendable {
  let store: ReplicaStore
  let secret: LibrarySecret
  let senderName: String
  let storage: any Storage
  let layout: ExchangeLayout
  let ledger: CommitLedger?

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
    layout = ExchangeLayout(library: store.library)
  }

  /// What a synchronization did.
  package struct Result: Sendable {
    package var received = MergeResult()
    package var receivedFiles = 0
    package var sent = BundlePacking.Result()
    package var rolledUpFiles = 0
    package var deletedFiles = 0
    /// Files of others that could not be used, with the reason; they are tried again next time.
    package var skipped: [SkippedBundle] = []
  }

  /// - Parameters:
  ///   - now: milliseconds since 1970.
  ///   - progress: called with files read and in all.
  ///
  /// Throws ``BundleError`` or ``StoreError``; what was merged before stays.
  package func synchronize(
    _ direction: SyncDirection = .both, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Result {
    var result = Result()
    if direction != .push { try await read(into: &result, now: now, progress: progress) }
    if direction != .pull {
      let replica = try await store.report().replica
      try await prepare(for: replica)
      try await write(as: replica, into: &result, now: now)
      try await rollUp(as: replica, into: &result, now: now)
      try await deleteReplaced(by: replica, into: &result, now: now)
    }
    return result
  }

  private func prepare(for replica: ReplicaID) async throws(BundleError) {
    do {
      try await storage.prepare(layout.folder(of: replica), for: "\(replica)")
    } catch {
      throw .file(error)
    }
  }
}

// Without changing anything.
extension Exchange {
  /// Whether a file of this name may be one of an exchange, which its writer alone deletes.
  package static func names(_ name: String) -> Bool { ExchangeFile.isName(name) }

  /// The files that replicas of `library` have in `storage` now.
  package static func paths(
    in storage: any Storage, library: [UInt8]
  ) async throws(BundleError) -> [FilePath] {
    try await ExchangeLayout(library: library).files(in: storage).map(\.path)
  }

  /// How many files were not read yet, and how many operations the storage lacks.
  package func dryRun() async throws -> (unreadFiles: Int, operations: Int) {
    let files = try await layout.files(in: storage)
    let unread = try await unread(files).count
    let lacking = try await store.heldKnowledge()
      .subtracting(coverage(of: try await statements(of: files)))
    return (unread, Int(lacking.count))
  }
}

// What the parts of a synchronization share.
extension Exchange {
  /// What a file's header was when it was read or written whole; nil if it never was.
  func seenHeader(of file: ExchangeFile) async throws -> ContentHash? {
    try await store.headerOfExchangeFile(file.path, length: file.length)
  }

  /// Those that were never read or written whole as they are now.
  func unread(_ files: [ExchangeFile]) async throws -> [ExchangeFile] {
    var unread: [ExchangeFile] = []
    for file in files where try await seenHeader(of: file) == nil { unread.append(file) }
    return unread
  }

  /// The files' contents, each with its file.
  func open(
    _ files: [ExchangeFile]
  ) async throws(BundleError) -> [(file: ExchangeFile, content: any ReadableFile)] {
    do {
      return Array(zip(files, try await storage.read(files.map(\.name)))).map { ($0, $1) }
    } catch {
      throw .file(error)
    }
  }

  /// The statements of the files that can be read now. A file that was checked whole before is
  /// read as far as its header, which must be the one it had then.
  func statements(
    of files: [ExchangeFile]
  ) async throws -> [(file: ExchangeFile, header: BundleHeader)] {
    var statements: [(file: ExchangeFile, header: BundleHeader)] = []
    for (file, content) in try await open(files) {
      do {
        let reader = try BundleReader(content, secret: secret)
        let header =
          try await seenHeader(of: file) == reader.headerDigest
          ? reader.header
          : try BundleMerging(store, secret: secret).verify(content)
        statements.append((file, header))
      } catch is BundleError {
        // What cannot be read covers nothing; reading told of it.
        continue
      }
    }
    return statements
  }

  func coverage(
    of statements: [(file: ExchangeFile, header: BundleHeader)]
  ) -> Knowledge {
    statements.reduce(Knowledge()) { $0.union($1.header.statement.carried) }
  }
}
