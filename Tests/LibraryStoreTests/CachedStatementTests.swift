import GRDB
import Replication
import Testing

@testable import LibraryStore

/// Statements reset themselves, and no two uses step one at once.
struct CachedStatementTests {
  private struct Stop: Error {}

  private static func numbers() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.write { db in
      try db.execute(
        sql: "CREATE TABLE number(value); INSERT INTO number VALUES (1), (2), (3)")
    }
    return queue
  }

  private static let select = "SELECT value FROM number WHERE value >= ? ORDER BY value"

  @Test func `every kind of value is read as it was bound`() throws {
    let id = Identifier(high: 1, low: .max)
    let hash = try #require(ContentHash(bytes: (0..<32).map { UInt8($0) }))
    try DatabaseQueue().read { db in
      let select = try CachedStatement(db, "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?")
      try [UInt8](repeating: 7, count: 3).withUnsafeBytes { bytes in
        let values: [SQLValue] = [
          .integer(Int64.min), .text("a\0b"), .text(nil), .blob([1, 2]), .blob([]), .bytes(bytes),
          .identifier(id), .hash(hash), .null,
        ]
        let isRead: Bool? = try select.first(values) { row in
          #expect(row.integer(0) == .min)
          #expect(row.text(1) == "a\0b")
          #expect(row.textIfAny(2) == nil)
          #expect(row.bytes(3) == [1, 2])
          #expect(row.bytes(4) == [] && !row.isNull(4))
          #expect(row.bytes(5) == [7, 7, 7])
          #expect(row.identifier(6) == id)
          #expect(row.hash(7) == hash)
          #expect(row.isNull(8))
          return true
        }
        #expect(isRead == true)
      }
    }
  }

  @Test func `a statement can be used again however its last use ended`() throws {
    try CachedStatementTests.numbers().read { db in
      let select = try CachedStatement(db, CachedStatementTests.select)
      #expect(throws: Stop.self) { try select.walk([.integer(1)]) { _ in throw Stop() } }
      #expect(throws: Stop.self) { try select.first([.integer(1)]) { _ in throw Stop() } }
      #expect(try select.hasRow([.integer(3)]))
      #expect(try !select.hasRow([.integer(4)]))
      #expect(try select.first([.integer(2)]) { $0.integer(0) } == 2)
      let again = try CachedStatement(db, CachedStatementTests.select)
      #expect(try again.all([.integer(1)]) { $0.integer(0) } == [1, 2, 3])
    }
  }

  @Test func `a statement that fails can be used again`() throws {
    try CachedStatementTests.numbers().write { db in
      try db.execute(sql: "CREATE UNIQUE INDEX only ON number(value)")
      let insert = try CachedStatement(db, "INSERT INTO number VALUES (?)")
      #expect(throws: DatabaseError.self) { try insert.run([.integer(1)]) }
      #expect(try insert.runChanging([.integer(4)]))
    }
  }

  @Test func `a cursor is closed after its last row, and when it is let go`() throws {
    try CachedStatementTests.numbers().read { db in
      do {
        let cursor = try StatementCursor(db, CachedStatementTests.select)
        cursor.open([.integer(3)])
        #expect(try cursor.next())
        #expect(cursor.row.integer(0) == 3)
        #expect(try !cursor.next())
        cursor.open([.integer(1)])
        #expect(try cursor.next())
      }
      let select = try CachedStatement(db, CachedStatementTests.select)
      #expect(try select.all([.integer(1)]) { $0.integer(0) } == [1, 2, 3])
    }
  }

  @Test func `two uses of one statement at once are a mistake that stops the program`() async {
    await #expect(processExitsWith: .failure) {
      try CachedStatementTests.numbers().read { db in
        let outer = try CachedStatement(db, CachedStatementTests.select)
        let inner = try CachedStatement(db, CachedStatementTests.select)
        try outer.walk([.integer(1)]) { _ in _ = try inner.hasRow([.integer(2)]) }
      }
    }
  }
}
