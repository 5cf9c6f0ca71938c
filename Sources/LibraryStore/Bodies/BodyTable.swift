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
    let select = try RawStatement(db, "SELECT 1 FROM body WHERE hash = ?")
    defer { select.reset() }
    select.bind(hash.bytes, at: 1)
    return try select.step()
  }

  /// Stores the pieces of a chunk that are not here yet: the frame as it came when all are new.
  ///
  /// Whole bodies have been verified against their hashes by ``VerifiedChunk``; a body in pieces
  /// is verified when its last piece has come. Returns the bodies that are now here and were not.
  func insert(_ verified: VerifiedChunk) throws -> [ContentHash] {
    let fresh = try verified.entries.filter { try !isHeld($0) }
    guard !fresh.isEmpty else { return [] }
    // A verified body takes the place of whatever pieces claimed to be its own.
    for entry in fresh where entry.isWhole { try forgetPieces(of: entry.hash) }
    if fresh.count == verified.entries.count {
      try insert(verified.frame, entries: fresh)
    } else {
      // Not everything is new, which is rare enough to inflate the chunk once more.
      let received = try BodyChunk(payload: verified.frame.payload())
      var builder = BodyChunkBuilder()
      for entry in fresh {
        builder.append(
          received.bytes(of: entry), of: entry.hash, bodyLength: entry.bodyLength,
          offset: entry.offset)
      }
      try insert(builder.frame(), entries: builder.entries)
    }
    return try Set(fresh.map(\.hash)).sorted().filter { hash in
      guard let entry = fresh.first(where: { $0.hash == hash }) else { return false }
      return try complete(entry)
    }
  }

  private func isHeld(_ entry: BodyChunk.Entry) throws -> Bool {
    if try has(entry.hash) { return true }
    guard !entry.isWhole else { return false }
    let select = try RawStatement(
      db, "SELECT length FROM piece WHERE hash = ? AND start = ?")
    defer { select.reset() }
    select.bind(entry.hash.bytes, at: 1)
    select.bind(Int64(entry.offset), at: 2)
    return try select.step() && select.integer(0) == Int64(entry.range.count)
  }

  private func forgetPieces(of hash: ContentHash) throws {
    let delete = try RawStatement(db, "DELETE FROM piece WHERE hash = ?")
    delete.bind(hash.bytes, at: 1)
    try delete.run()
  }

  func insert(_ frame: Frame, entries: [BodyChunk.Entry]) throws {
    let chunk = try RawStatement(
      db, "INSERT INTO chunk(pieces, deflated, inflated, bytes) VALUES (?, ?, ?, ?)")
    chunk.bind(Int64(entries.count), at: 1)
    chunk.bind(frame.isDeflated ? 1 : 0, at: 2)
    chunk.bind(Int64(frame.inflatedLength), at: 3)
    try frame.stored.withUnsafeBytes {
      chunk.bind($0, at: 4)
      try chunk.run()
    }
    let id = db.lastInsertedRowID
    let piece = try RawStatement(db, "INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?)")
    for entry in entries {
      piece.bind(entry.hash.bytes, at: 1)
      piece.bind(Int64(entry.offset), at: 2)
      piece.bind(Int64(entry.range.count), at: 3)
      piece.bind(id, at: 4)
      piece.bind(Int64(entry.range.lowerBound), at: 5)
      try piece.run()
    }
  }

  /// Lists the body of `entry` as here if it is whole; checks the hash of one that came in pieces
  /// and throws its pieces away when that differs.
  private func complete(_ entry: BodyChunk.Entry) throws -> Bool {
    if try has(entry.hash) { return false }
    if !entry.isWhole {
      let pieces = try self.pieces(of: entry.hash)
      guard BodyTable.cover(pieces, length: entry.bodyLength) else { return false }
      guard ContentHash(of: try bytes(of: pieces)) == entry.hash else {
        try forgetPieces(of: entry.hash)
        return false
      }
    }
    let insert = try RawStatement(db, "INSERT INTO body VALUES (?, ?)")
    insert.bind(entry.hash.bytes, at: 1)
    insert.bind(Int64(entry.bodyLength), at: 2)
    try insert.run()
    try note(entry.hash, isMissing: false)
    return true
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

  /// The body's bytes, or nil when it is missing here.
  func body(_ hash: ContentHash) throws -> [UInt8]? {
    guard try has(hash) else { return nil }
    return try bytes(of: pieces(of: hash))
  }

  func pieces(of hash: ContentHash) throws -> [Piece] {
    let select = try RawStatement(
      db, "SELECT start, length, chunk, position FROM piece WHERE hash = ? ORDER BY start")
    defer { select.reset() }
    select.bind(hash.bytes, at: 1)
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

  private func bytes(of pieces: [Piece]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for piece in pieces {
      let chunk = try BodyChunk(payload: chunk(piece.chunk).frame.payload())
      guard piece.position + piece.length <= chunk.length else {
        throw StoreError.damaged("a body's piece lies outside chunk \(piece.chunk)")
      }
      bytes += chunk.pieces(in: piece.position..<piece.position + piece.length)
    }
    return bytes
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

  /// Each chunk in which pieces of some of `hashes` lie, in order, with those it holds.
  func chunks(holding hashes: Set<ContentHash>) throws -> [(chunk: Int64, hashes: Set<ContentHash>)]
  {
    var holders: [Int64: Set<ContentHash>] = [:]
    for hash in hashes {
      for piece in try pieces(of: hash) { holders[piece.chunk, default: []].insert(hash) }
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
