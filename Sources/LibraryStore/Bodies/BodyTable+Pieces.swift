import Coding
import GRDB
import Replication

// Bodies that come in pieces (Protocol 6.5). What is held of one are pieces that do not overlap,
// each in a chunk of its own; `partial` counts their bytes, so that a piece costs no look at the
// others.
extension BodyTable {
  /// Stores what is not held of a piece; returns the body if it is whole now.
  ///
  /// A piece that names another length than those held is of another body, or they are: the last
  /// one counts. One that reaches over others takes their place.
  func insertPiece(_ frame: Frame, _ entry: BodyChunk.Entry) throws -> [ContentHash] {
    guard try !has(entry.hash) else { return [] }
    if try length(of: entry.hash) != entry.bodyLength { try forgetPieces(of: entry.hash) }
    var (start, end) = (entry.offset, entry.offset + entry.range.count)
    for held in try pieces(of: entry.hash, within: start..<end) {
      if held.start < start {
        start = held.end
      } else if held.end > end {
        end = held.start
      } else {
        try remove(held, of: entry)
      }
    }
    guard start < end else { return [] }
    try add(
      Piece(
        start: start, length: end - start, chunk: try insert(frame, pieces: 1),
        position: entry.range.lowerBound + start - entry.offset),
      of: entry)
    guard try heldLength(of: entry.hash) == entry.bodyLength else { return [] }
    return try complete(entry) ? [entry.hash] : []
  }

  /// Whether all of a piece is here, in pieces of a body of that length.
  func isHeld(_ entry: BodyChunk.Entry) throws -> Bool {
    guard try length(of: entry.hash) == entry.bodyLength else { return false }
    let range = entry.offset..<entry.offset + entry.range.count
    var end = range.lowerBound
    for piece in try pieces(of: entry.hash, within: range) {
      guard piece.start <= end else { return false }
      end = piece.end
    }
    return end >= range.upperBound
  }

  /// How many bytes of a body are here from its beginning on, in pieces.
  func heldBeginning(of hash: ContentHash) throws -> Int {
    guard try length(of: hash) != nil else { return 0 }
    var end = 0
    for piece in try pieces(of: hash) {
      guard piece.start == end else { break }
      end = piece.end
    }
    return end
  }

  /// Takes away what is held of a body in pieces.
  func forgetPieces(of hash: ContentHash) throws {
    let chunks = try CachedStatement(db, "SELECT chunk FROM piece WHERE hash = ?")
      .all([.hash(hash)]) { $0.integer(0) }
    guard !chunks.isEmpty else { return }
    for sql in ["DELETE FROM piece WHERE hash = ?", "DELETE FROM partial WHERE hash = ?"] {
      try CachedStatement(db, sql).run([.hash(hash)])
    }
    for chunk in chunks { try removeChunk(chunk) }
  }
}

extension BodyTable {
  /// Lists a body whose pieces are all here, if they have its hash, and else throws them away.
  ///
  /// Smaller pieces than a writer would cut are joined, so that reading it later is as quick as
  /// reading any other. In memory are two pieces at most, not the body.
  private func complete(_ entry: BodyChunk.Entry) throws -> Bool {
    let held = try pieces(of: entry.hash)
    let reader = BodyReader(db)
    var hash = RunningHash()
    for piece in held { hash.update(try reader.bytes(of: [piece])) }
    guard hash.finish() == entry.hash else {
      try forgetPieces(of: entry.hash)
      return false
    }
    try CachedStatement(db, "DELETE FROM partial WHERE hash = ?").run([.hash(entry.hash)])
    let isCutSmall = held.dropLast().contains { $0.length < Limits.pieceBytes / 2 }
    let places =
      try isCutSmall || entry.bodyLength <= Limits.pieceBytes
      ? join(held, of: entry) : held
    try list(entry, at: places.count == 1 ? places.first : nil)
    return true
  }

