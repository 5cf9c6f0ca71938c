import Articles
import Replication

/// An article's text and images.
package struct ArticleContent: Sendable {
  /// Nil where there is none, or it is missing here.
  package let text: [UInt8]?
  /// In the order of their references; nil for the bytes of one that is missing here.
  package let images: [(reference: String, bytes: [UInt8]?)]
}

extension ReplicaStore {
  /// Articles with all that is known of them but their images, in the order of `numbers`.
  ///
  /// - Parameter numbers: a few of ``articleNumbers(_:today:progress:)``.
  package nonisolated func wholeArticles(
    _ numbers: [Int64]
  ) async throws(StoreError) -> [ArticleRow] {
    try await view { try ArticleRow.fetch($0, numbers, .whole) }
  }

  /// What an article's text and images are.
  ///
  /// - Parameter row: the article.
  package nonisolated func content(
    of row: ArticleRow
  ) async throws(StoreError) -> ArticleContent {
    try await view { db in
      let reader = BodyReader(db)
      let fields = FieldNames(db)
      let select = try CachedStatement(
        db,
        """
        SELECT field, hash FROM body_use WHERE entity = (SELECT id FROM entity
          WHERE kind = \(EntityKind.article.number) AND key = ?)
        """)
      let uses = try select.all([.identifier(row.id.key)]) { ($0.integer(0), $0.hash(1)) }
      var images: [(reference: String, bytes: [UInt8]?)] = []
      for case (let number, let hash?) in uses {
        guard let reference = try fields.field(number).element(after: ArticleField.imagePrefix)
        else { continue }
        images.append((reference, try reader.body(hash)))
      }
      images.sort { $0.reference.utf8.lexicographicallyPrecedes($1.reference.utf8) }
      return ArticleContent(
        text: try row.article.body.flatMap { try reader.body($0) }, images: images)
    }
  }
}
