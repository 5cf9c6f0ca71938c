import Coding
import GRDB
import Replication

extension BodyTable {
  /// Takes whole bodies away that are left out by choice; chunks that hold others too are written anew.
  ///
  /// - Parameter hashes: ascending, each once.
  func drop(_ hashes: [ContentHash]) throws {
    let table = KeepingTable(db)
    let delete = try CachedStatement(db, "DELETE FROM body WHERE hash = ?")
    for (chunk, hashes) in try chunks(holding: Set(hashes)) {
      let size = try size(of: chunk)
      for hash in hashes {
        // Text is recoded before it is deflated, by which it loses about a third.
        let length = try pieces(of: hash).reduce(0) { $0 + ($1.chunk == chunk ? $1.length : 0) }
        let share = size.stored * length / max(length, size.inflated) / 3 * 2
        try table.addLeftOut(hash, bytes: 1 + share)
      }
      for hash in hashes { try delete.run([.hash(hash)]) }
      // A piece has a chunk of its own, which goes with it.
      guard try !isPiece(chunk) else { continue }
      if hashes.count < size.pieces { try rewrite(chunk) } else { try removeChunk(chunk) }
    }
    for hash in hashes { try forgetPieces(of: hash) }
    try markLeftOut(Set(hashes))
    try TallyTable(db).recount()
  }

  private func isPiece(_ chunk: Int64) throws -> Bool {
    try CachedStatement(db, "SELECT 1 FROM piece WHERE chunk = ?").hasRow([.integer(chunk)])
  }

  private func markLeftOut(_ hashes: Set<ContentHash>) throws {
    let select = try CachedStatement(
      db, "SELECT entity, field, hash FROM body_use WHERE missing = 0 ORDER BY 1, 2")
    var uses: [Use] = []
    try select.walk { row in
      guard let hash = row.hash(2), hashes.contains(hash) else { return }
      uses.append((row.integer(0), row.integer(1)))
    }
    try mark(uses, as: .leftOut)
  }
}
