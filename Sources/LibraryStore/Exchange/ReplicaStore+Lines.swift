import GRDB
import Replication

extension ReplicaStore {
  /// How long frames over a line should be at most; nil for a line that nothing bad is known of.
  package func longestFrame(over line: String) throws(StoreError) -> Int? {
    try read { db in
      try Int.fetchOne(
        db, sql: "SELECT longest_frame FROM line WHERE name = ?", arguments: [line])
    }
  }

  /// Remembers how long frames over a line should be, of the ``Limits/lines`` used last; nil
  /// forgets it.
  package func noteLongestFrame(
    _ bytes: Int?, over line: String, now: Int64
  ) throws(StoreError) {
    try change { transaction in
      guard let bytes else {
        return try transaction.db.execute(
          sql: "DELETE FROM line WHERE name = ?", arguments: [line])
      }
      try transaction.db.execute(
        sql: "INSERT OR REPLACE INTO line VALUES (?, ?, ?)", arguments: [line, bytes, now])
      try transaction.db.execute(
        sql: """
          DELETE FROM line WHERE name NOT IN (
            SELECT name FROM line ORDER BY used DESC, name LIMIT ?)
          """,
        arguments: [Limits.lines])
    }
  }
}
