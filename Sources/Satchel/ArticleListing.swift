import LibraryStore

/// The articles a query found, read as they are asked for: a list of any length takes the same
/// memory, and texts a member wrote at great length are cut as ``ArticleRow`` says.
public struct ArticleListing: AsyncSequence, Sendable {
  public typealias Element = ArticleRow

  /// How many there were when the query was asked.
  public var count: Int { numbers.count }

  let store: ReplicaStore
  let numbers: [Int64]
  /// What was found, where words were looked for and the best stand first.
  private let found: FoundArticles?

  init(_ store: ReplicaStore, _ numbers: [Int64]) {
    (self.store, self.numbers, found) = (store, numbers, nil)
  }

  init(_ store: ReplicaStore, _ found: FoundArticles) {
    (self.store, numbers, self.found) = (store, found.numbers, found)
  }

  /// The articles at some of the places, the first being 0: what has gone since is left out, as are
  /// places that there are not.
  public func page(_ places: Range<Int>) async throws(LibraryError) -> [ArticleRow] {
    try await LibraryError.wrapping {
      try await store.listedArticles(Array(numbers[places.clamped(to: numbers.indices)]))
    }
  }

  /// The same as ``page(_:)``, each with the piece of its text in which most of the words stand; without
  /// it where no words were looked for.
  ///
  /// - Parameters:
  ///   - places: the first is 0.
  ///   - snippetColumns: about how many columns of a terminal a snippet takes.
  public func hits(
    _ places: Range<Int>, snippetColumns: Int = 160
  ) async throws(LibraryError) -> [SearchResults.Hit] {
    guard let found, found.holdsWords else {
      return try await page(places).map { SearchResults.Hit(article: $0, snippet: nil) }
    }
    return try await LibraryError.wrapping {
      try await store.hits(
        places.clamped(to: numbers.indices), of: found, snippetColumns: snippetColumns)
    }
  }

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
  ///
  /// - Parameters:
  ///   - query: which articles, in what order.
  ///   - bestFirst: whether the best come first where words decide, as in ``search(_:snippetColumns:)``.
  public func listing(_ query: ArticleQuery, bestFirst: Bool = false) -> Work<ArticleListing> {
    Work { progress in
      let tell: @Sendable (Int, Int) -> Void = {
        progress(WorkProgress(.articles, done: $0, total: $1))
      }
      guard bestFirst else {
        return ArticleListing(
          store, try await store.articleNumbers(query, today: today, progress: tell))
      }
      return ArticleListing(store, try await store.found(query, today: today, progress: tell))
    }
  }

  /// The query in the order of the view that it begins with; as it is where it begins with none.
  public func inOrderOfView(_ query: ArticleQuery) async throws(LibraryError) -> ArticleQuery {
    var first = query.filter
    if case .all(let parts) = query.filter, let part = parts.first { first = part }
    guard case .view(let name) = first, let view = try await view(named: name) else {
      return query
    }
    var query = query
    (query.sort, query.isReversed) = (view.sort, view.isReversed)
    return query
  }
}
