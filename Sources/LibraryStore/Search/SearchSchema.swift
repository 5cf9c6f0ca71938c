import Foundation
import GRDB

/// The tables of the search index (Protocol 6.9). There are no migrations: another version is
/// dropped.
enum SearchSchema {
  /// `PRAGMA application_id`: "Stcs".
  private static let applicationID = 0x5374_6373
  /// To be raised when the tables change, or what ``SearchTokens`` makes of a text.
  private static let version = 3

  /// `PRAGMA user_version`.
  private static func number(textVersion: Int) -> Int { version << 16 | textVersion & 0xffff }

  static func isPresent(in db: Database, textVersion: Int) throws -> Bool {
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id")
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version")
    return application == applicationID && version == number(textVersion: textVersion)
  }

  /// Drops whatever is there and makes an empty index.
  static func create(in db: Database, _ library: [UInt8], textVersion: Int) throws {
    for table in ["words", "document", "state"] {
      try db.execute(sql: "DROP TABLE IF EXISTS \(table)")
    }
    try db.execute(sql: tables)
    try db.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(number(textVersion: textVersion));
        """)
    try db.execute(
      sql: "INSERT INTO state VALUES (1, ?, random(), 0, 0, 0, 0, 0)",
      arguments: [Data(library)])
  }

  private static let tables = """
    CREATE TABLE state(
      id INTEGER PRIMARY KEY CHECK(id = 1),
      library BLOB NOT NULL,
      -- Another one each time the index is dropped.
      generation INTEGER NOT NULL,
      -- All changes of the library up to this revision are in, of which the last has this mark.
      revision INTEGER NOT NULL,
      mark INTEGER NOT NULL,
      -- The revision of the newest update that has begun.
      newest INTEGER NOT NULL,
      -- How many documents were ever added, and how many of them no article has any more.
      documents INTEGER NOT NULL,
      dead INTEGER NOT NULL
    ) STRICT;
    -- The living ones.
    CREATE TABLE document(
      id INTEGER PRIMARY KEY,
      article INTEGER NOT NULL UNIQUE,
      digest BLOB NOT NULL
    ) STRICT;
    -- The text comes first, since the first column takes the least space.
    CREATE VIRTUAL TABLE words USING fts5(
      text, title, author, note, highlight, about, content = '', tokenize = 'ascii');
    INSERT INTO words(words, rank) VALUES ('hashsize', 4194304);
    """
}
