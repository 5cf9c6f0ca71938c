import Articles
import Replication

extension ReplicaStore {
  /// The highlights of an article that are not deleted, in the order in which they were marked in the
  /// text.
  package nonisolated func highlights(
    of article: ArticleID
  ) async throws(StoreError) -> [HighlightRow] {
    try await view { try HighlightQuery($0).highlights(of: article) }
  }

  /// The highlights that the beginning of an id names: none, one, or several.
  package nonisolated func highlights(
    named name: String
  ) async throws(StoreError) -> [HighlightRow] {
    try await view { try HighlightQuery($0).highlights(named: name) }
  }

  /// The highlight of this id, deleted or not; nil where it was never here.
  package nonisolated func highlight(
    _ id: HighlightID
  ) async throws(StoreError) -> HighlightRow? {
    try await view { try HighlightQuery($0).highlight(id) }
  }

  /// The beginnings of ids of highlights that tell them from others, deleted ones too.
  package nonisolated func shortIDs(
    of ids: Set<HighlightID>
  ) async throws(StoreError) -> [HighlightID: String] {
    try await view { db in
      var names: [HighlightID: String] = [:]
      for id in ids { names[id] = try ArticleRow.shortID(of: id.key, kind: .highlight, db) }
      return names
    }
  }

  /// Those of the highlights that are here, or were; whether an import brings each back.
  package nonisolated func withdrawals(
    among ids: [HighlightID]
  ) async throws(StoreError) -> [HighlightID: Bool] {
    try await view { db in
      let query = HighlightQuery(db)
      let registers = try RegisterTable(StoreTransaction(db))
      var withdrawals: [HighlightID: Bool] = [:]
      for id in ids {
        guard let row = try query.highlight(id) else { continue }
        let register = RegisterID(id.entity, HighlightField.withdrawn)
        withdrawals[id] =
          try row.highlight.isDeleted && registers.winner(register)?.value.flag == true
      }
      return withdrawals
    }
  }
}
