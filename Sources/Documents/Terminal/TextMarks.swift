/// Finds the marked passages of a text while its blocks go by, so that nothing of it is held.
struct TextMarks {
  /// Ascending, and none touches the next.
  private let passages: [Range<Int>]
  /// The first passage that has not ended yet.
  private var next = 0
  private var frame = PlainTextFrame()
  /// How many scalars of the plain text have gone by.
  private var scalars = 0

  /// - Parameter passages: in scalars of the plain text, in any order; they may overlap.
  init(_ passages: [Range<Int>]) {
    var joined: [Range<Int>] = []
    for passage in passages.sorted(by: { $0.lowerBound < $1.lowerBound }) where !passage.isEmpty {
      if let last = joined.last, passage.lowerBound <= last.upperBound {
        joined[joined.count - 1] =
          last.lowerBound..<max(last.upperBound, passage.upperBound)
      } else {
        joined.append(passage)
      }
    }
    self.passages = joined
  }

  var isEmpty: Bool { passages.isEmpty }

  /// To be called with each block before its runs.
  mutating func begin(_ block: TextBlock) {
    guard !isEmpty, !block.isContinuation else { return }
    scalars += frame.beginning(of: block).unicodeScalars.count
  }

  /// The pieces of a run's text, each marked as a whole or not at all. No character is cut: one is
  /// marked where any of its scalars is.
  mutating func pieces(of text: String) -> [(text: Substring, isMarked: Bool)] {
    guard !isEmpty else { return [(text[...], false)] }
    let count = PlainTextCount(text, linePrefix: frame.linePrefix)
    let end = scalars + count.scalars
    defer { scalars = end }
    pass(scalars)
    guard next < passages.count, passages[next].lowerBound < end else {
      return [(text[...], false)]
    }
    return cut(text)
  }

  /// Passes over the passages that end before a scalar, or at it.
  private mutating func pass(_ scalar: Int) {
    while next < passages.count, passages[next].upperBound <= scalar { next += 1 }
  }

  private mutating func cut(_ text: String) -> [(text: Substring, isMarked: Bool)] {
    let prefixCount = frame.linePrefix.unicodeScalars.count
    var pieces: [(text: Substring, isMarked: Bool)] = []
    var (start, place, wasMarked) = (text.startIndex, scalars, false)
    for index in text.indices {
      let character = text[index]
      let end = place + character.unicodeScalars.count
      pass(place)
      let isMarked = next < passages.count && passages[next].lowerBound < end
      if isMarked != wasMarked, index > start {
        pieces.append((text[start..<index], wasMarked))
        start = index
      }
      wasMarked = isMarked
      place = character.unicodeScalars.last == "\n" ? end + prefixCount : end
    }
    if start < text.endIndex { pieces.append((text[start...], wasMarked)) }
    return pieces
  }
}

/// How many scalars a run's text takes in the plain text.
private struct PlainTextCount {
  let scalars: Int

  /// - Parameter linePrefix: what stands there behind each line end.
  init(_ text: String, linePrefix: String) {
    let prefixCount = linePrefix.unicodeScalars.count
    var scalars = 0
    for byte in text.utf8 {
      if byte & 0xC0 != 0x80 { scalars += 1 }
      if byte == 0x0A { scalars += prefixCount }
    }
    self.scalars = scalars
  }
}
