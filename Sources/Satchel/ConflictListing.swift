import LibraryStore

/// The conflicts, read as they are asked for: of those that were not read yet only their places are
/// held, so texts of any length take the same memory.
///
/// What is settled meanwhile is left out.
public struct ConflictListing: AsyncSequence, Sendable {
  public typealias Element = Conflict

  /// How many there were when they were asked for.
  public var count: Int { places.count }

  let store: ReplicaStore
  let places: ConflictPlaces

  /// The conflict of this number, the first being 0; nil where there are fewer, or it was settled
  /// meanwhile.
  public func conflict(at number: Int) async throws(LibraryError) -> Conflict? {
    guard places.indices.contains(number) else { return nil }
    return try await LibraryError.wrapping {
      try await store.conflicts(at: number..<number + 1, of: places).first
    }
  }

  public func makeAsyncIterator() -> Iterator {
    Iterator(
      pages: ListingPages(places.indices, count: 256, length: places.length) {
        [store, places] in try await store.conflicts(at: $0, of: places, after: $1)
      })
  }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate var pages: ListingPages<Conflict>

    /// Throws ``LibraryError``.
    public mutating func next() async throws -> Conflict? { try await pages.next() }

    /// Those that are read next, together; nil after the last. Throws ``LibraryError``.
    public mutating func nextPage() async throws -> [Conflict]? { try await pages.nextPage() }
  }
}

extension Library {
  /// What an author wrote that is not shown, and articles deleted here and annotated there: the same
  /// on every replica of equal knowledge, in the same order.
  public func conflicts() async throws(LibraryError) -> ConflictListing {
    try await LibraryError.wrapping {
      ConflictListing(store: store, places: try await store.conflictPlaces())
    }
  }
}
