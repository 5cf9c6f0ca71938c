import Coding
import GRDB
import Replication

/// Reads bodies out of their chunks.
///
/// The last chunk is kept: whoever reads bodies in the order of their chunks inflates each once.
final class BodyReader {
  private let table: BodyTable
  /// Or why it does not read.
  private var last: (id: Int64, chunk: Result<BodyChunk, any Error>)?

  init(_ db: Database) {
    table = BodyTable(db)
  }

  /// The body's bytes, or nil when it is missing here.
  func body(_ hash: ContentHash) throws -> [UInt8]? {
    guard try table.has(hash) else { return nil }
    return try bytes(of: table.pieces(of: hash))
  }

  /// The first bytes of a body, as many as are asked for where the body and its first piece have them;
  /// nil when it is missing here.
  func beginning(of hash: ContentHash, upTo count: Int) throws -> [UInt8]? {
    guard try table.has(hash) else { return nil }
    let first = Array(try table.pieces(of: hash).prefix(1))
    return Array(try bytes(of: first).prefix(count))
  }

  func bytes(of pieces: [BodyTable.Piece]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for piece in pieces {
      let chunk = try chunk(piece.chunk)
      // A damaged table may say anything.
      guard 0...chunk.length ~= piece.position,
        0...(chunk.length - piece.position) ~= piece.length
      else {
        throw StoreError.damaged("a body's piece lies outside chunk \(piece.chunk)")
      }
      bytes += chunk.pieces(in: piece.position..<piece.position + piece.length)
    }
    return bytes
  }

  func chunk(_ id: Int64) throws -> BodyChunk {
    if let last, last.id == id { return try last.chunk.get() }
    let chunk = Result { try BodyChunk(payload: table.chunk(id).frame.payload()) }
    last = (id, chunk)
    return try chunk.get()
  }
}
