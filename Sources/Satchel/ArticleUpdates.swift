import LibraryStore

/// What a query finds, given anew whenever something changed what it shows: a write of this program,
/// a merge, or another process; see ``Library/articles(matching:everyMilliseconds:)``.
///
/// It looks when it is asked, so that nothing piles up while its reader is busy: of several changes
/// meanwhile the last counts. It ends when its task is cancelled.
public struct ArticleUpdates: AsyncSequence, Sendable {
  public typealias Element = [ArticleRow]

  let changes: LibraryChanges
  let query: ArticleQuery

  public func makeAsyncIterator() -> Iterator { Iterator(updates: self) }

  public struct Iterator: AsyncIteratorProtocol {
    private let library: Library
    private let query: ArticleQuery
    private var changes: LibraryChanges.Iterator
    /// What was given last.
    private var rows: [ArticleRow]?

    fileprivate init(updates: ArticleUpdates) {
      (library, query) = (updates.changes.library, updates.query)
      changes = updates.changes.makeAsyncIterator()
    }

    /// Throws ``LibraryError``.
    public mutating func next() async throws(LibraryError) -> [ArticleRow]? {
      while try await changes.next() != nil {
        // What is written from here on is a change that is looked at the next time.
        let rows = try await library.articles(query)
        guard rows != self.rows else { continue }
        self.rows = rows
        return rows
      }
      return nil
    }
  }
}

extension Library {
  /// Articles that match, now and again whenever what the query shows has changed.
  ///
  /// ```swift
  /// for try await rows in library.articles(matching: query) { show(rows) }
  /// ```
  ///
  /// No event tells a process what another one wrote, so it looks: at one row of the database, and at
  /// the articles only where that says that something changed.
  ///
  /// - Parameters:
  ///   - query: which articles, in what order.
  ///   - everyMilliseconds: how often it looks while its reader waits.
  public func articles(
    matching query: ArticleQuery, everyMilliseconds: Int = 250
  ) -> ArticleUpdates {
    ArticleUpdates(changes: changes(everyMilliseconds: everyMilliseconds), query: query)
  }
}
