import Articles
import Replication

extension ReplicaStore {
  /// Articles with all that is known of them but their images, in the order of `numbers`.
  ///
  /// - Parameter numbers: a few of ``articleNumbers(_:today:progress:)``.
  package nonisolated func wholeArticles(
    _ numbers: [Int64]
  ) async throws(StoreError) -> [ArticleRow] {
    try await view { try ArticleRow.fetch($0, numbers, .whole) }
  }

  /// The same numbers in the order in which the texts of their articles are stored, so that whoever
  /// reads them all inflates each chunk once or twice. Those without a text here come last.
  ///
  /// - Parameter numbers: those of articles.
  package nonisolated func inOrderOfTexts(
    _ numbers: [Int64]
  ) async throws(StoreError) -> [Int64] {
    try await view { db in
      let select = try CachedStatement(
        db,
        "SELECT article.id, coalesce(chunk, 0) FROM article JOIN body ON body.hash = article.body")
      var chunks: [Int64: Int64] = [:]
      try select.walk { chunks[$0.integer(0)] = $0.integer(1) }
      return numbers.sorted {
        (chunks[$0] ?? .max, $0) < (chunks[$1] ?? .max, $1)
      }
    }
  }

  /// The bodies of these hashes, in their order; nil for one that is missing here.
  ///
  /// - Parameter hashes: few, and best in the order in which they are stored.
  package nonisolated func bodies(
    _ hashes: [ContentHash?]
  ) async throws(StoreError) -> [[UInt8]?] {
    try await view { db in
      let reader = BodyReader(db)
      return try hashes.map { try $0.flatMap { try reader.body($0) } }
    }
  }

  /// An article's images in the order of their references; nil for the bytes of one that is missing
  /// here.
  ///
  /// - Parameter article: its id.
  package nonisolated func imageBytes(
    of article: ArticleID
  ) async throws(StoreError) -> [(reference: String, bytes: [UInt8]?)] {
    try await view { db in
      let (reader, fields) = (BodyReader(db), FieldNames(db))
      let select = try CachedStatement(
        db,
        """
        SELECT field, hash FROM body_use WHERE entity = (SELECT id FROM entity
          WHERE kind = \(EntityKind.article.number) AND key = ?)
        """)
      let uses = try select.all([.identifier(article.key)]) { ($0.integer(0), $0.hash(1)) }
      var images: [(reference: String, bytes: [UInt8]?)] = []
      for case (let number, let hash?) in uses {
        let field = try fields.field(number)
        guard let reference = field.element(after: ArticleField.imagePrefix) else { continue }
        images.append((reference, try reader.body(hash)))
      }
      return images.sorted { $0.reference.utf8.lexicographicallyPrecedes($1.reference.utf8) }
    }
  }
}
