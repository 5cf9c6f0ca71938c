import Documents

/// How many letters of which scripts the beginning of a text has.
///
/// Scripts are ranges of code points, so that no version of Unicode's tables matters.
struct LetterCount {
  private(set) var latin = 0
  private(set) var han = 0
  private(set) var kana = 0
  private(set) var hangul = 0
  /// Of Greek, Cyrillic, Arabic and all other scripts below U+2000.
  private(set) var other = 0
  private(set) var chinese = ChineseScript()
  private var words = 0
  private var englishWords = 0

  /// Whether there is enough to be certain; the rest of a long page is not looked at.
  var isEnough: Bool { han + kana + hangul >= 2_000 || latin + other >= 10_000 }

  /// Whether the words in Latin letters are English: a tenth of them are among its most common.
  var isEnglish: Bool { words > 0 && englishWords * 10 >= words }

  /// Counts the letters of a text but for those of web addresses in it.
  mutating func add(_ text: ArraySlice<UInt8>) {
    var rest = text
    while let lead = rest.first, !isEnough {
      switch lead {
      case 0x00..<0x80 where lead.isASCIILetter: takeWord(from: &rest)
      case UInt8(ascii: ":") where rest.hasPrefix("://"): LetterCount.skipAddress(in: &rest)
      case 0x00..<0xC0: rest = rest.dropFirst()
      default: takeScalar(lead, from: &rest)
      }
    }
  }
}

extension LetterCount {
  private mutating func takeWord(from rest: inout ArraySlice<UInt8>) {
    var packed: UInt64 = 0
    var length = 0
    while let byte = rest.first, byte.isASCIILetter {
      packed = packed << 8 | UInt64(byte.asciiLowercased)
      length += 1
      rest = rest.dropFirst()
    }
    latin += length
    words += 1
    if length <= 5, LetterCount.englishWords.contains(packed) { englishWords += 1 }
  }

  /// The rest of an address, behind its scheme.
  private static func skipAddress(in rest: inout ArraySlice<UInt8>) {
    rest = rest.drop {
      $0 > 0x20 && $0 < 0x80 && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: ">")
    }
  }

  private mutating func takeScalar(_ lead: UInt8, from rest: inout ArraySlice<UInt8>) {
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    let initial = Int(lead & (0xFF >> UInt8(length + 1)))
    let scalar = rest.prefix(length).dropFirst().reduce(initial) { $0 << 6 | Int($1 & 0x3F) }
    rest = rest.dropFirst(length)
    switch scalar {
    case 0xC0...0x24F: latin += 1
    case 0x370..<0x2000: other += 1
    case 0x3041...0x30FF: kana += 1
    case 0x3400...0x4DBF, 0x20000...0x323AF: han += 1
    case 0x4E00...0x9FFF:
      han += 1
      chinese.add(scalar)
    case 0xAC00...0xD7A3: hangul += 1
    default: break
    }
  }

  /// English words that no other language in Latin letters uses as often.
  private static let englishWords: Set<UInt64> = Set(
    [
      "the", "of", "and", "to", "that", "with", "this", "are", "from", "have", "been", "which",
      "were",
    ].map { (word: StaticString) in
      word.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
    })
}
