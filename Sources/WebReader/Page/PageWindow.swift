/// Which places of a list a page shows, as the field `from` of its address says.
struct PageWindow: Sendable {
  /// The first is 0.
  let places: Range<Int>
  let count: Int
  /// How many a page shows.
  let length: Int

  init(_ fields: Fields, of count: Int, length: Int = 50) {
    let first = min(max(1, fields.number("from") ?? 1), max(1, count))
    places = first - 1..<min(first - 1 + length, count)
    (self.count, self.length) = (count, length)
  }
}
