import Articles
import LibraryStore
import Replication
import TestSupport

@testable import Satchel

// What a person does with the library as a whole.
extension World {
  mutating func care(
    _ kind: Step.Kind, for library: Library, using generator: inout SeededGenerator
  ) async throws -> String {
    switch kind {
    case .setView:
      let query =
        ["is:starred", "tag:北京 OR tag:news", "-is:read rating:>=3"]
        .randomElement(using: &generator) ?? ""
      let view = ArticleView(
        name: "view-\(Int.random(in: 0..<3, using: &generator))", query: query,
        sort: ArticleQuery.Sort.allCases.randomElement(using: &generator) ?? .added,
        isReversed: .random(using: &generator))
      return "\(try await library.setView(view))"
    case .removeView:
      let names = try await library.views().map(\.name)
      guard let name = names.randomElement(using: &generator) else { return World.nothing }
      try await library.removeView(name)
      return name
    case .undo: return try await undo(in: library)
    case .compact:
      let days = Bool.random(using: &generator) ? 0 : 30
      let dropped = try await library.compact(binDays: days).result()
      return "\(dropped.operations) \(dropped.bodies)"
    case .rename:
      count += 1
      return "\(try await library.rename("renamed \(count)"))"
    case .retire:
      let own = try await library.replicaID()
      let others = try await library.replicas().filter { $0.replica != own }
        .sorted { $0.replica < $1.replica }
      guard let replica = others.randomElement(using: &generator) else { return World.nothing }
      return
        "\(try await replica.isRetired ? library.unretire(replica.replica) : library.retire(replica.replica))"
    default: return try await choose(kind, in: library, using: &generator)
    }
  }

  private func undo(in library: Library) async throws -> String {
    do {
      return "\(try await library.undo().change.changed.count)"
    } catch .nothingToUndo {
      return World.nothing
    }
  }

  /// Which texts are kept here.
  private func choose(
    _ kind: Step.Kind, in library: Library, using generator: inout SeededGenerator
  ) async throws -> String {
    if kind == .keep {
      let policy: TextPolicy? =
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: TextPolicy(query: "is:unread")
        case 1: TextPolicy(query: "is:starred OR tag:news")
        default: nil
        }
      return "\(try await library.keep(policy).dropped)"
    }
    let rows = try await library.articles(.all).sorted { $0.id.key < $1.id.key }
    guard let row = rows.randomElement(using: &generator) else { return World.nothing }
    let choice =
      try await kind == .evict ? library.evict([row.id]) : library.fetch([row.id])
    return "\(choice.changed.count) \(choice.status.dropped)"
  }
}
