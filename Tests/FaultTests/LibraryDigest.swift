import GRDB
import Synchronization

@testable import LibraryStore
@testable import Satchel

/// Everything that a library's tables hold, as one number: no two states have the same.
struct LibraryDigest: Hashable, Sendable {
  private let value: Int

  init(_ db: Database) throws {
    var hasher = Hasher()
    for row in try Row.fetchAll(db, sql: try LibraryDigest.statement(for: db)) {
      hasher.combine(row[0] as String)
      hasher.combine(row[1] as String?)
    }
    value = hasher.finalize()
  }

  /// Of what is committed.
  init(of library: Library) async throws {
    self = try await library.store.read { try LibraryDigest($0) }
  }

  /// One text for each table, with all its rows in it. The tables are the same in every library.
  private static func statement(for db: Database) throws -> String {
    if let statement = known.withLock({ $0 }) { return statement }
    let columns = try Row.fetchAll(
      db,
      sql: """
        SELECT kind.name, group_concat('quote("' || field.name || '")', ' || '','' || ')
        FROM sqlite_master AS kind JOIN pragma_table_info(kind.name) AS field
        WHERE kind.type = 'table' AND kind.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        GROUP BY kind.name ORDER BY kind.name
        """)
    let parts = columns.map { (row: Row) -> String in
      let (table, values): (String, String) = (row[0], row[1])
      return "SELECT '\(table)', group_concat(\(values), char(10)) FROM \"\(table)\""
    }
    let statement = parts.joined(separator: " UNION ALL ")
    known.withLock { $0 = statement }
    return statement
  }

  private static let known = Mutex<String?>(nil)
}

/// Tells of every commit what the tables hold after it.
final class CommitObserver: TransactionObserver {
  private let tell: (LibraryDigest?) -> Void

  /// - Parameter tell: called with nil where the tables could not be read.
  init(_ tell: @escaping (LibraryDigest?) -> Void) { self.tell = tell }

  func observes(eventsOfKind kind: DatabaseEventKind) -> Bool { false }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidRollback(_ db: Database) {}

  func databaseDidCommit(_ db: Database) { tell(try? LibraryDigest(db)) }
}
