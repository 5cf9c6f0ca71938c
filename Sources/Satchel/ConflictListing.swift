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

  public func makeAsyncIterator() -> Iterator { Iterator(store: store, places: places) }

  public struct Iterator: AsyncIteratorProtocol {
    private let store: ReplicaStore
    private let places: ConflictPlaces
    private var rest: Range<Int>
    private var page: ArraySlice<Conflict> = []
    private var last: Conflict?

    fileprivate init(store: ReplicaStore, places: ConflictPlaces) {
      (self.store, self.places, rest) = (store, places, places.indices)
    }

    /// Throws ``LibraryError``.
    public mutating func next() async throws -> Conflict? {
      if page.isEmpty {
        // Let go before the next is read.
        page = []
        page = try await nextPage()?[...] ?? []
      }
      return page.popFirst()
    }

    /// Those that are read next, together; nil after the last. Throws ``LibraryError``.
    public mutating func nextPage() async throws -> [Conflict]? {
      if !page.isEmpty {
        defer { page = [] }
        return Array(page)
      }
      while !rest.isEmpty {
        let numbers = Iterator.length.next(of: rest, length: places.length)
        rest = numbers.upperBound..<rest.upperBound
        let (store, places, last) = (store, places, last)
        let conflicts = try await LibraryError.wrapping {
          try await store.conflicts(at: numbers, of: places, after: last)
        }
        if !conflicts.isEmpty {
          self.last = conflicts.last
          return conflicts
        }
      }
      return nil
    }

    private static let length = ListingPage(count: 256)
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
