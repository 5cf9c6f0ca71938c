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
public actor ReplicaStore {
  let queue: DatabaseQueue
  let options: Options
  /// The database file.
  public nonisolated let file: FilePath
  /// The library's public key, thirty-two bytes.
  public nonisolated let library: [UInt8]
  /// Whether the medium, or the permissions, let it be read only.
  public nonisolated let isReadOnly: Bool

  /// What the owner was told, in the order it happened.
  public private(set) var notices: [Notice] = []

  /// How a library is opened.
  public struct Options: Sendable {
    public var guardian: IdentityGuard
    public var busyTimeoutMilliseconds = 5_000
    /// Called with what the owner of this replica should be told, as it happens.
    public var onNotice: @Sendable (Notice) -> Void = { _ in }

    public init(stateDirectory: FilePath) {
      guardian = IdentityGuard(stateDirectory: stateDirectory)
    }
  }

  /// Something that happened to this replica that its owner should know.
  public enum Notice: Sendable, Equatable {
    /// This database is a copy, or older than it had been, or new to this machine, and now writes as
    /// a replica nobody was.
    case freshIdentity(IdentityGuard.Mismatch, old: ReplicaID, new: ReplicaID)
    /// Another database writes under this one's id; own operations were written again.
    case twinFound(old: ReplicaID, new: ReplicaID, rewritten: Int)
    /// Equal knowledge with another fingerprint than this peer's.
    case diverged(from: ReplicaID)
    /// Others than its owner can read the library's secret.
    case secretExposed(path: String)
  }

  /// Opens the database in `folder`. Throws `noLibrary`, `newerVersion`, `damaged`, `busy`.
  public init(folder: FilePath, options: Options) throws(StoreError) {
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
    library = opened.1.library
    isReadOnly = opened.0.inDatabase { $0.isReadOnly }
  }

  public static let fileName = "library.sqlite"

  static func connect(_ file: FilePath, options: Options) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(options.busyTimeoutMilliseconds) / 1_000)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
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
    return try DatabaseQueue.open(file, configuration)
  }
}

extension ReplicaStore {
  /// Reads in one snapshot.
  func read<Result>(
    _ body: (Database) throws -> Result
  ) throws(StoreError) -> Result {
    try StoreError.wrapping(busyTimeoutMilliseconds: options.busyTimeoutMilliseconds) {
      try queue.snapshot(body)
    }
  }

  /// Changes in one transaction; with `rehearsing` all of it is taken back. A change that issues
  /// sequences of this replica's own goes through `changeOwn`.
  func change<Result>(
    rehearsing: Bool = false, _ body: (StoreTransaction) throws -> Result
  ) throws(StoreError) -> Result {
    let result = try StoreError.wrapping(
      busyTimeoutMilliseconds: options.busyTimeoutMilliseconds
    ) {
      var result: Result?
      // Unlocked when it is let go, which is after the commit.
      let evidence = HeldEvidence(
        options.guardian, library: library, waitMilliseconds: options.busyTimeoutMilliseconds,
        isRehearsing: rehearsing)
      do {
        try queue.inTransaction(.immediate) { db in
          try db.execute(sql: "UPDATE state SET revision = revision + 1")
          let transaction = try StoreTransaction(db, evidence: evidence)
          result = try body(transaction)
          try transaction.save()
          guard !rehearsing else { return .rollback }
          try transaction.raiseEvidence()
          return .commit
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

extension DatabaseQueue {
  /// Reads in one snapshot. What is written all the same, by mistake, is taken back.
  ///
  /// Spares the statements by which `read` makes the connection read-only and writable again, which
  /// matters to a tool that does little else.
  fileprivate func snapshot<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try inDatabase { db in
      try db.beginTransaction(.deferred)
      defer { try? db.rollback() }
      return try body(db)
    }
  }
}
