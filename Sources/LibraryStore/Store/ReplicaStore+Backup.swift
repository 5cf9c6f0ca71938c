import Files
import Foundation
import GRDB
import Replication

/// What is in a backup.
public struct BackupContent: Sendable, Hashable {
  public let articles: Int
  public let operations: UInt64
  public let fingerprint: Fingerprint
}

extension ReplicaStore {
  /// Writes the library, as one moment has it, into a file that is not committed yet, while others
  /// go on writing. Of who this replica is, and of what it did with others, nothing is in it
  /// (Protocol 6.10).
  ///
  /// - Parameter invitation: the library's secret, where it is to be in the file.
  package nonisolated func backUp(
    into output: OutputFile, invitation: String?, now: Int64
  ) async throws(StoreError) -> BackupContent {
    // Of a disk that was full, SQLite leaves it.
    defer { try? output.temporary.adding("-journal").remove() }
    return try StoreError.wrapping(busyTimeoutMilliseconds: options.busyTimeoutMilliseconds) {
      let wait = options.busyTimeoutMilliseconds
      // SQLite takes an empty file that is there, and keeps its mode.
      try DatabaseQueue.readingOnly(file, waiting: wait).inDatabase { db in
        try db.tellingMediumFaults {
          try db.execute(
            sql: "VACUUM INTO ?", arguments: [DatabaseQueue.name(of: output.temporary)])
        }
      }
      try BackupDatabase.clean(output.temporary, invitation: invitation, now: now)
      return try BackupDatabase.content(of: output.temporary, library: library)
    }
  }
}

/// A database in one file that is no replica.
enum BackupDatabase {
  /// Takes out what is one machine's alone, and notes that this is a backup.
  fileprivate static func clean(_ file: FilePath, invitation: String?, now: Int64) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(
      path: DatabaseQueue.name(of: file), configuration: configuration)
    try queue.writeWithoutTransaction { db in
      // Nothing lies beside the file, and what goes is overwritten.
      try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON")
      try db.inTransaction {
        for table in own { try db.execute(sql: "DELETE FROM \(table)") }
        // Whoever restores it chooses anew.
        try db.execute(sql: "UPDATE body_use SET missing = 1 WHERE missing <> 0")
        try db.execute(
          sql: """
            CREATE TABLE backup(
              id INTEGER PRIMARY KEY CHECK(id = 1),
              time INTEGER NOT NULL,
              invitation TEXT
            ) STRICT
            """)
        try db.execute(
          sql: "INSERT INTO backup VALUES (1, ?, ?)", arguments: [now, invitation])
        return .commit
      }
    }
    try queue.close()
  }

  /// What says who this replica is, what others told it, and what it exchanged where.
  static let own = [
    "identity", "peer", "divergence", "waiting", "told", "known_bundle", "exchange_file",
    "exchange_damage", "exchange_answer", "exchange_place", "line", "failed_picture",
    "action", "action_dot", "action_register", "action_entity", "import_source", "import_page",
    "import_image", "import_tag", "keeping", "keeping_choice", "left_out",
  ]

  /// Reads a backup through, and says what is in it. Throws `damaged`.
  ///
  /// - Parameter library: whose it has to be; nil for any.
  static func content(of file: FilePath, library: [UInt8]?) throws -> BackupContent {
    try reading(file) { db in
      guard try String.fetchAll(db, sql: "PRAGMA quick_check(1)") == ["ok"] else {
        try db.checkMedium()
        throw StoreError.unusableBackup(path: file.shown, reason: "is damaged")
      }
      let state = try StoreTransaction(db)
      guard library == nil || state.library == library else {
        throw StoreError.unusableBackup(path: file.shown, reason: "is another library's backup")
      }
      return BackupContent(
        articles: Int(try TallyTable(db).tally().articles), operations: state.knowledge.count,
        fingerprint: state.fingerprint)
    }
  }

  /// The key of the library whose backup it is, and the invitation in it, if there is one. Throws
  /// `unusableBackup`, `newerVersion`.
  static func label(of file: FilePath) throws -> (library: [UInt8], invitation: String?) {
    try reading(file) { db in
      guard let library = try Data.fetchOne(db, sql: "SELECT library FROM state") else {
        throw StoreError.unusableBackup(path: file.shown, reason: "names no library")
      }
      return (Array(library), try String.fetchOne(db, sql: "SELECT invitation FROM backup"))
    }
  }

  private static func reading<Result>(
    _ file: FilePath, _ body: (Database) throws -> Result
  ) throws -> Result {
    do {
      let queue = try DatabaseQueue.readingOnly(file, waiting: 0)
      let result = try queue.snapshot { db in
        guard try Schema.isLibrary(db), try db.tableExists("backup") else {
          throw StoreError.unusableBackup(path: file.shown, reason: "is no backup of a library")
        }
        guard try Schema.age(db) != .newer else { throw StoreError.newerVersion }
        return try body(db)
      }
      try queue.close()
      return result
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB:
        throw StoreError.unusableBackup(path: file.shown, reason: "is no backup of a library")
      case .SQLITE_CORRUPT:
        throw StoreError.unusableBackup(path: file.shown, reason: "is damaged")
      default: throw error
      }
    }
  }

  /// Makes of a backup that was copied the database of a new replica, named as it is called.
  ///
  /// - Returns: what the replica has issued.
  static func adopt(
    _ file: FilePath, as replica: ReplicaID, name: (text: String, now: Int64)?,
    options: ReplicaStore.Options
  ) throws -> Issued {
    let queue = try ReplicaStore.connect(file, options: options)
    // The secret must not lie in what the table leaves.
    try queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON")
    }
    try Schema.migrator.migrate(queue)
    let issued = try queue.write { db in
      try db.execute(sql: "DROP TABLE backup")
      try db.execute(
        sql: "INSERT INTO replica(key) VALUES (?)", arguments: [Data(replica.identifier.bytes)])
      return try ReplicaStore.Draft.begin(
        as: replica, number: db.lastInsertedRowID, name: name, using: options.random, in: db)
    }
    try queue.closeWhole()
    return issued
  }
}

extension ReplicaStore {
  /// The library whose backup lies in a file, and the invitation in it, if there is one. Throws
  /// `unusableBackup`, `newerVersion`, `damaged`.
  package static func label(
    ofBackup file: FilePath
  ) throws(StoreError) -> (library: [UInt8], invitation: String?) {
    try StoreError.wrapping(busyTimeoutMilliseconds: 0) { try BackupDatabase.label(of: file) }
  }

  /// Reads a backup through. Throws what ``label(ofBackup:)`` does.
  package static func content(ofBackup file: FilePath) throws(StoreError) -> BackupContent {
    try StoreError.wrapping(busyTimeoutMilliseconds: 0) {
      try BackupDatabase.content(of: file, library: nil)
    }
  }
}
