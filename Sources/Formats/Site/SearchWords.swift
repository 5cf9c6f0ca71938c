/// Words as the script of a site looks for them, which parts and numbers them in the same way.
///
/// A word is a run of letters, marks and digits in small letters. Of Chinese, Japanese and Korean, any
/// two that stand together are one.
enum SearchWords {
  /// Numbers of the words in a text, each once, in no order.
  static func numbers(in text: String) -> Set<UInt32> {
    var numbers: Set<UInt32> = []
    var word = Hash()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      let isWide = isWide(scalar.value)
      guard isLetter(scalar), !isWide else {
        if let number = word.take() { numbers.insert(number) }
        if isWide, isLetter(scalar) {
          if let previous {
            word.add(previous)
            word.add(scalar)
            if let number = word.take() { numbers.insert(number) }
          }
          previous = scalar
        } else {
          previous = nil
        }
        continue
      }
      previous = nil
      if scalar.value < 0x80 {
        word.add(UInt16(scalar.properties.isUppercase ? scalar.value + 32 : scalar.value))
      } else {
        for lower in scalar.properties.lowercaseMapping.unicodeScalars { word.add(lower) }
      }
    }
    if let number = word.take() { numbers.insert(number) }
    return numbers
  }

  private static func isWide(_ value: UInt32) -> Bool {
    (0x2E80...0x9FFF).contains(value) || (0xAC00...0xD7AF).contains(value)
      || (0xF900...0xFAFF).contains(value) || (0x20000...0x3FFFF).contains(value)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 {
      return (0x61...0x7A).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
        || (0x30...0x39).contains(scalar.value)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }

  /// FNV-1a of 32 bits, over units of UTF-16 as a script has them.
  private struct Hash {
    private var value: UInt32 = 2_166_136_261
    private var isEmpty = true

    mutating func add(_ scalar: Unicode.Scalar) {
      for unit in UTF16.encode(scalar) ?? .init() { add(unit) }
    }

    mutating func add(_ unit: UInt16) {
      value = (value ^ UInt32(unit)) &* 16_777_619
      isEmpty = false
    }

    /// The number of the word, after which the next one begins.
    mutating func take() -> UInt32? {
      defer { self = Hash() }
      return isEmpty ? nil : value
    }
  }
}
