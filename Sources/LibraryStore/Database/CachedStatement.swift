import GRDB
import GRDBSQLite

/// A cached statement driven directly, for the merge's inner loops: GRDB's checked arguments cost
/// about half their rate.
///
/// Two of equal SQL on one connection are one statement for SQLite. So each use begins by checking
/// that no other use is under way, and resets the statement however it ends.
struct CachedStatement {
  private let statement: Statement
  private var handle: SQLiteStatement { statement.sqliteStatement }

  init(_ db: Database, _ sql: String) throws {
    statement = try db.cachedStatement(sql: sql)
  }

  /// Runs statements that return nothing of interest.
  static func execute(_ sql: String, _ db: Database) throws {
    let code = sqlite3_exec(db.sqliteConnection, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(code, db.sqliteConnection) }
  }

  /// Runs to the end; rows are passed over.
  @inline(__always)
  func run(_ values: [SQLValue] = []) throws {
    let isLong = begin(values)
    defer { end(forgetting: isLong) }
    while try step() {}
  }

  /// Runs to the end; returns whether a row was written.
  func runChanging(_ values: [SQLValue] = []) throws -> Bool {
    try run(values)
    return sqlite3_changes(sqlite3_db_handle(handle)) > 0
  }

  /// Calls `body` with each row.
  @inline(__always)
  func walk(_ values: [SQLValue] = [], _ body: (SQLRow) throws -> Void) throws {
    let isLong = begin(values)
    defer { end(forgetting: isLong) }
    while try step() { try body(row) }
  }

  /// What `read` makes of each row.
  func all<Result>(
    _ values: [SQLValue] = [], _ read: (SQLRow) throws -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    try walk(values) { results.append(try read($0)) }
    return results
  }

  /// What `read` makes of the first row; nil where there is none.
  @inline(__always)
  func first<Result>(
    _ values: [SQLValue] = [], _ read: (SQLRow) throws -> Result
  ) throws -> Result? {
    let isLong = begin(values)
    defer { end(forgetting: isLong) }
    return try step() ? try read(row) : nil
  }

  /// Whether there is a row.
  func hasRow(_ values: [SQLValue] = []) throws -> Bool {
    let isLong = begin(values)
    defer { end(forgetting: isLong) }
    return try step()
  }
}

extension CachedStatement {
  /// Returns whether a value is long: a statement keeps its values, and is kept itself.
  @inline(__always)
  fileprivate func begin(_ values: [SQLValue]) -> Bool {
    precondition(
      sqlite3_stmt_busy(handle) == 0,
      "a statement is used while another use of the same SQL is under way")
    precondition(
      sqlite3_bind_parameter_count(handle) == values.count,
      "a statement is given as many values as it has parameters")
    var isLong = false
    for index in values.indices {
      if values[index].bind(to: handle, at: Int32(index) + 1) > CachedStatement.longBytes {
        isLong = true
      }
    }
    return isLong
  }

  private static let longBytes = 1 << 16

  /// Whether there is a row. Throws what SQLite reports.
  @inline(__always)
  fileprivate func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw DatabaseError(code, sqlite3_db_handle(handle))
    }
  }

  @inline(__always)
  fileprivate var row: SQLRow { SQLRow(handle) }

  @inline(__always)
  fileprivate func end(forgetting isLong: Bool) {
    sqlite3_reset(handle)
    if isLong { sqlite3_clear_bindings(handle) }
  }
}

/// The rows of a statement for readers that do not take them all in one go, such as scans beside a
/// sorted list.
///
/// A reference, so that the statement is reset when the last reader lets it go.
final class StatementCursor {
  private let statement: CachedStatement
  private var isOpen = false
  private var isLong = false

  init(_ db: Database, _ sql: String) throws {
    statement = try CachedStatement(db, sql)
  }

  /// Begins anew, before the first row.
  func open(_ values: [SQLValue] = []) {
    close()
    isLong = statement.begin(values)
    isOpen = true
  }

  /// Moves on to the next row. Returns false, and closes, after the last.
  func next() throws -> Bool {
    precondition(isOpen, "a cursor has rows from when it is opened to when it is closed")
    do {
      if try statement.step() { return true }
    } catch {
      close()
      throw error
    }
    close()
    return false
  }

  /// Valid until the cursor is moved or closed.
  var row: SQLRow { statement.row }

  /// To be called before the tables it reads change.
  func close() {
    if isOpen { statement.end(forgetting: isLong) }
    isOpen = false
  }

  deinit { close() }
}

extension DatabaseError {
  /// What SQLite reported last on a connection.
  fileprivate init(_ code: Int32, _ connection: OpaquePointer?) {
    let message = connection.flatMap(sqlite3_errmsg).map { String(cString: $0) }
    self.init(resultCode: ResultCode(rawValue: code), message: message)
  }
}