  /// Stores a body's pieces anew, each as long as a writer cuts them.
  private func join(_ held: [Piece], of entry: BodyChunk.Entry) throws -> [Piece] {
    let reader = BodyReader(db)
    var joined: [Piece] = []
    var bytes: [UInt8] = []
    func store(_ count: Int) throws {
      let start = joined.last?.end ?? 0
      var builder = BodyChunkBuilder()
      builder.append(bytes[..<count], of: entry.hash, bodyLength: entry.bodyLength, offset: start)
      let chunk = try insert(builder.frame(), pieces: 1)
      joined.append(Piece(start: start, length: count, chunk: chunk, position: 0))
      bytes.removeFirst(count)
    }
    for piece in held {
      bytes += try reader.bytes(of: [piece])
      while bytes.count >= Limits.pieceBytes { try store(Limits.pieceBytes) }
    }
    if !bytes.isEmpty { try store(bytes.count) }
    try forgetPieces(of: entry.hash)
    if joined.count > 1 { for piece in joined { try insert(piece, of: entry.hash) } }
    return joined
  }

  private func list(_ entry: BodyChunk.Entry, at place: Piece?) throws {
    let insert = try CachedStatement(db, "INSERT INTO body VALUES (?, ?, ?, ?)")
    try insert.run([
      .hash(entry.hash), .integer(entry.bodyLength), place.map { .integer($0.chunk) } ?? .null,
      place.map { .integer($0.position) } ?? .null,
    ])
    var change = TallyTable.Tally()
    change.bodies = 1
    change.bodyBytes = Int64(entry.bodyLength)
    try TallyTable(db).add(change)
  }

  /// The pieces of a body that share bytes with `range`, ascending.
  private func pieces(of hash: ContentHash, within range: Range<Int>) throws -> [Piece] {
    let select = try CachedStatement(
      db,
      """
      SELECT start, length, chunk, position FROM piece
      WHERE hash = ?1 AND start < ?3 AND start + length > ?2 AND start >= ifnull(
        (SELECT max(start) FROM piece WHERE hash = ?1 AND start <= ?2), 0)
      ORDER BY start
      """)
    return try select.all(
      [.hash(hash), .integer(range.lowerBound), .integer(range.upperBound)]
    ) { Piece($0) }
  }

  private func add(_ piece: Piece, of entry: BodyChunk.Entry) throws {
    try insert(piece, of: entry.hash)
    try count(piece.length, of: entry)
  }

  private func insert(_ piece: Piece, of hash: ContentHash) throws {
    try CachedStatement(db, "INSERT INTO piece VALUES (?, ?, ?, ?, ?)")
      .run([
        .hash(hash), .integer(piece.start), .integer(piece.length), .integer(piece.chunk),
        .integer(piece.position),
      ])
  }

  private func remove(_ piece: Piece, of entry: BodyChunk.Entry) throws {
    try CachedStatement(db, "DELETE FROM piece WHERE hash = ? AND start = ?")
      .run([.hash(entry.hash), .integer(piece.start)])
    try removeChunk(piece.chunk)
    try count(-piece.length, of: entry)
  }

  private func count(_ length: Int, of entry: BodyChunk.Entry) throws {
    let upsert = try CachedStatement(
      db,
      """
      INSERT INTO partial VALUES (?, ?, ?)
      ON CONFLICT(hash) DO UPDATE SET held = held + excluded.held
      """)
    try upsert.run([.hash(entry.hash), .integer(entry.bodyLength), .integer(length)])
  }

  func removeChunk(_ id: Int64) throws {
    let size = try size(of: id)
    try CachedStatement(db, "DELETE FROM chunk WHERE id = ?").run([.integer(id)])
    var change = TallyTable.Tally()
    change.chunkBytes = -Int64(size.stored)
    try TallyTable(db).add(change)
  }

  /// How long a body is of which pieces are here and not all; nil for any other.
  private func length(of hash: ContentHash) throws -> Int? { try partial(hash)?.length }

  private func heldLength(of hash: ContentHash) throws -> Int { try partial(hash)?.held ?? 0 }

  private func partial(_ hash: ContentHash) throws -> (length: Int, held: Int)? {
    try CachedStatement(db, "SELECT length, held FROM partial WHERE hash = ?")
      .first([.hash(hash)]) { (Int($0.integer(0)), Int($0.integer(1))) }
  }
}
