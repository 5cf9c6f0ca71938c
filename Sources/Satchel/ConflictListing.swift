import Articles
import LibraryStore
import Replication

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
  /// How many digits tell the replicas apart whose texts are not shown; at least four.
  private let digits: Int

  init(_ store: ReplicaStore, _ places: ConflictPlaces) {
    (self.store, self.places) = (store, places)
    let replicas = Set(places.indices.map { places.dot(at: $0).replica.description })
    digits =
      (4..<32).first { count in Set(replicas.map { $0.prefix(count) }).count == replicas.count }
      ?? 32
  }

  /// A short name for the operation that is not shown, such as `d19f-31`: the first digits of its
  /// replica's id, and its sequence. What else is merged or settled does not change which one it is.
  public func name(of conflict: Conflict) -> String {
    "\(conflict.id.replica.description.prefix(digits))-\(conflict.id.sequence)"
  }

  /// The conflicts of this name, with more or fewer of the digits; none where it names nothing, or
  /// what it names was settled meanwhile.
  public func conflicts(named name: String) async throws(LibraryError) -> [Conflict] {
    let words = name.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard words.count == 2, !words[0].isEmpty, let sequence = UInt64(words[1]) else { return [] }
    var found: [Conflict] = []
    for index in places.indices {
      let dot = places.dot(at: index)
      guard dot.sequence == sequence, dot.replica.description.hasPrefix(words[0]) else { continue }
      if let conflict = try await conflict(at: index) { found.append(conflict) }
    }
    return found
  }

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
      ConflictListing(store, try await store.conflictPlaces())
    }
  }

  /// What is not shown of an article's note, the weakest first.
  public func conflicts(inNoteOf id: ArticleID) async throws(LibraryError) -> [Conflict] {
    try await conflicts(in: RegisterID(id.entity, ArticleField.note))
  }

  /// What is not shown of a highlight's note, the weakest first.
  public func conflicts(inNoteOf id: HighlightID) async throws(LibraryError) -> [Conflict] {
    try await conflicts(in: RegisterID(id.entity, HighlightField.note))
  }

  private func conflicts(in register: RegisterID) async throws(LibraryError) -> [Conflict] {
    try await LibraryError.wrapping { try await store.conflicts(of: register) }
  }
}
