extension HighlightText {
  /// Calls `body` with each place, in scalars and ascending, where a passage stands as somebody typed
  /// it: a run of white space in it stands for any run of white space, and that at its ends for
  /// nothing; so does one with a line break between characters of scripts without spaces, which a
  /// terminal puts into what is copied from it. Until it returns false.
  ///
  /// - Parameter joins: whether a line break between two scalars is no space (Protocol 5.10).
  package func walkPlaces(
    typed passage: String, joining joins: (UInt32, UInt32) -> Bool, _ body: (Range<Int>) -> Bool
  ) {
    var pattern: [Unicode.Scalar] = []
    var lines = LineCollapse()
    for scalar in passage.unicodeScalars where !scalar.properties.isWhitespace || !pattern.isEmpty {
      switch lines.take(scalar, joins) {
      case .white: continue
      case .scalar(let space): pattern += space == .one ? [" ", scalar] : [scalar]
      }
    }
    guard !pattern.isEmpty else { return }
    var search = PatternSearch(pattern)
    var gaps = CollapsedGaps()
    lines = LineCollapse()
    // How many scalars there were, how many of them were looked at, and how much white space waits.
    var (scalars, kept, waiting) = (0, 0, 0)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      defer { scalars += 1 }
      guard case .scalar(let space) = lines.take(scalar, joins) else {
        waiting += 1
        continue
      }
      if space == .one {
        kept += 1
        waiting -= 1
        _ = search.take(" ")
      }
      gaps.drop(waiting, before: kept)
      waiting = 0
      kept += 1
      guard search.take(scalar) else { continue }
      let start = kept - pattern.count
      guard body(start + gaps.count(before: start)..<scalars + 1) else { return }
    }
  }

  /// How often a passage stands in the text as somebody typed it, and where: at the place of this
  /// number, the first being 1, or at the first of all.
  package func places(
    typed passage: String, number: Int? = nil, joining joins: (UInt32, UInt32) -> Bool
  ) -> (count: Int, place: Range<Int>?) {
    var (count, place): (Int, Range<Int>?) = (0, nil)
    walkPlaces(typed: passage, joining: joins) {
      count += 1
      if count == number ?? 1 { place = $0 }
      return true
    }
    return (count, place)
  }

  /// The first place of a passage that does not begin before a scalar; else the first of all.
  package func place(
    typed passage: String, from scalar: Int, joining joins: (UInt32, UInt32) -> Bool
  ) -> Range<Int>? {
    var (first, later): (Range<Int>?, Range<Int>?)
    walkPlaces(typed: passage, joining: joins) {
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

  mutating func drop(_ count: Int, before kept: Int) {
    guard count > 0 else { return }
    let dropped = (gaps.last?.dropped ?? 0) + count
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

/// Tells of each scalar what the white space before it counts as.
private struct LineCollapse {
  private var last: Unicode.Scalar?
  private var (isAfterSpace, isAfterBreak) = (false, false)

  enum Space { case none, one }

  enum Step {
    case white
    /// A scalar that is none, and what stands before it.
    case scalar(Space)
  }

  mutating func take(_ scalar: Unicode.Scalar, _ joins: (UInt32, UInt32) -> Bool) -> Step {
    if scalar.properties.isWhitespace {
      isAfterSpace = true
      if scalar == "\n" || scalar == "\r" { isAfterBreak = true }
      return .white
    }
    defer { (last, isAfterSpace, isAfterBreak) = (scalar, false, false) }
    guard isAfterSpace else { return .scalar(.none) }
    let closesUp = isAfterBreak && (last.map { joins($0.value, scalar.value) } ?? false)
    return .scalar(closesUp ? .none : .one)
  }
}
