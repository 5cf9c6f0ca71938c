import Coding
import Replication

extension BodyTable {
  /// How many bodies came in pieces that did not make what their names say: nothing is kept of such
  /// a body, which stays missing and is asked for again. To be asked once the chunks were inserted.
  func spoiltCount(in chunks: [VerifiedChunk]) throws -> Int {
    let cut = Set(chunks.flatMap { $0.entries.filter { !$0.isWhole }.map(\.hash) })
    return try cut.count { try !has($0) && pieces(of: $0).isEmpty }
  }
}
