import GRDB
import GRDBSQLite
import Replication

/// The row a statement stands on, valid until it moves on.
struct SQLRow {
  private let handle: SQLiteStatement

  @inline(__always)
  init(_ handle: SQLiteStatement) {
    self.handle = handle
  }

  @inline(__always)
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func flag(_ column: Int32) -> Bool { integer(column) != 0 }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// The bytes where they lie, not copied.
  @inline(__always)
  func blob(_ column: Int32) -> UnsafeRawBufferPointer {
    let count = Int(sqlite3_column_bytes(handle, column))
    return UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, column), count: count)
  }

  func bytes(_ column: Int32) -> [UInt8] { Array(blob(column)) }

  /// Nil where there are not sixteen bytes.
  @inline(__always)
  func identifier(_ column: Int32) -> Identifier? {
    let bytes = blob(column)
    guard bytes.count == 16 else { return nil }
    return Identifier(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  /// Nil where there are not thirty-two bytes.
  func hash(_ column: Int32) -> ContentHash? { ContentHash(bytes: blob(column)) }

  func text(_ column: Int32) -> String { String(decoding: blob(column), as: UTF8.self) }

  /// Whether a column holds just this value. Texts are compared by their bytes.
  func holds(_ value: SQLValue, in column: Int32) -> Bool {
    switch value {
    case .int64(let number): !isNull(column) && integer(column) == number
    case .text(let text?): !isNull(column) && blob(column).elementsEqual(text.utf8)
    case .blob(let bytes?): !isNull(column) && blob(column).elementsEqual(bytes)
    case .bytes(let bytes): !isNull(column) && blob(column).elementsEqual(bytes)
    case .identifier(let identifier): self.identifier(column) == identifier
    case .hash(let hash?): self.hash(column) == hash
    case .null, .text(nil), .blob(nil), .hash(nil): isNull(column)
    }
  }

  /// Nil where there is none.
  func textIfAny(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
