/// A text taken apart for ``TextRecoding``: its markup, and the characters that stand between.
struct TextParts {
  /// What is ASCII, with a byte from 0x80 for each run of characters.
  private(set) var markup: [UInt8] = []
  /// The characters of all runs, each by its scalar's number in `census`.
  private(set) var characters: [UInt16] = []
  private(set) var census = ScalarCensus()
  private var runs = 0

  /// Nil where `text` is not well-formed UTF-8, or has more scalars than a table holds.
  init?(_ text: [UInt8]) {
    var isText = false
    markup = [UInt8](unsafeUninitializedCapacity: text.count) { markup, markupCount in
      characters = [UInt16](unsafeUninitializedCapacity: text.count) { characters, characterCount in
        text.withUnsafeBufferPointer { text in
          var splitting = TextSplitting(text, markup: markup, characters: characters)
          isText = splitting.run(census: &census)
          markupCount = splitting.markupCount
          characterCount = splitting.characterCount
          runs = splitting.runs
        }
      }
    }
    guard isText else { return nil }
  }

  /// Characters that stand alone among ASCII, as in German or Vietnamese, cost a byte of markup
  /// each, and zlib does better on words that stay in one piece.
  var isWorthRecoding: Bool { runs > 0 && characters.count >= 2 * runs }
}

/// The loop that takes a text apart.
///
/// Its buffers are unsafe since it sees each byte of an import: both outputs have room for as many
/// elements as the text has bytes, and no step writes more than it reads.
private struct TextSplitting {
  private let text: UnsafeBufferPointer<UInt8>
  private let markup: UnsafeMutableBufferPointer<UInt8>
  private let characters: UnsafeMutableBufferPointer<UInt16>
  private(set) var markupCount = 0
  private(set) var characterCount = 0
  /// Those that ASCII begins are not counted: none does.
  private(set) var runs = 0
  /// The length of the run that is under way.
  private var run = 0

  init(
    _ text: UnsafeBufferPointer<UInt8>, markup: UnsafeMutableBufferPointer<UInt8>,
    characters: UnsafeMutableBufferPointer<UInt16>
  ) {
    self.text = text
    self.markup = markup
    self.characters = characters
  }

  mutating func run(census: inout ScalarCensus) -> Bool {
    var at = 0
    while at < text.count {
      if text[at] < 0x80 {
        let end = run == 0 ? at : bridgeEnd(from: at)
        if end == at {
          appendMarkup(text[at])
          at += 1
        }
        while at < end {
          guard let number = census.add(UInt32(text[at])) else { return false }
          append(number)
          at += 1
        }
      } else {
        guard let (scalar, length) = scalar(at: at), let number = census.add(scalar) else {
          return false
        }
        if run == 0 { runs += 1 }
        append(number)
        at += length
      }
    }
    return true
  }
}

extension TextSplitting {
  @inline(__always)
  private mutating func appendMarkup(_ byte: UInt8) {
    markup[markupCount] = byte
    markupCount += 1
    run = 0
  }

  @inline(__always)
  private mutating func append(_ number: UInt16) {
    characters[characterCount] = number
    characterCount += 1
    if run % 128 == 0 {
      markup[markupCount] = 0x80
      markupCount += 1
    } else {
      markup[markupCount - 1] += 1
    }
    run += 1
  }

  /// Up to four blanks, digits and the like within a sentence, which cost less as characters of
  /// its run than as markup between two; `at` where another run does not follow at once.
  private func bridgeEnd(from at: Int) -> Int {
    var end = at
    while end < text.count, end - at <= 4, TextSplitting.isBridge(text[end]) { end += 1 }
    return end < text.count && end - at <= 4 && text[end] >= 0x80 ? end : at
  }

  /// `0123456789 .,-:()`, as a set of bits.
  private static let bridges: UInt64 = "0123456789 .,-:()".utf8.reduce(0) { $0 | 1 << $1 }

  @inline(__always)
  private static func isBridge(_ byte: UInt8) -> Bool {
    byte < 64 && bridges >> byte & 1 == 1
  }

  /// The scalar whose UTF-8 begins here and its length, or nil (Unicode, table 3-7).
  @inline(__always)
  private func scalar(at start: Int) -> (UInt32, Int)? {
    let first = UInt32(text[start])
    switch first {
    case 0xc2..<0xe0:
      guard let last = tail(start + 1) else { return nil }
      return ((first & 0x1f) << 6 | last, 2)
    case 0xe0..<0xf0:
      guard let middle = tail(start + 1), let last = tail(start + 2) else { return nil }
      let scalar = (first & 0x0f) << 12 | middle << 6 | last
      return scalar < 0x800 || scalar >> 11 == 0x1b ? nil : (scalar, 3)
    case 0xf0..<0xf5:
      guard let second = tail(start + 1), let third = tail(start + 2), let last = tail(start + 3)
      else { return nil }
      let scalar = (first & 0x07) << 18 | second << 12 | third << 6 | last
      return scalar < 0x10000 || scalar > 0x10ffff ? nil : (scalar, 4)
    default: return nil
    }
  }

  /// The six bits of a byte that goes on with a character.
  @inline(__always)
  private func tail(_ at: Int) -> UInt32? {
    guard at < text.count, text[at] & 0xc0 == 0x80 else { return nil }
    return UInt32(text[at] & 0x3f)
  }
}
