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

  public func makeAsyncIterator() -> Iterator {
    // Many at once: a page decodes each frame it needs, which holds as many.
    Iterator(
      pages: ListingPages(places.indices, count: 4_096, length: places.length) {
        [store, places] numbers, _ in try await store.logEntries(at: numbers, of: places)
      })
  }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate var pages: ListingPages<LogEntry>

    /// Throws ``LibraryError``.
    public mutating func next() async throws -> LogEntry? { try await pages.next() }

    /// Those that are read next, together; nil after the last. Throws ``LibraryError``.
    public mutating func nextPage() async throws -> [LogEntry]? { try await pages.nextPage() }
  }
}

extension Library {
  /// The operations still in the log, and authored text that was replaced here.
  ///
  /// - Parameters:
  ///   - article: only operations on this one; nil for all.
  ///   - replica: only what this one wrote; nil for all.
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
