import Coding
import Replication

extension BodyTable {
  /// How many bodies came in pieces that did not make what their names say: nothing is kept of such
  /// a body, which stays missing and is asked for again. To be asked once the chunks were inserted. Where
  /// not every text is kept, a body of which nothing is here was passed over.
  func spoiltCount(in chunks: [VerifiedChunk]) throws -> Int {
    let cut = Set(chunks.flatMap { $0.entries.filter { !$0.isWhole }.map(\.hash) })
    guard !cut.isEmpty, try !KeepingTable(db).isPartial() else { return 0 }
    return try cut.count { try !has($0) && pieces(of: $0).isEmpty }
  }
}
