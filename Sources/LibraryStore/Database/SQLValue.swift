import GRDB
import GRDBSQLite
import Replication

/// A value that a statement is run with.
enum SQLValue {
  case null
  case int64(Int64)
  /// Nil is NULL, here and below.
  case text(String?)
  case blob([UInt8]?)
  /// Not copied: the bytes must stay alive until the statement has run.
  case bytes(UnsafeRawBufferPointer)
  case identifier(Identifier)
  case hash(ContentHash?)

  /// Traps where the number does not fit 64 bits with a sign.
  @inline(__always)
  static func integer(_ number: some BinaryInteger) -> SQLValue { .int64(Int64(number)) }

  @inline(__always)
  static func flag(_ isTrue: Bool) -> SQLValue { .int64(isTrue ? 1 : 0) }
}

extension SQLValue {
  /// Returns how many bytes SQLite copied.
  @inline(__always)
  func bind(to statement: SQLiteStatement, at index: Int32) -> Int {
    switch self {
    case .int64(let number): sqlite3_bind_int64(statement, index, number)
    case .bytes(let bytes): SQLValue.bind(bytes, nil, to: statement, at: index)
    case .blob(let bytes?):
      bytes.withUnsafeBytes { SQLValue.bind($0, SQLValue.copying, to: statement, at: index) }
      return bytes.count
    case .text(var text?):
      SQLValue.bind(&text, to: statement, at: index)
      return text.utf8.count
    case .identifier(let identifier):
      let words = (identifier.high.bigEndian, identifier.low.bigEndian)
      withUnsafeBytes(of: words) { SQLValue.bind($0, SQLValue.copying, to: statement, at: index) }
    case .hash(let hash?):
      let words = (
        hash.first.high.bigEndian, hash.first.low.bigEndian,
        hash.second.high.bigEndian, hash.second.low.bigEndian
      )
      withUnsafeBytes(of: words) { SQLValue.bind($0, SQLValue.copying, to: statement, at: index) }
    case .null, .text(nil), .blob(nil), .hash(nil): sqlite3_bind_null(statement, index)
    }
    return 0
  }

  private static var copying: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  @inline(__always)
  private static func bind(
    _ bytes: UnsafeRawBufferPointer, _ destructor: sqlite3_destructor_type?,
    to statement: SQLiteStatement, at index: Int32
  ) {
    // SQLite reads a null pointer as NULL, and an empty blob is not NULL.
    if let base = bytes.baseAddress, !bytes.isEmpty {
      sqlite3_bind_blob64(statement, index, base, UInt64(bytes.count), destructor)
    } else {
      sqlite3_bind_zeroblob(statement, index, 0)
    }
  }

  private static func bind(
    _ text: inout String, to statement: SQLiteStatement, at index: Int32
  ) {
    text.withUTF8 { utf8 in
      let start = UnsafeRawPointer(utf8.baseAddress)?.assumingMemoryBound(to: CChar.self)
      sqlite3_bind_text64(
        statement, index, start, UInt64(utf8.count), copying, UInt8(SQLITE_UTF8))
    }
  }
}
