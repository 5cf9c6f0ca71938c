/// Reads a listing in pages, so that a list of any length takes the same memory.
struct ListingPages<Element: Sendable>: Sendable {
  /// How much is read at once: so many entries, and no more of their texts than `bytes` beyond the
  /// first.
  private let count: Int
  private let bytes: Int
  /// How long the texts of an entry are.
  private let length: @Sendable (Int) -> Int
  private let read: @Sendable (Range<Int>, _ previous: Element?) async throws -> [Element]
  private var rest: Range<Int>
  private var page: ArraySlice<Element> = []
  private var previous: Element?

  /// - Parameters:
  ///   - rest: the numbers of the entries.
  ///   - read: the entries of some of the numbers, without those that have gone; is told which entry
  ///     was read before them.
  init(
    _ rest: Range<Int>, count: Int, bytes: Int = 4 << 20,
    length: @escaping @Sendable (Int) -> Int = { _ in 0 },
    read: @escaping @Sendable (Range<Int>, _ previous: Element?) async throws -> [Element]
  ) {
    (self.rest, self.count, self.bytes) = (rest, count, bytes)
    (self.length, self.read) = (length, read)
  }

  /// The next entry; nil after the last. Throws ``LibraryError``.
  mutating func next() async throws(LibraryError) -> Element? {
    if page.isEmpty {
      // Let go before the next is read.
      page = []
      page = try await nextPage()?[...] ?? []
    }
    return page.popFirst()
  }

  /// Those that are read next, together; nil after the last. Throws ``LibraryError``.
  mutating func nextPage() async throws(LibraryError) -> [Element]? {
    if !page.isEmpty {
      defer { page = [] }
      return Array(page)
    }
    while !rest.isEmpty {
      let numbers = nextNumbers
      rest = numbers.upperBound..<rest.upperBound
      let (read, previous) = (read, previous)
      let entries = try await LibraryError.wrapping { try await read(numbers, previous) }
      guard entries.isEmpty else {
        self.previous = entries.last
        return entries
      }
    }
    return nil
  }

  /// At least one, unless nothing is left.
  private var nextNumbers: Range<Int> {
    var (end, sum) = (rest.lowerBound, 0)
    while end < rest.upperBound, end - rest.lowerBound < count {
      sum += length(end)
      if sum > bytes, end > rest.lowerBound { break }
      end += 1
    }
    return rest.lowerBound..<end
  }
}
