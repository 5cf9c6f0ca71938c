import Coding
import GRDB
import Replication

/// The table of statements whose basis or carried operations have not all arrived.
struct WaitingTable {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// Those that have waited longest first.
  func all() throws -> [DeltaStatement] {
    try CachedStatement(db, "SELECT statement FROM waiting ORDER BY id").all { row in
      try ByteReader.read(row.bytes(0)) { (reader: inout ByteReader) throws(CodingError) in
        try DeltaStatement(from: &reader)
      }
    }
  }

  func replace(with statements: some Sequence<DeltaStatement>) throws {
    try CachedStatement(db, "DELETE FROM waiting").run()
    let insert = try CachedStatement(db, "INSERT OR IGNORE INTO waiting(statement) VALUES (?)")
    for statement in statements {
      var writer = ByteWriter()
      statement.write(to: &writer)
      try insert.run([.blob(writer.bytes)])
    }
  }
}
