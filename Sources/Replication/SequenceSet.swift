/// A set of sequences as sorted, disjoint, non-adjacent closed ranges.
public struct SequenceSet: Hashable, Sendable {
  public private(set) var ranges: [ClosedRange<UInt64>]

  public init() { ranges = [] }

  public init(_ range: ClosedRange<UInt64>) { ranges = [range] }

  /// Accepts ranges in any order, overlapping or touching.
  public init(_ ranges: some Sequence<ClosedRange<UInt64>>) {
    self.ranges = SequenceSet.normalized(ranges.sorted { $0.lowerBound < $1.lowerBound })
  }

  /// Takes ranges as they are, which must ascend and leave a gap between each other.
  public init(ascending ranges: [ClosedRange<UInt64>]) { self.ranges = ranges }

  /// Accepts single sequences in any order.
  public init(sequences: some Sequence<UInt64>) {
    self.init(sequences.map { $0...$0 })
  }

  public var isEmpty: Bool { ranges.isEmpty }

  /// How many sequences are in the set.
  public var count: UInt64 { ranges.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) + 1 } }

  public var last: UInt64? { ranges.last?.upperBound }

  /// The last sequence before the first gap: 0 where 1 is not in the set.
  public var unbrokenEnd: UInt64 {
    guard let first = ranges.first, first.lowerBound <= 1 else { return 0 }
    return first.upperBound
  }

  public func contains(_ sequence: UInt64) -> Bool {
    guard let range = range(notBelow: sequence) else { return false }
    return range.lowerBound <= sequence
  }

  /// Whether every sequence of the range is in the set.
  public func contains(_ other: ClosedRange<UInt64>) -> Bool {
    guard let range = range(notBelow: other.lowerBound) else { return false }
    return range.lowerBound <= other.lowerBound && other.upperBound <= range.upperBound
  }

  public func isSuperset(of other: SequenceSet) -> Bool { other.ranges.allSatisfy(contains) }

  /// Whether any sequence of the range is in the set.
  public func overlaps(_ other: ClosedRange<UInt64>) -> Bool {
    guard let range = range(notBelow: other.lowerBound) else { return false }
    return range.lowerBound <= other.upperBound
  }

  public func union(_ other: SequenceSet) -> SequenceSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return SequenceSet(ranges + other.ranges)
  }

  public mutating func formUnion(_ other: SequenceSet) { self = union(other) }

  public func subtracting(_ other: SequenceSet) -> SequenceSet {
    var kept: [ClosedRange<UInt64>] = []
    var holes = other.ranges[...]
    for range in ranges {
      var start = range.lowerBound
      while let hole = holes.first, hole.upperBound < start { holes.removeFirst() }
      var ahead = holes
      while let hole = ahead.first, hole.lowerBound <= range.upperBound, start <= range.upperBound {
        if hole.lowerBound > start { kept.append(start...(hole.lowerBound - 1)) }
        start = hole.upperBound + 1
        ahead.removeFirst()
      }
      if start <= range.upperBound { kept.append(start...range.upperBound) }
    }
    var result = SequenceSet()
    result.ranges = kept
    return result
  }

  public func intersection(_ other: SequenceSet) -> SequenceSet {
    subtracting(subtracting(other))
  }
}

extension SequenceSet {
  /// The first range that ends at or after `sequence`.
  private func range(notBelow sequence: UInt64) -> ClosedRange<UInt64>? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < sequence { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count ? ranges[low] : nil
  }

  private static func normalized(_ sorted: [ClosedRange<UInt64>]) -> [ClosedRange<UInt64>] {
    var result: [ClosedRange<UInt64>] = []
    result.reserveCapacity(sorted.count)
    for range in sorted {
      if let last = result.last, range.lowerBound <= last.upperBound &+ 1 {
        if range.upperBound > last.upperBound {
          result[result.count - 1] = last.lowerBound...range.upperBound
        }
      } else {
        result.append(range)
      }
    }
    return result
  }
}
