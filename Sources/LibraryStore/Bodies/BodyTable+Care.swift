import Coding
import GRDB
import Replication

extension BodyTable {
  /// Bodies that a register names and that are not here, ascending by hash, those above `last`.
  func missing(after last: ContentHash? = nil, atMost limit: Int) throws -> [ContentHash] {
    let select = try RawStatement(
      db,
      "SELECT DISTINCT hash FROM body_use WHERE missing AND hash > ? ORDER BY hash LIMIT ?")
    select.bind(last?.bytes ?? [], at: 1)
    select.bind(Int64(limit), at: 2)
    defer { select.reset() }
    var hashes: [ContentHash] = []
    while try select.step() {
      if let hash = ContentHash(bytes: select.blob(0)) { hashes.append(hash) }
    }
    return hashes
  }

  /// Lists a body as here, or as no longer here.
  func note(_ hash: ContentHash, isMissing: Bool) throws {
    let update = try RawStatement(db, "UPDATE body_use SET missing = ? WHERE hash = ?")
    update.bind(isMissing ? 1 : 0, at: 1)
    update.bind(hash.bytes, at: 2)
    try update.run()
  }

  func size(of chunk: Int64) throws -> (pieces: Int, stored: Int, inflated: Int) {
    let select = try RawStatement(
      db, "SELECT pieces, length(bytes), inflated FROM chunk WHERE id = ?")
    select.bind(chunk, at: 1)
    defer { select.reset() }
    guard try select.step() else { throw StoreError.damaged("chunk \(chunk) is not in the table") }
    return (Int(select.integer(0)), Int(select.integer(1)), Int(select.integer(2)))
  }

  /// Drops the bodies no register names, and pieces of such; chunks that hold others too are
  /// written anew. Returns how many whole bodies went.
  func dropUnused() throws -> Int {
    let unused = Set(
      try [UInt8].fetchAllBlobs(
        db,
        """
        SELECT DISTINCT hash FROM piece
        WHERE NOT EXISTS (SELECT 1 FROM body_use WHERE body_use.hash = piece.hash)
        """
      ).compactMap { ContentHash(bytes: $0) })
    for holder in try chunks(holding: unused) { try drop(holder.hashes, from: holder.chunk) }
    try db.execute(
      sql: """
        DELETE FROM chunk WHERE NOT EXISTS (SELECT 1 FROM piece WHERE piece.chunk = chunk.id);
        DELETE FROM body
        WHERE NOT EXISTS (SELECT 1 FROM body_use WHERE body_use.hash = body.hash)
        """)
    return db.changesCount
  }

  private func drop(_ hashes: Set<ContentHash>, from id: Int64) throws {
    let chunk = try BodyChunk(payload: self.chunk(id).frame.payload())
    var builder = BodyChunkBuilder()
    for entry in chunk.entries where !hashes.contains(entry.hash) {
      builder.append(
        chunk.bytes(of: entry), of: entry.hash, bodyLength: entry.bodyLength,
        offset: entry.offset)
    }
    for sql in ["DELETE FROM piece WHERE chunk = ?", "DELETE FROM chunk WHERE id = ?"] {
      let delete = try RawStatement(db, sql)
      delete.bind(id, at: 1)
      try delete.run()
    }
    guard !builder.isEmpty else { return }
    try insert(builder.frame(), entries: builder.entries)
  }
}
