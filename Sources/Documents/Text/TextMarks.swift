/// Finds the marked passages of a text while its blocks go by, so that nothing of it is held.
struct TextMarks {
  /// A passage, and its number among those that were given.
  private typealias Passage = (range: Range<Int>, number: Int)

  /// In the order in which they begin; of those that begin together the longest first.
  private let passages: [Passage]
  /// The first passage that has not begun yet.
  private var next = 0
  /// Those that have begun and not ended.
  private var open: [Passage] = []
  private var frame = PlainTextFrame()
  /// How many scalars of the plain text have gone by.
  private var scalars = 0

  /// A piece of a text with the numbers of the passages in which all of it stands, outermost first.
  typealias Piece = (text: Substring, passages: [Int])

  /// - Parameter passages: in scalars of the plain text, in any order; they may overlap.
  init(_ passages: [Range<Int>]) {
    self.passages = passages.enumerated().map { (range: $1, number: $0) }
      .filter { !$0.range.isEmpty }
      .sorted {
        ($0.range.lowerBound, -$0.range.upperBound, $0.number)
          < ($1.range.lowerBound, -$1.range.upperBound, $1.number)
      }
  }

  /// The same passages for a reader to whom they are all alike: those that overlap or touch are one.
  init(joining passages: [Range<Int>]) {
    var joined: [Range<Int>] = []
    for passage in passages.sorted(by: { $0.lowerBound < $1.lowerBound }) where !passage.isEmpty {
      if let last = joined.last, passage.lowerBound <= last.upperBound {
        joined[joined.count - 1] =
          last.lowerBound..<max(last.upperBound, passage.upperBound)
      } else {
        joined.append(passage)
      }
    }
    self.init(joined)
  }

  var isEmpty: Bool { passages.isEmpty }

  /// To be called with each block before its runs.
  mutating func begin(_ block: TextBlock) {
    guard !isEmpty, !block.isContinuation else { return }
    scalars += frame.beginning(of: block).unicodeScalars.count
  }

  /// The pieces of a run's text. No character is cut: one is in a passage where any of its scalars is.
  mutating func pieces(of text: String) -> [Piece] {
    guard !isEmpty else { return [(text[...], [])] }
    let count = PlainTextCount(text, linePrefix: frame.linePrefix)
    let end = scalars + count.scalars
    defer { scalars = end }
    pass(scalars)
    guard nextChange < end else { return [(text[...], open.map(\.number))] }
    return cut(text)
  }

  /// Where a passage begins or ends next; what begins inside of a character begins with it.
  private var nextChange: Int {
    let begins = next < passages.count ? passages[next].range.lowerBound : .max
    return open.reduce(begins) { min($0, $1.range.upperBound) }
  }

  /// Passes over the passages that end before a scalar, or at it.
  private mutating func pass(_ scalar: Int) {
    open.removeAll { $0.range.upperBound <= scalar }
  }

  /// Opens the passages that begin before a scalar and end after another one.
  private mutating func open(before end: Int, after start: Int) {
    while next < passages.count, passages[next].range.lowerBound < end {
      if passages[next].range.upperBound > start { open.append(passages[next]) }
      next += 1
    }
  }

  private mutating func cut(_ text: String) -> [Piece] {
    let prefixCount = frame.linePrefix.unicodeScalars.count
    var pieces: [Piece] = []
    var (start, place, change) = (text.startIndex, scalars, Int.min)
    var around: [Int] = []
    for index in text.indices {
      let character = text[index]
      let end = place + character.unicodeScalars.count
      if change < end {
        pass(place)
        open(before: end, after: place)
        change = nextChange
        let now = open.map(\.number)
        if now != around, index > start {
          pieces.append((text[start..<index], around))
          start = index
        }
        around = now
      }
      place = character.unicodeScalars.last == "\n" ? end + prefixCount : end
    }
    if start < text.endIndex { pieces.append((text[start...], around)) }
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
