import Articles
import Coding
import GRDB
import Replication

extension BodyTable {
  /// Bodies that a register names and that are neither here nor left out by choice, ascending by hash,
  /// those above `last`.
  func missing(after last: ContentHash? = nil, atMost limit: Int) throws -> [ContentHash] {
    let select = try CachedStatement(
      db,
      """
      SELECT DISTINCT hash FROM body_use WHERE missing AND missing = 1 AND hash > ?
      ORDER BY hash LIMIT ?
      """)
    return try select.all([.blob(last?.bytes ?? []), .integer(limit)]) { $0.hash(0) }
      .compactMap(\.self)
  }

  /// The same, each with how much of its beginning is here already.
  func wanted(after last: ContentHash?, atMost limit: Int) throws -> [WantedBody] {
    try missing(after: last, atMost: limit).map {
      WantedBody($0, from: try heldBeginning(of: $0))
    }
  }

  /// Bodies whose pieces are not what is noted of them.
  func miscountedPieces() throws -> [ContentHash] {
    let select = try CachedStatement(
      db,
      """
      SELECT hash FROM partial
      WHERE held <> (SELECT total(length) FROM piece WHERE piece.hash = partial.hash)
      ORDER BY hash
      """)
    return try select.all { $0.hash(0) }.compactMap(\.self)
  }

  /// How many bodies a register names that are neither here nor left out by choice.
  func missingCount() throws -> Int {
    let select = try CachedStatement(
      db, "SELECT count(DISTINCT hash) FROM body_use WHERE missing AND missing = 1")
    return try select.first { Int($0.integer(0)) } ?? 0
  }

  /// Whether a body is named by registers and by all of them left out by choice.
  func isLeftOut(_ hash: ContentHash) throws -> Bool {
    try CachedStatement(
      db, "SELECT min(missing) FROM body_use WHERE missing AND hash = ? HAVING min(missing) = 2"
    ).hasRow([.hash(hash)])
  }

  /// Tells the registers that miss bodies that those are here.
  func noteArrival(of hashes: [ContentHash]) throws {
    let select = try CachedStatement(
      db, "SELECT entity, field FROM body_use WHERE missing AND hash = ?")
    var uses: [Use] = []
    for hash in hashes {
      try select.walk([.hash(hash)]) { uses.append(($0.integer(0), $0.integer(1))) }
    }
    try mark(uses.sorted { $0 < $1 }, as: .here)
  }

  /// Takes damaged bodies away; they are missing from then on.
  func forget(_ hashes: Set<ContentHash>) throws {
    let delete = try CachedStatement(db, "DELETE FROM body WHERE hash = ?")
    for hash in hashes {
      try delete.run([.hash(hash)])
      try forgetPieces(of: hash)
    }
    // Rare enough that bodies that are here need no index of who names them.
    let select = try CachedStatement(
      db, "SELECT entity, field, hash FROM body_use ORDER BY 1, 2")
    var uses: [Use] = []
    try select.walk { row in
      guard let hash = row.hash(2), hashes.contains(hash) else { return }
      uses.append((row.integer(0), row.integer(1)))
    }
    try mark(uses, as: .wanted)
  }

  typealias Use = (entity: Int64, field: Int64)

  /// Whether a body that a register names is here.
  enum Presence: Int64 {
    case here = 0
    /// Missing, and asked for.
    case wanted = 1
    case leftOut = 2
  }

  /// `uses` ascend.
  func mark(_ uses: [Use], as presence: Presence) throws {
    let update = try CachedStatement(
      db, "UPDATE body_use SET missing = ? WHERE entity = ? AND field = ?")
    for use in uses {
      try update.run([
        .int64(presence.rawValue), .integer(use.entity), .integer(use.field),
      ])
    }
    try ArticleChanges(db).note(uses.map(\.entity))
  }

