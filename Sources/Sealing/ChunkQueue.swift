/// Cuts a stream into chunks of one size and holds the latest back, since only the end of the
/// stream tells which chunk is the last.
struct ChunkQueue {
  private let chunkByteCount: Int
  /// The bytes that are not yet part of a chunk with something after it: at most one chunk.
  private(set) var held: [UInt8] = []

  init(chunkByteCount: Int) {
    self.chunkByteCount = chunkByteCount
  }

  /// Adds bytes and answers the full chunks that something follows. Whole chunks within `bytes`
  /// are not copied.
  mutating func chunks(adding bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var chunks: [ArraySlice<UInt8>] = []
    var rest = bytes
    if !held.isEmpty {
      let completing = rest.prefix(chunkByteCount - held.count)
      held += completing
      rest = rest.dropFirst(completing.count)
      guard !rest.isEmpty else { return [] }
      chunks.append(held[...])
      held = []
    }
    while rest.count > chunkByteCount {
      chunks.append(rest.prefix(chunkByteCount))
      rest = rest.dropFirst(chunkByteCount)
    }
    held += rest
    return chunks
  }
}
