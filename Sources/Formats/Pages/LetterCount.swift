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

  /// Counts the letters of a text but for those of web addresses in it, and of tags if it has any.
  mutating func add(_ text: ArraySlice<UInt8>, isMarkup: Bool = false) {
    text.withUnsafeBufferPointer { text in
      var markup = MarkupSkipping(text)
      var index = 0
      while index < text.count, !isEnough {
        let lead = text[index]
        if lead >= 0xC0 {
          index = takeScalar(text, at: index)
        } else if lead.isASCIILetter {
          index = takeWord(text, at: index)
        } else if isMarkup, lead == UInt8(ascii: "<"), let end = markup.end(from: index) {
          index = end
        } else {
          index += 1
          if lead == UInt8(ascii: ":"), text[index...].starts(with: "//".utf8) {
            index = LetterCount.endOfAddress(text, from: index)
          }
        }
      }
    }
  }
}

extension LetterCount {
  private typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Counts a word and returns where it ends.
  private mutating func takeWord(_ text: Bytes, at start: Int) -> Int {
    var packed: UInt64 = 0
    var end = start
    while end < text.count, text[end].isASCIILetter {
      packed = packed << 8 | UInt64(text[end].asciiLowercased)
      end += 1
    }
    latin += end - start
    words += 1
    if end - start <= 5, LetterCount.englishWords.contains(packed) { englishWords += 1 }
    return end
  }

  /// Where an address ends whose scheme ends at `start`.
  private static func endOfAddress(_ text: Bytes, from start: Int) -> Int {
    var end = start
    while end < text.count, text[end] > 0x20, text[end] < 0x80, text[end] != UInt8(ascii: ")"),
      text[end] != UInt8(ascii: ">")
    {
      end += 1
    }
    return end
  }

  /// Counts a character beyond ASCII and returns where it ends.
  private mutating func takeScalar(_ text: Bytes, at start: Int) -> Int {
    let lead = text[start]
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    let end = min(start + length, text.count)
    var scalar = Int(lead & (0xFF >> UInt8(length + 1)))
    for index in (start + 1)..<end { scalar = scalar << 6 | Int(text[index] & 0x3F) }
    count(scalar)
    return end
  }

  private mutating func count(_ scalar: Int) {
    switch scalar {
    case 0x4E00...0x9FFF:
      han += 1
      chinese.add(scalar)
    case 0xC0...0x24F: latin += 1
    case 0x370..<0x2000: other += 1
    case 0x3041...0x30FF: kana += 1
    case 0x3400...0x4DBF, 0x20000...0x323AF: han += 1
    case 0xAC00...0xD7A3: hangul += 1
    default: break
    }
  }

  /// English words that no other language in Latin letters uses as often.
  private static let englishWords: [UInt64] = [
    "the", "of", "and", "to", "that", "with", "this", "are", "from", "have", "been", "which",
    "were",
  ].map { (word: StaticString) in
    word.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
  }
}
