/// How many columns of a terminal text takes: UAX #11 with the data of Unicode 17.0.
///
/// Wide and fullwidth characters take two columns, combining marks and controls none, and what is
/// ambiguous (`…`, `①`, Greek, Cyrillic) one, as terminals do outside East Asian legacy locales.
public enum DisplayWidth {
  /// The columns of a scalar that stands alone.
  public static func columns(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return isControl(value) ? 0 : 1 }
    if contains(value, in: zeroWidthRanges) { return 0 }
    return contains(value, in: wideRanges) ? 2 : 1
  }

  /// The columns of a grapheme cluster: two for any emoji sequence, never more than two.
  public static func columns(of character: Character) -> Int {
    if character.utf8.count == 1, let byte = character.utf8.first {
      return isControl(UInt32(byte)) ? 0 : 1
    }
    let scalars = character.unicodeScalars
    guard let base = scalars.first else { return 0 }
    if scalars.count == 1 { return columns(of: base) }
    if isEmojiSequence(scalars) { return 2 }
    let sum = scalars.reduce(0) { min($0 + columns(of: $1), 2) }
    // Indic vowel signs stand beside their consonant, though alone they have no width.
    let isSpaced = sum > 0 && scalars.contains { $0.properties.generalCategory == .spacingMark }
    return isSpaced ? 2 : sum
  }

  /// The columns of a line of text.
  public static func columns(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }
}

extension DisplayWidth {
  fileprivate static func isControl(_ value: UInt32) -> Bool {
    value < 0x20 || (0x7F..<0xA0).contains(value)
  }

  /// A pair of regional indicators, or an emoji followed by VS16, a skin tone or a joiner.
  fileprivate static func isEmojiSequence(_ scalars: Character.UnicodeScalarView) -> Bool {
    guard let base = scalars.first, base.properties.isEmoji else { return false }
    return scalars.dropFirst().contains { scalar in
      scalar.value == 0xFE0F || scalar.value == 0x200D && columns(of: base) == 2
        || (0x1F1E6...0x1F1FF).contains(scalar.value) || (0x1F3FB...0x1F3FF).contains(scalar.value)
    }
  }

  fileprivate static func contains(_ value: UInt32, in ranges: [UInt32]) -> Bool {
    var low = 0
    var high = ranges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if ranges[2 * middle + 1] < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count / 2 && ranges[2 * low] <= value
  }
}
