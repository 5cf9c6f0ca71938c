import Articles
import LibraryStore

extension Library {
  /// Articles that match, the best first, each with the piece of its text in which most of the words
  /// stand; where no words decide alone, in the query's order.
  ///
  /// The first query with words builds an index beside the database, some two fifths of the texts'
  /// size; each later one adds what changed. Given up halfway, the next goes on from there. The index
  /// is no part of the library: whatever is wrong with it, it is built anew.
  ///
  /// ```swift
  /// let found = try await library.search(ArticleQuery("tea OR coffee is:unread")).result()
  /// ```
  ///
  /// Throws `query` where it cannot be answered, `store(.cannotIndex)` where the disk is full or the
  /// folder cannot be written.
  ///
  /// - Parameters:
  ///   - query: which articles, and how many hits at most.
  ///   - snippetColumns: about how many columns of a terminal a hit's snippet takes.
  public func search(
    _ query: ArticleQuery, snippetColumns: Int = 160
  ) -> Work<SearchResults> {
    Work { progress in
      try await store.search(
        query, today: today, snippetColumns: snippetColumns,
        progress: { progress(WorkProgress(.articles, done: $0, total: $1)) })
    }
  }
}
