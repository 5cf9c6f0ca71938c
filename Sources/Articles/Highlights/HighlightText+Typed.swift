extension HighlightText {
  /// Calls `body` with each place, in scalars and ascending, where a passage stands as somebody typed
  /// it: a run of white space in it stands for any run of white space, and that at its ends for
  /// nothing; so does one with a line break between characters of scripts without spaces, which a
  /// terminal puts into what is copied from it. Until it returns false.
  package func walkPlaces(typed passage: String, _ body: (Range<Int>) -> Bool) {
    var pattern: [Unicode.Scalar] = []
    var lines = LineCollapse()
    for scalar in passage.unicodeScalars where !scalar.properties.isWhitespace || !pattern.isEmpty {
      switch lines.take(scalar) {
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
      guard case .scalar(let space) = lines.take(scalar) else {
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

  mutating func take(_ scalar: Unicode.Scalar) -> Step {
    if scalar.properties.isWhitespace {
      isAfterSpace = true
      if scalar == "\n" || scalar == "\r" { isAfterBreak = true }
      return .white
    }
    defer { (last, isAfterSpace, isAfterBreak) = (scalar, false, false) }
    guard isAfterSpace else { return .scalar(.none) }
    let closesUp = isAfterBreak && (last.map { $0.closesUp(to: scalar) } ?? false)
    return .scalar(closesUp ? .none : .one)
  }
}

extension Unicode.Scalar {
  /// Whether a line break between the two is no space (Protocol 5.10).
  fileprivate func closesUp(to next: Unicode.Scalar) -> Bool {
    isEastAsian ? next.isEastAsian || next.isShared : isShared && next.isEastAsian
  }

  private var isEastAsian: Bool {
    switch value {
    case 0x2E80...0x2FDF, 0x2FF0...0x312F, 0x3190...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  private var isShared: Bool {
    switch value {
    case 0xB7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026: true
    default: false
    }
  }
}
