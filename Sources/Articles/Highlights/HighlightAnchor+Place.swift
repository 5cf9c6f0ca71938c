extension HighlightAnchor {
  /// The place in a plain text, in scalars; nil where there is none, or none that is certain: then the
  /// highlight is an orphan (Protocol 5.12).
  package func place(in text: HighlightText) -> Range<Int>? {
    placeCountingSteps(in: text).place
  }

  /// Takes time linear in the text and the quote, however often it stands there.
  func placeCountingSteps(in text: HighlightText) -> (place: Range<Int>?, steps: Int) {
    let quote = Array(self.quote.utf8)
    guard !quote.isEmpty else { return (nil, 0) }
    if let place = notedPlace(of: quote, in: text) { return (place, quote.count) }
    var search = PatternSearch(quote)
    var fits = NeighborFits(prefix: Array(prefix.utf8), suffix: Array(suffix.utf8))
    for (offset, byte) in text.bytes.enumerated() where search.take(byte) {
      fits.take(offset + 1 - quote.count..<offset + 1, of: text.bytes)
      // Two places that fit in everything stay two, whatever follows.
      if fits.isHopeless { break }
    }
    let place = fits.best.map {
      text.scalar(at: $0.lowerBound)..<text.scalar(at: $0.upperBound)
    }
    return (place, search.steps + fits.steps)
  }

  /// Where it was made, if this is the text it was made in and the quote stands there.
  private func notedPlace(of quote: [UInt8], in text: HighlightText) -> Range<Int>? {
    guard body == text.body, textVersion == text.version, start < end,
      let first = text.offset(ofScalar: start), let last = text.offset(ofScalar: end),
      text.bytes[first..<last].elementsEqual(quote)
    else { return nil }
    return start..<end
  }
}

/// Which of several places has the neighbors that are looked for.
private struct NeighborFits {
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let most: Int
  private var found: (place: Range<Int>, fit: Int)?
  /// Whether another place fits as well.
  private var isTied = false
  private(set) var steps = 0

  init(prefix: [UInt8], suffix: [UInt8]) {
    (self.prefix, self.suffix) = (prefix, suffix)
    most = prefix.count { $0.beginsScalar } + suffix.count { $0.beginsScalar }
  }

  var best: Range<Int>? { isTied ? nil : found?.place }
  var isHopeless: Bool { isTied && found?.fit == most }

  mutating func take(_ place: Range<Int>, of text: [UInt8]) {
    let fit = scalarsBefore(place.lowerBound, text) + scalarsBehind(place.upperBound, text)
    guard let found, fit <= found.fit else {
      (self.found, isTied) = ((place, fit), false)
      return
    }
    if fit == found.fit { isTied = true }
  }

  /// How many scalars before an offset are those of the prefix's end.
  private mutating func scalarsBefore(_ offset: Int, _ text: [UInt8]) -> Int {
    var (count, bytes) = (0, 0)
    while bytes < min(prefix.count, offset) {
      let byte = prefix[prefix.count - 1 - bytes]
      guard text[offset - 1 - bytes] == byte else { break }
      if byte.beginsScalar { count += 1 }
      bytes += 1
    }
    steps += bytes + 1
    return count
  }

  /// How many scalars behind an offset are those of the suffix's beginning.
  private mutating func scalarsBehind(_ offset: Int, _ text: [UInt8]) -> Int {
    var (count, bytes) = (0, 0)
    while bytes < min(suffix.count, text.count - offset) {
      let byte = suffix[bytes]
      guard text[offset + bytes] == byte else { break }
      if byte.beginsScalar { count += 1 }
      bytes += 1
    }
    steps += bytes + 1
    // Of the scalar in which the two differ the first bytes may be the same.
    let isCut = bytes < suffix.count && !suffix[bytes].beginsScalar
    return isCut ? count - 1 : count
  }
}
