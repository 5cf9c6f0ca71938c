import LibraryStore

/// What a query finds, given anew whenever something changed what it shows: a write of this program,
/// a merge, or another process; see ``Library/articles(matching:everyMilliseconds:)``.
///
/// It looks when it is asked, so that nothing piles up while its reader is busy: of several changes
/// meanwhile the last counts. It ends when its task is cancelled.
public struct ArticleUpdates: AsyncSequence, Sendable {
  public typealias Element = [ArticleRow]

  let library: Library
  let query: ArticleQuery
  let interval: Duration

  public func makeAsyncIterator() -> Iterator { Iterator(updates: self) }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let updates: ArticleUpdates
    /// What was given last, and the library's revision then or later.
    private var last: (revision: Int64, rows: [ArticleRow])?

    fileprivate init(updates: ArticleUpdates) {
      self.updates = updates
    }

    /// Throws ``LibraryError``.
    public mutating func next() async throws(LibraryError) -> [ArticleRow]? {
      while !Task.isCancelled {
        let revision = try await LibraryError.wrapping {
          try await updates.library.store.revision()
        }
        if last?.revision != revision {
          // What comes in between is looked at again the next time.
          let rows = try await updates.library.articles(updates.query)
          let isNews = last.map { $0.rows != rows } ?? true
          last = (revision, rows)
          if isNews { return rows }
        }
        guard (try? await Task.sleep(for: updates.interval)) != nil else { return nil }
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
    ArticleUpdates(library: self, query: query, interval: .milliseconds(everyMilliseconds))
  }
}
