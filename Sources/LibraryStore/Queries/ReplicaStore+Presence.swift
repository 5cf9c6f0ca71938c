import Articles
import GRDB
import Replication

extension ReplicaStore {
  /// An article that is here, or was.
  package struct Presence: Sendable {
    package let isDeleted: Bool
    /// Whether it is deleted in a way that an import takes back.
    package let isWithdrawn: Bool
    /// How it was read; nil if that is not known, or was not asked for.
    package let reading: Reading?
  }

  /// What an importer must know before it writes, of the articles that are here or were.
  ///
  /// - Parameter readings: of which of them it must know how they were read.
  package nonisolated func presence(
    of ids: [ArticleID], withReadingsOf readings: Set<ArticleID> = []
  ) async throws(StoreError) -> [ArticleID: Presence] {
    try await view { db in
      let select = try CachedStatement(
        db, "SELECT deleted FROM article WHERE \(ArticleRow.hasKey)")
      let registers = try RegisterTable(StoreTransaction(db))
      var presence: [ArticleID: Presence] = [:]
      for id in ids {
        guard let isDeleted = try select.first([.identifier(id.key)], { $0.flag(0) }) else {
          continue
        }
        presence[id] = Presence(
          isDeleted: isDeleted,
          isWithdrawn: isDeleted
            ? try registers.winner(RegisterID(id.entity, ArticleField.withdrawn))?.value.flag
              == true
            : false,
          reading: readings.contains(id) ? try registers.reading(of: id) : nil)
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

extension RegisterTable {
  /// How an article was read; nil if that is not known.
  fileprivate func reading(of id: ArticleID) throws -> Reading? {
    let fields = [ArticleField.source, ArticleField.reader]
    let values = try fields.map { try current(RegisterID(id.entity, $0))?.winner.value }
    return Reading(source: values[0], reader: values[1])
  }
}
