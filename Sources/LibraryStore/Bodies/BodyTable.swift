import Coding
import GRDB
import Replication

/// Bodies in compressed chunks, with an index from each hash to its pieces.
struct BodyTable {
  let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// A chunk as it is stored: the payload of a bodies frame.
  struct StoredChunk {
    let id: Int64
    let frame: Frame
    /// How many pieces it holds.
    let pieces: Int
  }

  func has(_ hash: ContentHash) throws -> Bool {
    try CachedStatement(db, BodyTable.selectBody).hasRow([.hash(hash)])
  }

  /// Stores the pieces of chunks that are not here yet: a frame as it came when all are new.
  ///
  /// Whole bodies have been verified against their hashes by ``VerifiedChunk``; a body in pieces
  /// is verified when its last piece has come. Returns how many bodies are now here and were not.
  ///
  /// - Parameter room: of bodies that come from elsewhere, where not every text is kept; the others are
  ///   passed over.
  func insert(_ chunks: [VerifiedChunk], within room: KeepingRoom? = nil) throws -> Int {
    var arrived: [ContentHash] = []
    for chunk in chunks { arrived += try insert(chunk, within: room) }
    try noteArrival(of: arrived)
    if room != nil { try KeepingTable(db).forgetLeftOut(arrived) }
    return arrived.count
  }

  private func insert(
    _ verified: VerifiedChunk, within room: KeepingRoom?
  ) throws -> [ContentHash] {
    var fresh = try verified.entries.filter(isLacking)
    if let room {
      let length = verified.entries.reduce(0) { $0 + $1.range.count }
      fresh = try room.chosen(fresh, of: verified.frame, length: length)
    }
    guard !fresh.isEmpty else { return [] }
    if fresh.count == verified.entries.count {
      return try insert(verified.frame, entries: fresh)
    }
    // Not everything is new, which is rare enough to inflate the chunk once more.
    let received = try BodyChunk(payload: verified.frame.payload())
    return try insert(BodyChunkBuilder(fresh, of: received))
  }

  /// Stores a chunk of which nothing is here; returns the bodies that are to be noted.
  func insert(_ builder: BodyChunkBuilder) throws -> [ContentHash] {
    guard !builder.isEmpty else { return [] }
    return try insert(builder.frame(), entries: builder.entries)
  }

  private func isLacking(_ entry: BodyChunk.Entry) throws -> Bool {
    guard try !has(entry.hash) else { return false }
    return try entry.isWhole || !isHeld(entry)
  }

  private static let selectBody = "SELECT chunk FROM body WHERE hash = ?"

  private func insert(
    _ frame: Frame, entries: [BodyChunk.Entry]
  ) throws -> [ContentHash] {
    if entries.allSatisfy(\.isWhole) { return try insertWhole(frame, entries) }
    if entries.count == 1 { return try insertPiece(frame, entries[0]) }
    // Protocol 6.5: a piece has a chunk of its own, so that making a body whole reads no more
    // than the body.
    let chunk = try BodyChunk(payload: frame.payload())
    let whole = entries.filter(\.isWhole)
    return try ([whole] + entries.filter { !$0.isWhole }.map { [$0] })
      .flatMap { try insert(BodyChunkBuilder($0, of: chunk)) }
  }

  private func insertWhole(
    _ frame: Frame, _ entries: [BodyChunk.Entry]
  ) throws -> [ContentHash] {
    let id = try insert(frame, pieces: entries.count)
    let insertBody = try CachedStatement(db, "INSERT OR IGNORE INTO body VALUES (?, ?, ?, ?)")
    var arrived: [ContentHash] = []
    var change = TallyTable.Tally()
    for entry in entries {
      let isNew = try insertBody.runChanging([
        .hash(entry.hash), .integer(entry.bodyLength), .integer(id),
        .integer(entry.range.lowerBound),
      ])
      guard isNew else { continue }
      // A verified body takes the place of whatever pieces claimed to be its own.
      try forgetPieces(of: entry.hash)
      arrived.append(entry.hash)
      change.bodies += 1
      change.bodyBytes += Int64(entry.bodyLength)
    }
    try TallyTable(db).add(change)
    return arrived
  }

