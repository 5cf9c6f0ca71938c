import Articles
import GRDB
import Replication

extension ReplicaStore {
  /// Whether an article is here, and if not whether it was.
  package enum Presence: Sendable {
    case absent, present, deleted
  }

  /// What an importer must know before it writes.
  package nonisolated func presence(of ids: [ArticleID]) async throws(StoreError) -> [ArticleID:
    Presence]
  {
    try await view { db in
      let select = try CachedStatement(
        db, "SELECT deleted FROM article WHERE \(ArticleRow.hasKey)")
      var presence: [ArticleID: Presence] = [:]
      for id in ids {
        let isDeleted = try select.first([.identifier(id.key)]) { $0.flag(0) }
        presence[id] = isDeleted.map { $0 ? .deleted : .present } ?? .absent
      }
      return presence
    }
  }

  /// Which of `hashes` are not here.
  package nonisolated func missingBodies(among hashes: Set<ContentHash>) async throws(StoreError)
    -> Set<ContentHash>
  {
    try await view { db in
      let bodies = BodyTable(db)
      return try hashes.filter { try !bodies.has($0) }
    }
  }
}
