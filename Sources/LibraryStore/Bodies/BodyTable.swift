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
    let select = try RawStatement(db, BodyTable.selectBody)
    defer { select.reset() }
    select.bind(hash, at: 1)
    return try select.step()
  }

  /// Stores the pieces of chunks that are not here yet: a frame as it came when all are new.
  ///
  /// Whole bodies have been verified against their hashes by ``VerifiedChunk``; a body in pieces
  /// is verified when its last piece has come. Returns how many bodies are now here and were not.
  func insert(_ chunks: [VerifiedChunk]) throws -> Int {
    var arrived: [ContentHash] = []
    for chunk in chunks { arrived += try insert(chunk) }
    try welcome(arrived)
    return arrived.count
  }

  private func insert(_ verified: VerifiedChunk) throws -> [ContentHash] {
    let fresh = try lacking(verified.entries)
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

  /// Those of a chunk's entries that are not here.
  private func lacking(_ entries: [BodyChunk.Entry]) throws -> [BodyChunk.Entry] {
    let selectBody = try RawStatement(db, BodyTable.selectBody)
    let selectPiece = try RawStatement(db, BodyTable.selectPiece)
    defer {
      selectBody.reset()
      selectPiece.reset()
    }
    return try entries.filter { entry in
      selectBody.reset()
      selectBody.bind(entry.hash, at: 1)
      if try selectBody.step() { return false }
      guard !entry.isWhole else { return true }
      selectPiece.reset()
      selectPiece.bind(entry.hash, at: 1)
      selectPiece.bind(Int64(entry.offset), at: 2)
      return try !selectPiece.step() || selectPiece.integer(0) != Int64(entry.range.count)
    }
  }

  private static let selectBody = "SELECT chunk FROM body WHERE hash = ?"
  private static let selectPiece = "SELECT length, chunk FROM piece WHERE hash = ? AND start = ?"

  private func insert(
    _ frame: Frame, entries: [BodyChunk.Entry]
  ) throws -> [ContentHash] {
    let id = try insert(frame, pieces: entries.count)
    let insertBody = try RawStatement(db, "INSERT OR IGNORE INTO body VALUES (?, ?, ?, ?)")
    let insertPiece = try RawStatement(
      db, "INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?)")
    var arrived: [ContentHash] = []
    var change = TallyTable.Tally()
    change.chunkBytes = Int64(frame.stored.count)
    func welcome(_ entry: BodyChunk.Entry) {
      arrived.append(entry.hash)
      change.bodies += 1
      change.bodyBytes += Int64(entry.bodyLength)
    }
    for entry in entries {
      guard entry.isWhole else {
        insertPiece.bind(entry.hash, at: 1)
        insertPiece.bind(Int64(entry.offset), at: 2)
        insertPiece.bind(Int64(entry.range.count), at: 3)
        insertPiece.bind(id, at: 4)
        insertPiece.bind(Int64(entry.range.lowerBound), at: 5)
        try insertPiece.run()
        if try complete(entry) { welcome(entry) }
        continue
      }
      insertBody.bind(entry.hash, at: 1)
      insertBody.bind(Int64(entry.bodyLength), at: 2)
      insertBody.bind(id, at: 3)
      insertBody.bind(Int64(entry.range.lowerBound), at: 4)
      guard try insertBody.runChanging() else { continue }
      // A verified body takes the place of whatever pieces claimed to be its own.
      try forgetPieces(of: entry.hash)
      welcome(entry)
    }
    try TallyTable(db).add(change)
    return arrived
  }

  private func insert(_ frame: Frame, pieces: Int) throws -> Int64 {
    let insert = try RawStatement(
      db, "INSERT INTO chunk(pieces, deflated, inflated, bytes) VALUES (?, ?, ?, ?)")
    insert.bind(Int64(pieces), at: 1)
    insert.bind(frame.isDeflated ? 1 : 0, at: 2)
    insert.bind(Int64(frame.inflatedLength), at: 3)
    try frame.stored.withUnsafeBytes {
      insert.bind($0, at: 4)
      try insert.run()
    }
    return db.lastInsertedRowID
  }

  /// Lists the body of which `entry` is a piece as here if all its pieces are; checks its hash,
  /// and throws its pieces away when that differs.
  private func complete(_ entry: BodyChunk.Entry) throws -> Bool {
    let pieces = try self.pieces(of: entry.hash)
    guard BodyTable.cover(pieces, length: entry.bodyLength), try !has(entry.hash) else {
      return false
    }
    guard ContentHash(of: try BodyReader(db).bytes(of: pieces)) == entry.hash else {
      try forgetPieces(of: entry.hash)
      return false
    }
    let insert = try RawStatement(db, "INSERT INTO body(hash, length) VALUES (?, ?)")
    insert.bind(entry.hash, at: 1)
    insert.bind(Int64(entry.bodyLength), at: 2)
    try insert.run()
    return true
  }

  func forgetPieces(of hash: ContentHash) throws {
    let delete = try RawStatement(db, "DELETE FROM piece WHERE hash = ?")
    delete.bind(hash, at: 1)
    try delete.run()
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
  }

  /// Where the body lies, or those of its pieces that are here.
  func pieces(of hash: ContentHash) throws -> [Piece] {
    let select = try RawStatement(
      db,
      """
      SELECT 0, length, chunk, position FROM body WHERE hash = ?1 AND chunk IS NOT NULL
      UNION ALL SELECT start, length, chunk, position FROM piece WHERE hash = ?1 ORDER BY 1
      """)
    defer { select.reset() }
    select.bind(hash, at: 1)
    var pieces: [Piece] = []
    while try select.step() {
      pieces.append(
        Piece(
          start: Int(select.integer(0)), length: Int(select.integer(1)),
          chunk: select.integer(2), position: Int(select.integer(3))))
    }
    return pieces
  }

  private static func cover(_ pieces: [Piece], length: Int) -> Bool {
    var end = 0
    for piece in pieces {
      guard piece.start == end else { return false }
      end += piece.length
    }
    return end == length
  }

  func chunk(_ id: Int64) throws -> StoredChunk {
    let select = try RawStatement(
      db, "SELECT pieces, deflated, inflated, bytes FROM chunk WHERE id = ?")
    defer { select.reset() }
    select.bind(id, at: 1)
    guard try select.step() else { throw StoreError.damaged("chunk \(id) is not in the table") }
    return StoredChunk(
      id: id,
      frame: try Frame(
        kind: .bodies, isDeflated: select.integer(1) == 1,
        inflatedLength: Int(select.integer(2)), stored: select.bytes(3)),
      pieces: Int(select.integer(0)))
  }

  /// Each chunk in which pieces of some of `hashes` lie, in order, with those it holds. Bodies that
  /// are not here are left out.
  func chunks(
    holding hashes: Set<ContentHash>
  ) throws -> [(chunk: Int64, hashes: [ContentHash])] {
    var holders: [Int64: [ContentHash]] = [:]
    let select = try RawStatement(db, BodyTable.selectBody)
    defer { select.reset() }
    for hash in hashes {
      select.reset()
      select.bind(hash, at: 1)
      guard try select.step() else { continue }
      if select.isNull(0) {
        for chunk in Set(try pieces(of: hash).map(\.chunk)) {
          holders[chunk, default: []].append(hash)
        }
      } else {
        holders[select.integer(0), default: []].append(hash)
      }
    }
    return holders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// A bodies frame whose whole bodies match their hashes: made off the database's thread, since
/// inflating and hashing are most of a merge's time.
public struct VerifiedChunk: Sendable {
  public let frame: Frame
  /// Where its pieces lie. The inflated bytes are let go, so that many chunks can wait for the
  /// database in little memory.
  let entries: [BodyChunk.Entry]

  /// About how many bytes of memory this takes.
  public var memory: Int {
    frame.stored.count + entries.count * MemoryLayout<BodyChunk.Entry>.stride
  }

  /// Throws `unreadable` for bytes that do not read, `damaged` for a body that is not what its
  /// name says.
  public init(_ frame: Frame) throws {
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
