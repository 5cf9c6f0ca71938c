/// Cuts text into the tokens that are searched for: words, with case, accents and widths folded
/// away, and each Han character a word of its own. What is indexed and what a person types go
/// through the same, so that what reads alike is found.
///
/// Between characters that are words of their own, punctuation and empty lines leave a token, `¶`:
/// 其中，国家 does not hold 中国.
struct SearchTokens {
  /// The tokens in UTF-8, a space between each two.
  private(set) var bytes: [UInt8] = []
  /// Where each token is, if that is recorded.
  private(set) var places: [Place] = []

  struct Place {
    /// In the tokens' bytes, and in the text's.
    var token: Range<Int>
    var source: Range<Int>
  }

  /// A word counts by its first so many bytes; whole files are found encoded in pages.
  static let wordBytes = 64

  /// The token that parts phrases. No text has it: it is punctuation.
  static let parting = Array("¶".utf8)

  private var alphabet = SearchAlphabet()
  private let recordsPlaces: Bool
  private var last = Last.nothing
  private var gap = Gap.none
  private var lineEnds = 0
  private var wordLength = 0

  private enum Last { case nothing, letter, word }
  private enum Gap { case none, space, mark }

  init(recordingPlaces: Bool = false) {
    recordsPlaces = recordingPlaces
  }

  /// Forgets the tokens, keeping what was learnt of characters.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    (last, gap, lineEnds, wordLength) = (.nothing, .none, 0, 0)
  }

  /// Adds text, as if after punctuation. Bytes that are not UTF-8 are punctuation.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    gap = .mark
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        append(ascii: byte, at: index)
        index += 1
      } else {
        let (scalar, length) = SearchTokens.scalar(in: text, at: index)
        append(alphabet.entry(of: scalar), at: index..<index + length)
        index += length
      }
    }
  }
}

extension SearchTokens {
  @inline(__always)
  private mutating func append(ascii byte: UInt8, at index: Int) {
    switch byte {
    case 0x61...0x7A, 0x30...0x39:
      appendLetter(UInt32(byte), at: index..<index + 1)
    case 0x41...0x5A:
      appendLetter(UInt32(byte | 0x20), at: index..<index + 1)
    case 0x0A:
      lineEnds += 1
      if gap == .none || lineEnds > 1 { gap = lineEnds > 1 ? .mark : .space }
    case 0x20, 0x09, 0x0D:
      if gap == .none { gap = .space }
    default:
      gap = .mark
    }
  }

  private mutating func append(_ entry: SearchAlphabet.Entry, at source: Range<Int>) {
    switch entry.role {
    case .letter: appendLetter(entry.value, at: source)
    case .word: appendWord(entry.value, at: source)
    case .space: if gap == .none { gap = .space }
    case .mark, .unknown: gap = .mark
    case .nothing: break
    case .several: for part in alphabet.sequence(entry) { append(part, at: source) }
    }
  }

  @inline(__always)
  private mutating func appendLetter(_ scalar: UInt32, at source: Range<Int>) {
    if last != .letter || gap != .none {
      begin(at: source)
      wordLength = 0
    }
    last = .letter
    let length = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
    if wordLength + length <= SearchTokens.wordBytes {
      append(scalar)
      wordLength += length
    }
    if recordsPlaces { extend(to: source.upperBound) }
  }

  @inline(__always)
  private mutating func appendWord(_ scalar: UInt32, at source: Range<Int>) {
    if last == .word && gap == .mark {
      begin(at: source.lowerBound..<source.lowerBound)
      bytes += SearchTokens.parting
      if recordsPlaces { extend(to: source.lowerBound) }
    }
    begin(at: source)
    last = .word
    append(scalar)
    if recordsPlaces { extend(to: source.upperBound) }
  }

  @inline(__always)
  private mutating func begin(at source: Range<Int>) {
    if !bytes.isEmpty { bytes.append(0x20) }
    (gap, lineEnds) = (.none, 0)
    if recordsPlaces { places.append(Place(token: bytes.count..<bytes.count, source: source)) }
  }

  private mutating func extend(to end: Int) {
    let place = places[places.count - 1]
    places[places.count - 1] = Place(
      token: place.token.lowerBound..<bytes.count, source: place.source.lowerBound..<end)
  }

  /// Adds a scalar in UTF-8.
  @inline(__always)
  private mutating func append(_ scalar: UInt32) {
    func rest(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
    switch scalar {
    case ..<0x80: bytes.append(UInt8(scalar))
    case ..<0x800:
      bytes.append(0xC0 | UInt8(scalar >> 6))
      bytes.append(rest(0))
    case ..<0x1_0000:
      bytes.append(0xE0 | UInt8(scalar >> 12))
      bytes.append(rest(6))
      bytes.append(rest(0))
    default:
      bytes.append(0xF0 | UInt8(scalar >> 18))
      bytes.append(rest(12))
      bytes.append(rest(6))
      bytes.append(rest(0))
    }
  }

  /// The scalar that begins at `index` with its length; U+FFFD for a byte that is not UTF-8.
  @inline(__always)
  private static func scalar(
    in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (UInt32, Int) {
    let lead = text[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, index + length <= text.count else { return (0xFFFD, 1) }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = text[index + offset]
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    let isShortest = length == 2 || scalar >= (length == 3 ? 0x800 : 0x1_0000)
    guard isShortest, scalar <= 0x10_FFFF, scalar & 0x1F_F800 != 0xD800 else { return (0xFFFD, 1) }
    return (scalar, length)
  }
}
