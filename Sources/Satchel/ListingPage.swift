/// How much of a listing is read at once: so many entries, and no more of their texts than these
/// bytes beyond the first.
struct ListingPage {
  let count: Int
  var bytes = 4 << 20

  /// The next of `rest`, at least one unless nothing is left.
  func next(of rest: Range<Int>, length: (Int) -> Int) -> Range<Int> {
    var (end, sum) = (rest.lowerBound, 0)
    while end < rest.upperBound, end - rest.lowerBound < count {
      sum += length(end)
      if sum > bytes, end > rest.lowerBound { break }
      end += 1
    }
    return rest.lowerBound..<end
  }
}
