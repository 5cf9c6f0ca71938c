import Articles
import GRDB
import Replication

extension ReplicaStore {
  /// Whether an article is here, and if not whether it was.
  public enum Presence: Sendable {
    case absent, present, deleted
  }

  /// What an importer must know before it writes.
  public func presence(of ids: [ArticleID]) throws(StoreError) -> [ArticleID: Presence] {
    try read { db in
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
  public func missingBodies(among hashes: Set<ContentHash>) throws(StoreError) -> Set<ContentHash> {
    try read { db in
      let bodies = BodyTable(db)
      return try hashes.filter { try !bodies.has($0) }
    }
  }
}
