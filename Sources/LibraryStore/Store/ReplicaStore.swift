import Articles
import Coding
import Files
import Foundation
import GRDB
import Replication

/// A durable replica: one SQLite database in a library's folder.
///
/// Every change is one transaction. Another process may have the same library open: a writer
/// waits for the other, and after `busyTimeoutMilliseconds` throws ``StoreError/busy``.
package actor ReplicaStore {
  let queue: DatabaseQueue
  let options: Options
  private let readers: ReaderPool
  /// The database file.
  package nonisolated let file: FilePath
  /// The library's public key, thirty-two bytes.
  package nonisolated let library: [UInt8]
  /// Whether the medium, or the permissions, let it be read only.
  package nonisolated let isReadOnly: Bool

  /// The revision at which it was last decided which texts are kept, or after which only bodies came.
  var keepingDecided: Int64?

  /// What the owner was told, in the order it happened.
  package private(set) var notices: [Notice] = []

  /// How a library is opened.
  package struct Options: Sendable {
    package var guardian: IdentityGuard
    package var busyTimeoutMilliseconds = 5_000
    /// How many connections read beside the one that writes; with 0, reads wait for writes.
    package var maximumReaders = 0
    /// What is searched of a body.
    package var searchText = SearchText.bytes
    /// What ids and tokens are drawn from.
    package var random = RandomSource.system
    /// Called with what the owner of this replica should be told, as it happens.
    package var onNotice: @Sendable (Notice) -> Void = { _ in }

    package init(stateDirectory: FilePath) {
      guardian = IdentityGuard(stateDirectory: stateDirectory)
    }
  }

  /// Opens the database in `folder`. Throws `noLibrary`, `newerVersion`, `damaged`, `busy`.
  package init(folder: FilePath, options: Options) throws(StoreError) {
    let file = folder.appending(ReplicaStore.fileName)
    guard file.withPlatformString({ access($0, R_OK) }) == 0 else {
      guard [ENOENT, ENOTDIR].contains(errno) else {
        throw .cannotRead(path: file.shown, reason: SystemReason.text(ofCode: errno))
      }
      throw .noLibrary(path: folder.shown)
    }
    // SQLite would wait for ever for somebody to write into a pipe.
    if let kind = try? FileStatus(of: file, followingLinks: true).kind, kind != .file {
      throw .cannotRead(path: file.shown, reason: FileError(file, .notAFile(kind)).reason)
    }
    let opened = try StoreError.wrapping(
      busyTimeoutMilliseconds: options.busyTimeoutMilliseconds
    ) {
      let queue = try ReplicaStore.connect(file, options: options)
      func load() throws -> StoreTransaction? {
        try queue.snapshot { db in
          guard try Schema.isLibrary(db) else { throw StoreError.noLibrary(path: folder.shown) }
          switch try Schema.age(db) {
          case .current: return try StoreTransaction(db)
          case .older: return nil
          case .newer: throw StoreError.newerVersion
          }
        }
      }
      if let state = try load() { return (queue, state) }
      try Schema.migrator.migrate(queue)
      guard let state = try load() else { throw StoreError.damaged("the schema stayed old") }
      return (queue, state)
    }
    self.queue = opened.0
    self.options = options
    self.file = file
    readers = ReaderPool(file, options)
    library = opened.1.library
    isReadOnly = opened.0.inDatabase { $0.isReadOnly }
  }

  package static let fileName = "library.sqlite"

  static func connect(_ file: FilePath, options: Options) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(options.busyTimeoutMilliseconds) / 1_000)
    configuration.foreignKeysEnabled = false
    return try DatabaseQueue.open(file, configuration) { db in
      // secure_delete doubles what a large merge writes, and a library keeps no secrets in rows.
      try CachedStatement.execute(
        """
        PRAGMA secure_delete = OFF;
        PRAGMA synchronous = FULL;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -4096;
        PRAGMA wal_autocheckpoint = 4096;
        """, db)
    }
  }
}

extension ReplicaStore {
  /// Reads in one snapshot, beside whoever writes where there are connections for that.
  nonisolated func view<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws(StoreError) -> Result {
    guard options.maximumReaders > 0 else { return try await read(body) }
    return try await readers.read(body)
  }

  /// Reads in one snapshot, on the connection that writes.
  func read<Result>(
    _ body: (Database) throws -> Result
  ) throws(StoreError) -> Result {
    try StoreError.wrapping(busyTimeoutMilliseconds: options.busyTimeoutMilliseconds) {
      try queue.snapshot(body)
    }
  }

  /// Changes in one transaction; with `dryRun` all of it is taken back. A change that issues
  /// sequences of this replica's own goes through `changeOwn`.
  func change<Result>(
    dryRun: Bool = false, _ body: (StoreTransaction) throws -> Result
  ) throws(StoreError) -> Result {
    let result = try StoreError.wrapping(
      busyTimeoutMilliseconds: options.busyTimeoutMilliseconds
    ) {
      var result: Result?
      // Unlocked when it is let go, which is after the commit.
      let evidence = HeldEvidence(
        options.guardian, library: library, waitMilliseconds: options.busyTimeoutMilliseconds,
        isDryRun: dryRun)
      do {
        try queue.inTransaction(.immediate) { db in
          try db.tellingMediumFaults {
            try db.execute(sql: "UPDATE state SET revision = revision + 1")
            let transaction = try StoreTransaction(db, evidence: evidence)
            transaction.random = options.random
            result = try body(transaction)
            try transaction.save()
            guard !dryRun else { return .rollback }
            try transaction.raiseEvidence()
            return .commit
          }
        }
      } catch {
        evidence.lower()
        throw error
      }
      return withExtendedLifetime(evidence) { result }
    }
    guard let result else { throw .damaged("a transaction ended without a result") }
    return result
  }

  func tell(_ notice: Notice) {
    notices.append(notice)
    options.onNotice(notice)
  }
}
