import Articles
import Coding
import LibraryStore
import Replication
import Transports

/// What one transaction of an import will hold.
struct ImportBatch {
  var edits: [Edit] = []
  var added: Set<EntityID> = []
  var articles: Set<EntityID> = []
  /// What is remembered of where they come from.
  var pages: [SourcePage] = []
  var bodies = ChunkGathering()
  /// What the bodies were compressed to.
  var chunks: [VerifiedChunk] = []

  /// Adds edits, and what belongs to them, but no bodies.
  mutating func add(_ other: ImportBatch) {
    edits += other.edits
    added.formUnion(other.added)
    articles.formUnion(other.articles)
    pages += other.pages
  }

  /// Large enough that a transaction's fixed cost is lost in it, small enough for memory: two of
  /// these are under way, and each core adds what it needs to compress a chunk.
  var isFull: Bool { edits.count + pages.count >= 8_192 || bodies.length >= 2 << 20 }

  /// Compresses chunks on all cores, a bounded number ahead.
  static func compressed(
    _ builders: [BodyChunkBuilder], ahead: Int
  ) async throws -> [VerifiedChunk] {
    var chunks: [VerifiedChunk] = []
    var rest = builders[...]
    try await InOrder.map(ahead: ahead) {
      rest.popFirst()
    } transform: { builder in
      try VerifiedChunk(building: builder)
    } each: {
      chunks.append($0)
    }
    return chunks
  }
}
