import Documents
import LibraryStore

extension Library {
  /// Searches titles, texts, authors, sites, summaries, tags and notes for what a person typed, as
  /// ``SearchQuery`` reads it; the best matches come first.
  ///
  /// The first search builds an index beside the database, some two fifths of the texts' size; each
  /// later one adds what changed. Given up halfway, the next goes on from there. The index is no part
  /// of the library: whatever is wrong with it, it is built anew.
  ///
  /// Throws `query` where there is nothing to search for, `store(.cannotIndex)` where the disk is
  /// full or the folder cannot be written.
  ///
  /// - Parameters:
  ///   - query: words, and phrases in double quotes.
  ///   - selection: among which articles, archived ones included unless it says otherwise, and how
  ///     many hits at most; its title and order count for nothing.
  ///   - snippetColumns: about how many columns of a terminal a hit's snippet takes.
  public func search(
    _ query: String, in selection: ArticleQuery = .all, snippetColumns: Int = 160
  ) -> Work<SearchResults> {
    Work { progress in
      try await store.search(
        SearchQuery(query), in: selection, snippetColumns: snippetColumns,
        text: SearchText(version: PlainText.version) {
          PlainText.text(reading: $0, as: $1.document)
        },
        progress: { progress(WorkProgress(.articles, done: $0, total: $1)) })
    }
  }
}