  /// Returns the chunk's id.
  func insert(_ frame: Frame, pieces: Int) throws -> Int64 {
    let insert = try CachedStatement(
      db, "INSERT INTO chunk(pieces, deflated, inflated, bytes) VALUES (?, ?, ?, ?)")
    try frame.stored.withUnsafeBytes {
      try insert.run([
        .integer(pieces), .flag(frame.isDeflated), .integer(frame.inflatedLength), .bytes($0),
      ])
    }
    let id = db.lastInsertedRowID
    var change = TallyTable.Tally()
    change.chunkBytes = Int64(frame.stored.count)
    try TallyTable(db).add(change)
    return id
  }
}

// Reading.
extension BodyTable {
  /// Where a piece of a body lies.
  struct Piece {
    let start: Int
    let length: Int
    let chunk: Int64
    /// Where it begins among the chunk's pieces, end to end.
    let position: Int

    var end: Int { start + length }

    init(start: Int, length: Int, chunk: Int64, position: Int) {
      (self.start, self.length) = (start, length)
      (self.chunk, self.position) = (chunk, position)
    }

    /// The columns of a row in this order.
    init(_ row: SQLRow) {
      self.init(
        start: Int(row.integer(0)), length: Int(row.integer(1)), chunk: row.integer(2),
        position: Int(row.integer(3)))
    }
  }

  /// Where the body lies, or those of its pieces that are here.
  func pieces(of hash: ContentHash) throws -> [Piece] {
    let select = try CachedStatement(
      db,
      """
      SELECT 0, length, chunk, position FROM body WHERE hash = ?1 AND chunk IS NOT NULL
      UNION ALL SELECT start, length, chunk, position FROM piece WHERE hash = ?1 ORDER BY 1
      """)
    return try select.all([.hash(hash)]) { Piece($0) }
  }

  func chunk(_ id: Int64) throws -> StoredChunk {
    let select = try CachedStatement(
      db, "SELECT pieces, deflated, inflated, bytes FROM chunk WHERE id = ?")
    let chunk = try select.first([.integer(id)]) { row in
      StoredChunk(
        id: id,
        frame: try Frame(
          kind: .bodies, isDeflated: row.integer(1) == 1, inflatedLength: Int(row.integer(2)),
          stored: row.bytes(3)),
        pieces: Int(row.integer(0)))
    }
    guard let chunk else { throw StoreError.damaged("chunk \(id) is not in the table") }
    return chunk
  }

  /// Each chunk in which pieces of some of `hashes` lie, in order, with those it holds. Bodies that
  /// are not here are left out.
  func chunks(
    holding hashes: Set<ContentHash>
  ) throws -> [(chunk: Int64, hashes: [ContentHash])] {
    var holders: [Int64: [ContentHash]] = [:]
    let select = try CachedStatement(db, BodyTable.selectBody)
    for hash in hashes {
      try select.walk([.hash(hash)]) { row in
        let chunks = row.isNull(0) ? Set(try pieces(of: hash).map(\.chunk)) : [row.integer(0)]
        for chunk in chunks { holders[chunk, default: []].append(hash) }
      }
    }
    return holders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// A bodies frame whose whole bodies match their hashes: made off the database's thread, since
/// inflating and hashing are most of a merge's time.
package struct VerifiedChunk: Sendable {
  package let frame: Frame
  /// Where its pieces lie. The inflated bytes are let go, so that many chunks can wait for the
  /// database in little memory.
  let entries: [BodyChunk.Entry]

  /// About how many bytes of memory this takes.
  package var memory: Int {
    frame.stored.count + entries.count * MemoryLayout<BodyChunk.Entry>.stride
  }

  /// Throws `unreadable` for bytes that do not read, `damaged` for a body that is not what its
  /// name says.
  package init(_ frame: Frame) throws {
    let chunk = try BodyChunk(payload: frame.payload())
    for entry in chunk.entries where entry.isWhole {
      guard ContentHash(of: chunk.bytes(of: entry)) == entry.hash else {
        throw StoreError.damaged("a body does not match its name \(entry.hash)")
      }
    }
    self.frame = frame
    entries = chunk.entries
  }

  /// Compresses bodies whose hashes were just computed from them.
  package init(building builder: BodyChunkBuilder) throws(CodingError) {
    frame = try builder.frame()
    entries = builder.entries
  }
}
