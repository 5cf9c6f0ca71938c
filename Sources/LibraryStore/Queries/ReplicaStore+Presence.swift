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
      let select = try RawStatement(db, "SELECT deleted FROM article WHERE \(ArticleRow.hasKey)")
      var presence: [ArticleID: Presence] = [:]
      for id in ids {
        select.bind(id.key.bytes, at: 1)
        presence[id] =
          try select.step() ? (select.integer(0) == 0 ? .present : .deleted) : .absent
        select.reset()
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
