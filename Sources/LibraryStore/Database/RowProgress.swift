import GRDB
import GRDBSQLite

/// How many rows `VACUUM` has copied.
///
/// SQLite says so by nothing but the steps of its virtual machine, of which it takes three for each
/// row of a table or an index.
enum RowProgress {
  /// Runs `VACUUM`; `progress` is told rows copied and in all.
  static func vacuum(_ db: Database, _ progress: @escaping (Int, Int) -> Void) throws {
    let total = try rowCount(db)
    let count = StepCount { steps in progress(min(steps / 3, total), total) }
    sqlite3_progress_handler(
      db.sqliteConnection, StepCount.interval,
      { context in
        if let context { Unmanaged<StepCount>.fromOpaque(context).takeUnretainedValue().advance() }
        return 0
      }, Unmanaged.passUnretained(count).toOpaque())
    defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
    // The copy is as large as the library: it lies in a file that only this process can open, where
    // the system keeps such files, and not in memory.
    try db.execute(sql: "PRAGMA temp_store = FILE")
    defer { try? db.execute(sql: "PRAGMA temp_store = MEMORY") }
    try withExtendedLifetime(count) { try db.execute(sql: "VACUUM") }
    progress(total, total)
  }

  private static func rowCount(_ db: Database) throws -> Int {
    let places = try Row.fetchAll(
      db, sql: "SELECT tbl_name, count(*) AS copies FROM sqlite_schema GROUP BY tbl_name")
    return try places.reduce(0) { sum, place in
      let table: String = place["tbl_name"]
      let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table.quotedDatabaseIdentifier)")
      return sum + (rows ?? 0) * (place["copies"] as Int)
    }
  }

  private final class StepCount {
    static let interval: Int32 = 300
    private var steps = 0
    private let tell: (Int) -> Void

    init(_ tell: @escaping (Int) -> Void) { self.tell = tell }

    func advance() {
      steps += Int(StepCount.interval)
      tell(steps)
    }
  }
}
