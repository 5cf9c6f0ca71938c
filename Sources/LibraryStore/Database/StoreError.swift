import Coding
import Files
import GRDB
import Replication

/// What opening, reading or changing a library's database can meet.
public enum StoreError: Error, Sendable {
  /// There is no database here, or it is not a library's.
  case noLibrary(path: String)
  /// A file is no backup of a library, or a damaged one: half a sentence.
  case unusableBackup(path: String, reason: String)
  /// There is one already.
  case libraryExists(path: String)
  /// Another process held the database longer than this one was told to wait.
  case busy(waitedMilliseconds: Int)
  /// The database is there, and this user may not read it: the system's reason.
  case cannotRead(path: String, reason: String)
  /// The disk is full, or the file or folder cannot be written.
  case cannotWrite(reason: String)
  /// The evidence of which database has which id cannot be written, without which nothing is.
  case cannotRecord(path: String, reason: String)
  /// The same, of the search index; the library is as it was.
  case cannotIndex(reason: String)
  /// A newer version migrated this database.
  case newerVersion
  /// The database contradicts itself; `check` says where.
  case damaged(String)
  /// The rules refuse a write: too long a value, or the stamps have run out.
  case refused(ReplicationError)
  /// Bytes that were stored or received do not read.
  case unreadable(CodingError)
  /// The library already has as many replicas as the formats allow.
  case tooManyReplicas(limit: Int)
  /// SQLite reported something else.
  case database(code: Int32, message: String)
}

extension StoreError {
  /// Turns what GRDB and the codecs throw into the store's own words.
  static func wrapping<Result>(
    busyTimeoutMilliseconds: Int, _ body: () throws -> Result
  ) throws(StoreError) -> Result {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, waited: busyTimeoutMilliseconds)
    } catch let error as FileError {
      throw .cannotWrite(reason: "\(error)")
    } catch let error as CodingError {
      throw .unreadable(error)
    } catch let error as ReplicationError {
      throw .refused(error)
    } catch {
      throw .cannotWrite(reason: SystemReason.text(of: error))
    }
  }

  /// What SQLite reports of the search index.
  init(indexing error: DatabaseError, waited: Int) {
    self.init(error, waited: waited)
    if case .cannotWrite(let reason) = self { self = .cannotIndex(reason: reason) }
  }

  private init(_ error: DatabaseError, waited: Int) {
    let message = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(waitedMilliseconds: waited)
    case .SQLITE_FULL: self = .cannotWrite(reason: "the disk is full")
    // A full disk is opened so too, since SQLite finds no room beside the database.
    case .SQLITE_READONLY, .SQLITE_PERM:
      self = .cannotWrite(
        reason: "it can only be read here: the disk is full or read-only, or permission is missing")
    case .SQLITE_IOERR, .SQLITE_CANTOPEN: self = .cannotWrite(reason: message)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(message)
    default: self = .database(code: error.resultCode.rawValue, message: message)
    }
  }
}
