import LibraryStore

/// The articles a query found, read as they are asked for: a list of any length takes the same
/// memory, and texts a member wrote at great length are cut as ``ArticleRow`` says.
public struct ArticleListing: AsyncSequence, Sendable {
  public typealias Element = ArticleRow

  /// How many there were when the query was asked.
  public var count: Int { numbers.count }

  let store: ReplicaStore
  let numbers: [Int64]

  public func makeAsyncIterator() -> Iterator { Iterator(store: store, rest: numbers[...]) }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let store: ReplicaStore
    fileprivate var rest: ArraySlice<Int64>
    private var page: ArraySlice<ArticleRow> = []

    fileprivate init(store: ReplicaStore, rest: ArraySlice<Int64>) {
      self.store = store
      self.rest = rest
    }

    /// Throws ``LibraryError``.
    public mutating func next() async throws -> ArticleRow? {
      while page.isEmpty, !rest.isEmpty {
        let numbers = Array(rest.prefix(Iterator.pageLength))
        rest = rest.dropFirst(numbers.count)
        page = try await LibraryError.wrapping { try await store.listedArticles(numbers)[...] }
      }
      return page.popFirst()
    }

    private static let pageLength = 64
  }
}

extension Library {
  /// Articles that match, as a list shows them.
  public func list(
    _ query: ArticleQuery = ArticleQuery()
  ) async throws(LibraryError) -> ArticleListing {
    try await LibraryError.wrapping {
      ArticleListing(store: store, numbers: try await store.articleNumbers(query))
    }
  }
}
