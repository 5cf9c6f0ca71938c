import LibraryStore

/// The operations of the log, the newest last, read as they are asked for: of those that were not
/// read yet only their places are held, so texts of any length take the same memory.
///
/// What a compact removes meanwhile is left out.
public struct LogListing: AsyncSequence, Sendable {
  public typealias Element = LogEntry

  /// How many there were in all when the log was asked, whatever the limit.
  public var count: Int { places.count }
  /// How many of them are listed: the newest.
  public var listedCount: Int { places.indices.count }

  let store: ReplicaStore
  let places: LogPlaces

  public func makeAsyncIterator() -> Iterator { Iterator(store: store, places: places) }

  public struct Iterator: AsyncIteratorProtocol {
    private let store: ReplicaStore
    private let places: LogPlaces
    private var rest: Range<Int>
    private var page: ArraySlice<LogEntry> = []

    fileprivate init(store: ReplicaStore, places: LogPlaces) {
      (self.store, self.places, rest) = (store, places, places.indices)
    }

    /// Throws ``LibraryError``.
    public mutating func next() async throws -> LogEntry? {
      if page.isEmpty {
        // Let go before the next is read.
        page = []
        page = try await nextPage()?[...] ?? []
      }
      return page.popFirst()
    }

    /// Those that are read next, together; nil after the last. Throws ``LibraryError``.
    public mutating func nextPage() async throws -> [LogEntry]? {
      if !page.isEmpty {
        defer { page = [] }
        return Array(page)
      }
      while !rest.isEmpty {
        let numbers = Iterator.length.next(of: rest, length: places.length)
        rest = numbers.upperBound..<rest.upperBound
        let (store, places) = (store, places)
        let entries = try await LibraryError.wrapping {
          try await store.logEntries(at: numbers, of: places)
        }
        if !entries.isEmpty { return entries }
      }
      return nil
    }

    /// Many: a page decodes each frame it needs, which holds as many.
    private static let length = ListingPage(count: 4_096)
  }
}

extension Library {
  /// The operations still in the log, and authored text that was replaced here.
  ///
  /// - Parameters:
  ///   - since: only those stamped at or after these milliseconds since 1970.
  ///   - limit: only the newest so many; nil for all.
  public func log(
    of article: ArticleID? = nil, replica: ReplicaID? = nil, since: Int64 = 0, limit: Int? = nil
  ) async throws(LibraryError) -> LogListing {
    try await LibraryError.wrapping {
      LogListing(
        store: store,
        places: try await store.logPlaces(
          of: article?.entity, replica: replica, since: since, limit: limit))
    }
  }
}
