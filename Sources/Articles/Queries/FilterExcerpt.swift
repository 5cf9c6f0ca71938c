/// Where a query is wrong: the place, and what stands around it.
public struct FilterExcerpt: Sendable, Hashable {
  /// What stands before the place; of a long query its end.
  public let before: String
  /// The place itself; empty where something is missing.
  public let place: String
  /// What stands behind it; of a long query its beginning.
  public let after: String

  /// How much of a long query stands on either side, in Unicode scalars.
  fileprivate static let context = 40
}

extension FilterError {
  /// The place of the error in what was read.
  public var excerpt: FilterExcerpt {
    let scalars = Array(text.unicodeScalars)
    let start = min(place.lowerBound, scalars.count)
    let end = max(start, min(place.upperBound, scalars.count))
    let first = max(0, start - FilterExcerpt.context)
    let last = min(scalars.count, end + FilterExcerpt.context)
    func part(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    return FilterExcerpt(
      before: (first > 0 ? "…" : "") + part(first..<start), place: part(start..<end),
      after: part(end..<last) + (last < scalars.count ? "…" : ""))
  }
}
