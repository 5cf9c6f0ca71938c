import Files
import Foundation
import GRDB
import GRDBSQLite

extension Database {
  /// Does what reads. Where the system cannot read the medium, SQLite takes that for damage; this
  /// says which it was.
  func tellingMediumFaults<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      try checkMedium()
      throw error
    }
  }

  /// Throws `cannotRead` where what looks like damage is that the medium cannot be read.
  func checkMedium() throws(StoreError) {
    guard hasMediumFault else { return }
    let path = sqlite3_db_filename(sqliteConnection, "main").map { FilePath(platformString: $0) }
    throw .cannotRead(path: path?.shown ?? "", reason: SystemReason.text(ofCode: EIO))
  }

  /// Whether the last call of the system that failed, on the database or its log, met the medium.
  private var hasMediumFault: Bool {
    var code: Int32 = 0
    sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_LAST_ERRNO, &code)
    if code == EIO { return true }
    var log: UnsafeMutablePointer<sqlite3_file>?
    sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log)
    guard let log, let calls = log.pointee.pMethods else { return false }
    return calls.pointee.xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &code) == SQLITE_OK
      && code == EIO
  }
}

extension DatabaseQueue {
  /// Throws `cannotRead` where the beginning of a database, or of its log, cannot be read: of one that
  /// could not be opened there is nobody to ask.
  static func checkMedium(_ file: FilePath) throws(StoreError) {
    for path in [file, file.adding("-wal")] {
      do throws(FileError) {
        _ = try InputFile(path, .named).read()
      } catch  where error.isMediumFault {
        throw .cannotRead(path: file.shown, reason: error.reason)
      } catch {
        continue
      }
    }
  }
}
