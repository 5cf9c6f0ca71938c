import Replication

/// Bodies on their way into chunks of the size aimed at, in the order they come.
///
/// Texts and images go apart: a chunk that holds an image cannot be recoded (Protocol 2.7).
public struct ChunkGathering: Sendable {
  private var texts = Series()
  private var images = Series()

  public init() {}

  /// Bytes of bodies gathered so far.
  public var length: Int { texts.length + images.length }

  public mutating func append(_ body: [UInt8], of hash: ContentHash, isText: Bool) {
    if isText {
      texts.append(body, of: hash)
    } else {
      images.append(body, of: hash)
    }
  }

  /// All that was gathered, which is then gathered no longer.
  public mutating func take() -> [BodyChunkBuilder] {
    defer { self = ChunkGathering() }
    return texts.chunks + images.chunks
  }

  /// Chunks of which the last has room.
  private struct Series: Sendable {
    private(set) var chunks: [BodyChunkBuilder] = []
    private(set) var length = 0

    mutating func append(_ body: [UInt8], of hash: ContentHash) {
      for piece in BodyChunkBuilder.pieces(of: body) {
        if chunks.last?.hasRoom(for: piece.bytes.count) != true {
          chunks.append(BodyChunkBuilder())
        }
        chunks[chunks.count - 1].append(
          piece.bytes, of: hash, bodyLength: body.count, offset: piece.offset)
      }
      length += body.count
    }
  }
}
