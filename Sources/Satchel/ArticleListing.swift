import LibraryStore

/// The articles a query found, read as they are asked for: a list of any length takes the same
/// memory, and texts a member wrote at great length are cut as ``ArticleRow`` says.
public struct ArticleListing: AsyncSequence, Sendable {
  public typealias Element = ArticleRow

  /// How many there were when the query was asked.
  public var count: Int { numbers.count }

  let store: ReplicaStore
  let numbers: [Int64]

  public func makeAsyncIterator() -> Iterator {
    Iterator(
      pages: ListingPages(numbers.indices, count: 64) { [store, numbers] page, _ in
        try await store.listedArticles(Array(numbers[page]))
      })
  }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate var pages: ListingPages<ArticleRow>

    /// Throws ``LibraryError``.
    public mutating func next() async throws -> ArticleRow? { try await pages.next() }
  }
}

extension Library {
  /// Articles that match, as a list shows them.
  public func list(
    _ query: ArticleQuery = ArticleQuery()
  ) async throws(LibraryError) -> ArticleListing {
    try await listing(query).result()
  }

  /// The same as work: a query with words brings the index up to date first, which takes a while the
  /// first time.
  public func listing(_ query: ArticleQuery) -> Work<ArticleListing> {
    Work { progress in
      let numbers = try await store.articleNumbers(query, today: today) {
        progress(WorkProgress(.articles, done: $0, total: $1))
      }
      return ArticleListing(store: store, numbers: numbers)
    }
  }
}
