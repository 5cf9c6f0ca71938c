import GRDB

/// The `article_change` table: which articles changed in which transaction, as ranges of their
/// numbers, for who follows the library.
struct ArticleChanges {
  let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// Notes that articles changed in this transaction.
  ///
  /// - Parameter articles: ascending. Those that came together have neighboring numbers.
  func note(_ articles: [Int64]) throws {
    let insert = try CachedStatement(
      db,
      """
      INSERT INTO article_change(revision, first, last)
      VALUES ((SELECT revision FROM state), ?, ?)
      ON CONFLICT DO UPDATE SET last = max(last, excluded.last)
      """)
    var rest = articles[...]
    while let first = rest.first {
      let count = zip(rest, first...).prefix { $0 == $1 }.count
      try insert.run([.integer(first), .integer(first + Int64(count) - 1)])
      rest = rest.dropFirst(count)
    }
  }

  /// Puts one row in the place of all changes, by which every article changed just now: whoever
  /// follows the library looks at all of them once.
  func join() throws {
    try db.execute(
      sql: """
        DELETE FROM article_change;
        INSERT INTO article_change(revision, first, last)
        SELECT (SELECT revision FROM state), min(id), max(id) FROM article HAVING count(*) > 0
        """)
  }
}
