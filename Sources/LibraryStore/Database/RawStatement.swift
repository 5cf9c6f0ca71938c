import GRDB
import GRDBSQLite
import Replication

/// A cached statement driven directly, for the merge's inner loops: GRDB's checked arguments cost
/// about half their rate.
struct RawStatement {
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

  @inline(__always)
  func bind(_ value: Int64, at index: Int32) {
    sqlite3_bind_int64(handle, index, value)
  }

  /// The bytes must stay alive until the statement has run.
  @inline(__always)
  func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
    // SQLite reads a null pointer as NULL, and an empty blob is not NULL.
    if let base = bytes.baseAddress, !bytes.isEmpty {
      sqlite3_bind_blob64(handle, index, base, UInt64(bytes.count), nil)
    } else {
      sqlite3_bind_zeroblob(handle, index, 0)
    }
  }

  /// Copies the bytes.
  func bind(_ bytes: [UInt8], at index: Int32) {
    bytes.withUnsafeBytes { bind(copying: $0, at: index) }
  }

  /// Copies the bytes.
  func bind(copying bytes: UnsafeRawBufferPointer, at index: Int32) {
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    if bytes.isEmpty {
      sqlite3_bind_zeroblob(handle, index, 0)
    } else {
      sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), transient)
    }
  }

  @inline(__always)
  func bind(_ identifier: Identifier, at index: Int32) {
    let words = (identifier.high.bigEndian, identifier.low.bigEndian)
    withUnsafeBytes(of: words) { bind(copying: $0, at: index) }
  }

  @inline(__always)
  func bind(_ hash: ContentHash, at index: Int32) {
    let words = (
      hash.first.high.bigEndian, hash.first.low.bigEndian,
      hash.second.high.bigEndian, hash.second.low.bigEndian
    )
    withUnsafeBytes(of: words) { bind(copying: $0, at: index) }
  }

  /// Copies the text; nil is NULL.
  @inline(__always)
  func bind(_ text: String?, at index: Int32) {
    guard var text else { return bindNull(at: index) }
    text.withUTF8 { utf8 in
      let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_bind_text64(
        handle, index, UnsafeRawPointer(utf8.baseAddress)?.assumingMemoryBound(to: CChar.self),
        UInt64(utf8.count), transient, UInt8(SQLITE_UTF8))
    }
  }

  @inline(__always)
  func bind(_ isTrue: Bool, at index: Int32) { bind(isTrue ? 1 : 0, at: index) }

  func bindNull(at index: Int32) { sqlite3_bind_null(handle, index) }

  /// Whether there is a row. Throws what SQLite reports.
  @inline(__always)
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let error = DatabaseError(code, sqlite3_db_handle(handle))
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs to the end; for statements that return no rows.
  @inline(__always)
  func run() throws {
    while try step() {}
    reset()
  }

  /// Runs to the end; returns whether a row was written.
  @inline(__always)
  func runChanging() throws -> Bool {
    try run()
    return sqlite3_changes(sqlite3_db_handle(handle)) > 0
  }

  @inline(__always)
  func reset() { sqlite3_reset(handle) }

  @inline(__always)
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// Valid until the next step or reset.
  @inline(__always)
  func blob(_ column: Int32) -> UnsafeRawBufferPointer {
    let count = Int(sqlite3_column_bytes(handle, column))
    return UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, column), count: count)
  }

  /// Nil where there are not sixteen bytes.
  @inline(__always)
  func identifier(_ column: Int32) -> Identifier? {
    let bytes = blob(column)
    guard bytes.count == 16 else { return nil }
    return Identifier(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  func bytes(_ column: Int32) -> [UInt8] { Array(blob(column)) }

  func text(_ column: Int32) -> String { String(decoding: blob(column), as: UTF8.self) }
}

extension DatabaseError {
  /// What SQLite reported last on a connection.
  fileprivate init(_ code: Int32, _ connection: OpaquePointer?) {
    let message = connection.flatMap(sqlite3_errmsg).map { String(cString: $0) }
    self.init(resultCode: ResultCode(rawValue: code), message: message)
  }
}
