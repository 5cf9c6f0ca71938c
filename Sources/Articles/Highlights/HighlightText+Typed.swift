extension HighlightText {
  /// Calls `body` with each place, in scalars and ascending, where a passage stands as somebody typed
  /// it: a run of white space in it stands for any run of white space, and that at its ends for
  /// nothing. Until it returns false.
  package func walkPlaces(typed passage: String, _ body: (Range<Int>) -> Bool) {
    let pattern = HighlightText.collapsed(passage)
    guard !pattern.isEmpty else { return }
    var search = PatternSearch(pattern)
    var gaps = CollapsedGaps()
    // How many scalars there were, and how many of them were looked at.
    var (scalars, kept, afterSpace) = (0, 0, false)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let isSpace = scalar.properties.isWhitespace
      defer { (scalars, afterSpace) = (scalars + 1, isSpace) }
      if isSpace, afterSpace {
        gaps.drop(before: kept)
        continue
      }
      kept += 1
      guard search.take(isSpace ? " " : scalar) else { continue }
      let start = kept - pattern.count
      guard body(start + gaps.count(before: start)..<scalars + 1) else { return }
    }
  }

  /// The scalars of a passage, each run of white space as one space, and none at its ends.
  private static func collapsed(_ passage: String) -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    for scalar in passage.unicodeScalars {
      if !scalar.properties.isWhitespace {
        scalars.append(scalar)
      } else if let last = scalars.last, last != " " {
        scalars.append(" ")
      }
    }
    if scalars.last == " " { scalars.removeLast() }
    return scalars
  }

  /// How often a passage stands in the text as somebody typed it, and where: at the place of this
  /// number, the first being 1, or at the first of all.
  package func places(typed passage: String, number: Int? = nil) -> (count: Int, place: Range<Int>?)
  {
    var (count, place): (Int, Range<Int>?) = (0, nil)
    walkPlaces(typed: passage) {
      count += 1
      if count == number ?? 1 { place = $0 }
      return true
    }
    return (count, place)
  }

  /// The first place of a passage that does not begin before a scalar; else the first of all.
  package func place(typed passage: String, from scalar: Int) -> Range<Int>? {
    var (first, later): (Range<Int>?, Range<Int>?)
    walkPlaces(typed: passage) {
      if first == nil { first = $0 }
      if $0.lowerBound >= scalar { later = $0 }
      return later == nil
    }
    return later ?? first
  }
}

/// How many scalars of white space were dropped before each scalar that was kept.
private struct CollapsedGaps {
  private var gaps: [(kept: Int, dropped: Int)] = []

  mutating func drop(before kept: Int) {
    let dropped = (gaps.last?.dropped ?? 0) + 1
    if gaps.last?.kept == kept {
      gaps[gaps.count - 1].dropped = dropped
    } else {
      gaps.append((kept, dropped))
    }
  }

  /// Before the kept scalar of this number.
  func count(before kept: Int) -> Int {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].kept <= kept { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? gaps[low - 1].dropped : 0
  }
}
