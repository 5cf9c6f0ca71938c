import Foundation

/// What each character is to the search: part of a word, a word of its own, or what stands between
/// words; with case, accents, width and traditional forms folded away.
///
/// A character is worked out when it is first met, and then found in a table: an index is built at
/// the speed of this.
struct SearchAlphabet {
  /// How a character takes part.
  enum Role: UInt32 {
    /// Not looked at yet.
    case unknown
    /// Stands for nothing, wherever it is: soft hyphens, zero-width characters, accents.
    case nothing
    /// Parts words: white space.
    case space
    /// Parts words, and phrases of characters that are words of their own: punctuation.
    case mark
    /// Part of a word.
    case letter
    /// A word of its own: Han, Kana, Hangul, scripts without spaces, emoji.
    case word
    /// Several characters, such as a ligature's letters.
    case several
  }

  /// A role, and the scalar that stands for the character: or which of `sequences` do.
  struct Entry {
    fileprivate let bits: UInt32

    fileprivate init(_ role: Role, _ value: UInt32 = 0) { bits = role.rawValue << 24 | value }
    fileprivate init(bits: UInt32) { self.bits = bits }

    var role: Role { Role(rawValue: bits >> 24) ?? .unknown }
    var value: UInt32 { bits & 0xFF_FFFF }
  }

  /// The basic plane.
  private var table = SearchAlphabet.beginning
  private var sequences: [[Entry]] = []

  /// What every alphabet begins with: the traditional forms.
  private static let beginning = {
    var table = [UInt32](repeating: 0, count: 0x1_0000)
    var scalars = SimplifiedHan.pairs.unicodeScalars.makeIterator()
    while let traditional = scalars.next(), let simplified = scalars.next() {
      table[Int(traditional.value)] = Entry(.word, simplified.value).bits
    }
    return table
  }()

  @inline(__always)
  mutating func entry(of scalar: UInt32) -> Entry {
    if scalar < 0x1_0000 {
      let entry = Entry(bits: table[Int(scalar)])
      if entry.role != .unknown { return entry }
    }
    return workedOut(scalar)
  }

  /// What a character of the role `several` stands for.
  func sequence(_ entry: Entry) -> [Entry] { sequences[Int(entry.value)] }
}

extension SearchAlphabet {
  private mutating func workedOut(_ scalar: UInt32) -> Entry {
    let entry = Unicode.Scalar(scalar).map { folded($0) } ?? Entry(.mark)
    if scalar < 0x1_0000 { table[Int(scalar)] = entry.bits }
    return entry
  }

  private mutating func folded(_ scalar: Unicode.Scalar) -> Entry {
    if scalar.isOwnWord && !scalar.isKana { return Entry(.word, scalar.value) }
    if scalar.properties.isDefaultIgnorableCodePoint { return Entry(.nothing) }
    if scalar.properties.isWhitespace { return Entry(.space) }
    let parts = scalar.foldedScalars.map { folded(part: $0) }.filter { $0.role != .nothing }
    guard parts.count > 1 else { return parts.first ?? Entry(.nothing) }
    // Beyond the basic plane nothing is remembered, and a ligature there is what it begins with.
    guard scalar.value < 0x1_0000 else { return parts[0] }
    sequences.append(parts)
    return Entry(.several, UInt32(sequences.count - 1))
  }

  /// One scalar of a decomposition.
  private mutating func folded(part scalar: Unicode.Scalar) -> Entry {
    if scalar.isAccent { return Entry(.nothing) }
    if scalar.isOwnWord {
      let known = scalar.value < 0x1_0000 ? Entry(bits: table[Int(scalar.value)]) : Entry(.unknown)
      return known.role == .unknown ? Entry(.word, scalar.value) : known
    }
    if scalar.properties.isWhitespace { return Entry(.space) }
    return Entry(scalar.isWordPart ? .letter : .mark, scalar.value)
  }
}

extension Unicode.Scalar {
  /// Compatibility forms, case and accents taken apart.
  fileprivate var foldedScalars: String.UnicodeScalarView {
    let plain = String(self).decomposedStringWithCompatibilityMapping
    // By way of upper case, which alone joins ß with ss and the two small sigmas.
    let small = plain.unicodeScalars.map(\.properties.uppercaseMapping).joined()
      .unicodeScalars.map(\.properties.lowercaseMapping).joined()
    return small.decomposedStringWithCompatibilityMapping.unicodeScalars
  }

  /// Han, Kana, Hangul syllables and the scripts of South-East Asia, which put no spaces between
  /// words or fasten endings to them; and emoji.
  fileprivate var isOwnWord: Bool {
    switch value {
    case 0x0E01...0x0EFF, 0x1000...0x109F, 0x1780...0x17D3, 0x3005...0x3007, 0x3100...0x312F,
      0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x1F1E6...0x1F1FF,
      0x20000...0x3FFFD:
      true
    case 0x2190...0x2BFF, 0x1F000...0x1FAFF:
      properties.isEmoji && !properties.isEmojiModifier
    default: isKana
    }
  }

  /// Characters of their own, whose voicing is folded away: pages write it as one character or two.
  fileprivate var isKana: Bool {
    switch value {
    case 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF: true
    default: false
    }
  }

  /// A mark that words are found without: accents, vowel points, voicing of Kana. The vowel signs
  /// of Indian scripts are letters.
  fileprivate var isAccent: Bool {
    switch value {
    case 0x0300...0x036F, 0x0483...0x0489, 0x0591...0x05C7, 0x0610...0x061A, 0x0640,
      0x064B...0x065F, 0x0670, 0x06D6...0x06ED, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF,
      0x20D0...0x20FF, 0x3099...0x309C, 0xFE20...0xFE2F, 0x1F3FB...0x1F3FF:
      true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  fileprivate var isWordPart: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