  func size(of chunk: Int64) throws -> (pieces: Int, stored: Int, inflated: Int) {
    let select = try CachedStatement(
      db, "SELECT pieces, length(bytes), inflated FROM chunk WHERE id = ?")
    let size = try select.first([.integer(chunk)]) {
      (Int($0.integer(0)), Int($0.integer(1)), Int($0.integer(2)))
    }
    guard let size else { throw StoreError.damaged("chunk \(chunk) is not in the table") }
    return size
  }

  /// Drops the bodies that no register names, none of an article in the bin and none that undoing an
  /// action would name again, and pieces of such; chunks that hold others too are written anew. Returns
  /// how many whole bodies went.
  func dropUnused() throws -> Int {
    // Needed here alone: kept, it would be one more place for every new body.
    try db.execute(
      sql: """
        CREATE INDEX body_use_by_hash ON body_use(hash);
        CREATE INDEX bin_use_by_hash ON bin_use(hash);
        CREATE TEMPORARY TABLE former_use(hash BLOB PRIMARY KEY) WITHOUT ROWID;
        """)
    try noteFormerUses()
    let select = try CachedStatement(
      db,
      """
      SELECT DISTINCT chunk
      FROM (SELECT hash, chunk FROM body WHERE chunk IS NOT NULL
        UNION ALL SELECT hash, chunk FROM piece) AS place
      WHERE \(BodyTable.isUnused("place"))
      """)
    let chunks = try select.all { $0.integer(0) }
    var dropped = 0
    for table in ["partial", "piece", "body"] {
      try db.execute(
        sql: """
          DELETE FROM \(table) WHERE \(BodyTable.isUnused(table))
          """)
      dropped = db.changesCount
    }
    try db.execute(
      sql: """
        DROP INDEX body_use_by_hash;
        DROP INDEX bin_use_by_hash;
        DROP TABLE former_use;
        """)
    for chunk in chunks { try rewrite(chunk) }
    // What was replaced since is in no table.
    try db.execute(
      sql: """
        DELETE FROM chunk WHERE id NOT IN (
          SELECT chunk FROM body WHERE chunk IS NOT NULL UNION SELECT chunk FROM piece)
        """)
    try TallyTable(db).recount()
    return dropped
  }

  /// The condition that nothing names the body of a row of `table`.
  private static func isUnused(_ table: String) -> String {
    ["body_use", "bin_use", "former_use"]
      .map { "NOT EXISTS (SELECT 1 FROM \($0) WHERE \($0).hash = \(table).hash)" }
      .joined(separator: " AND ")
  }

  /// Lists the bodies that registers named before actions that can be undone.
  private func noteFormerUses() throws {
    let insert = try CachedStatement(db, "INSERT OR IGNORE INTO former_use(hash) VALUES (?)")
    let fields = FieldNames(db)
    // A hash in canonical form is a tag, a length and 32 bytes.
    try CachedStatement(
      db, "SELECT field, value FROM action_register WHERE length(value) BETWEEN 33 AND 40"
    ).walk { row in
      guard ArticleField.namesBody(try fields.field(row.integer(0))),
        let hash = try Value(canonical: row.bytes(1)).data.flatMap({ ContentHash(bytes: $0) })
      else { return }
      try insert.run([.hash(hash)])
    }
  }

  /// Writes a chunk anew with the pieces that the tables say lie in it.
  func rewrite(_ id: Int64) throws {
    let chunk = try BodyChunk(payload: self.chunk(id).frame.payload())
    let listed = try chunk.entries.filter { entry in
      try pieces(of: entry.hash).contains {
        $0.chunk == id && $0.start == entry.offset && $0.position == entry.range.lowerBound
      }
    }
    for sql in [
      "DELETE FROM body WHERE hash = ? AND chunk = ?",
      "DELETE FROM piece WHERE hash = ? AND chunk = ?",
    ] {
      let delete = try CachedStatement(db, sql)
      for entry in listed { try delete.run([.hash(entry.hash), .integer(id)]) }
    }
    try CachedStatement(db, "DELETE FROM chunk WHERE id = ?").run([.integer(id)])
    try noteArrival(of: insert(BodyChunkBuilder(listed, of: chunk)))
  }
}
