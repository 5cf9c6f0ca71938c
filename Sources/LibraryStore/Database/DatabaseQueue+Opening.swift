import Files
import Foundation
import GRDB
import GRDBSQLite

extension DatabaseQueue {
  /// Opens a database, on a medium that cannot be written for reading.
  ///
  /// SQLite keeps an index beside the write-ahead log while a database is open, which a read-only
  /// medium and a full disk have no place for. Nobody can write there either, so the database is
  /// then read without locks (Protocol 6.1).
  ///
  /// - Parameter prepare: what else a connection is told before it is used.
  static func open(
    _ file: FilePath, _ original: Configuration,
    preparing prepare: @escaping @Sendable (Database) throws -> Void = { _ in }
  ) throws -> DatabaseQueue {
    var configuration = original
    configuration.prepareDatabase { db in
      // Before anything is read, and until something was.
      db.keepLog(true)
      try prepare(db)
    }
    do {
      let queue = try DatabaseQueue(path: name(of: file), configuration: configuration)
      queue.inDatabase { $0.keepLog(false) }
      return queue
    } catch let error as DatabaseError where error.isLackOfRoom {
      // Somebody may write there, who would not be seen.
      if let code = Descriptors.shortage(of: descriptors) {
        throw StoreError.cannotRead(path: file.shown, reason: SystemReason.text(ofCode: code))
      }
      // What it says of its second try is no news.
      guard let queue = try? openUnlocked(file, configuration) else { throw error }
      return queue
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      try checkMedium(file)
      throw error
    }
  }

  /// Of a database, its log, the log's index, and a folder that is flushed.
  private static let descriptors = 4

  static func readingOnly(_ file: FilePath, waiting milliseconds: Int) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(Double(milliseconds) / 1_000)
    configuration.allowsUnsafeTransactions = true
    return try open(file, configuration)
  }

  private static func openUnlocked(
    _ file: FilePath, _ original: Configuration
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = original.busyMode
    configuration.allowsUnsafeTransactions = original.allowsUnsafeTransactions
    configuration.prepareDatabase { db in
      // Before anything is read: then the log's index is kept in memory.
      try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY")
    }
    return try DatabaseQueue(path: unlockedName(of: file), configuration: configuration)
  }

  fileprivate static func unlockedName(of file: FilePath) -> String {
    let log = try? FileStatus(of: file.adding("-wal"), followingLinks: true)
    // A database whose log is not empty is read with it; one without cannot even open an empty one.
    let hasLog = (log?.length ?? 0) > 0
    return "\(address(of: file))?\(hasLog ? "mode=ro&vfs=unix-none" : "immutable=1")"
  }

  /// What SQLite is to call the file: its path, or its address where text cannot hold every byte of
  /// the path, or would be taken for an address.
  static func name(of file: FilePath) -> String {
    guard let path = String(validating: file.bytes, as: UTF8.self), !path.hasPrefix("file:") else {
      return address(of: file)
    }
    return path
  }

  private static func address(of file: FilePath) -> String {
    let path = file.bytes.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
        || (0x61...0x7a).contains(byte) || [0x2d, 0x2e, 0x2f, 0x5f].contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "file:\(path.joined())"
  }
}

extension FilePath {
  /// Makes the file of a new database its owner's alone, as all are that hold what people read: SQLite
  /// would make it as the umask has it, and gives what lies beside it the same mode. Where this cannot
  /// be done, opening it says why.
  func makePrivate() {
    let handle = withPlatformString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    guard handle >= 0 else { return }
    fchmod(handle, 0o600)
    close(handle)
  }
}

extension DatabaseQueue {
  /// Reads in one snapshot. What is written all the same, by mistake, is taken back.
  ///
  /// Spares the statements by which `read` makes the connection read-only and writable again, which
  /// matters to a tool that does little else.
  func snapshot<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try inDatabase { db in
      try db.tellingMediumFaults {
        try db.beginTransaction(.deferred)
        defer { try? db.rollback() }
        return try body(db)
      }
    }
  }
}

extension DatabaseQueue {
  /// Closes a database whose file is then all of it, flushed: the log went back into it.
  ///
  /// To close it would try that too, and say nothing where it fails.
  func closeWhole() throws {
    try writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try close()
  }
}

extension Database {
  /// Attaches a database that could only be opened for reading, or any other.
  func attach(_ file: FilePath, as name: String, isReadOnly: Bool) throws {
    if isReadOnly {
      // What is attached from here on keeps its log's index in memory; this database does not.
      try execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA main.locking_mode = NORMAL")
    }
    let place = isReadOnly ? DatabaseQueue.unlockedName(of: file) : DatabaseQueue.name(of: file)
    try execute(sql: "ATTACH ? AS \(name)", arguments: [place])
  }

  /// Has closing keep the log, or remove it, which it does unless it is told.
  ///
  /// A connection that could not open the log's index tries that once more when it is closed. Where
  /// the index can then be read and not written, SQLite 3.40 removes a log whose commits it never put
  /// into the database.
  fileprivate func keepLog(_ isKept: Bool) {
    var flag: Int32 = isKept ? 1 : 0
    sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_PERSIST_WAL, &flag)
  }

  /// Whether SQLite opened the database for reading only.
  var isReadOnly: Bool { sqlite3_db_readonly(sqliteConnection, "main") == 1 }
}

extension DatabaseError {
  /// Whether the file, or one that SQLite keeps beside it, cannot be made, written or locked.
  var isLackOfRoom: Bool {
    switch resultCode {
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_PERM: true
    default: false
    }
  }
}
