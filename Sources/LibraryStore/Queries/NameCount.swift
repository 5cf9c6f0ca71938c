import GRDB

/// A tag or a site, with how many articles have it.
public struct NameCount: Sendable, Hashable, Codable, Identifiable {
  public var id: String { name }
  public let name: String
  /// Articles that a list shows, which leaves archived ones out.
  public let count: Int
  public let archived: Int
}

extension ReplicaStore {
  /// Every tag in use, by name.
  package nonisolated func tagCounts() async throws(StoreError) -> [NameCount] {
    try await names(
      """
      SELECT tag, sum(NOT archived), sum(archived)
      FROM article_tag JOIN article ON article.id = article WHERE NOT deleted
      GROUP BY tag ORDER BY tag
      """)
  }

  /// Every site of an article, by name.
  package nonisolated func siteCounts() async throws(StoreError) -> [NameCount] {
    try await names(
      """
      SELECT site, sum(NOT archived), sum(archived) FROM article
      WHERE NOT deleted AND site IS NOT NULL GROUP BY site ORDER BY site
      """)
  }

  private nonisolated func names(_ sql: String) async throws(StoreError) -> [NameCount] {
    try await view { db in
      try CachedStatement(db, sql).all {
        NameCount(
          name: ArticleRow.listed($0.text(0)), count: Int($0.integer(1)),
          archived: Int($0.integer(2)))
      }
    }
  }
}
