/// Turns `&amp;`, `&#20013;` and `&#x4E2D;` into the characters they stand for, by the rules of the
/// HTML standard (section 13.2.5.72 onwards). What names nothing stays as it was written.
public enum HTMLCharacterReferences {
  /// Where a reference stands, which decides what is done about one without its semicolon.
  public enum Place: Sendable {
    /// The longest name that is known counts, whatever follows it.
    case text
    /// One that `=`, a letter or a digit follows is a part of an address: `&copy=1`.
    case attribute
    /// It is no reference (CommonMark, section 2.5).
    case markdown
  }

  /// The text of the bytes with its character references decoded.
  public static func decoded(_ bytes: ArraySlice<UInt8>, in place: Place = .attribute) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    append(bytes, to: &output, in: place)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the bytes with their character references decoded to `output`.
  public static func append(
    _ bytes: ArraySlice<UInt8>, to output: inout [UInt8], in place: Place = .attribute
  ) {
    var rest = bytes
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      output += rest[..<ampersand]
      rest = rest[ampersand...]
      if let (characters, end) = reference(at: rest, in: place) {
        output += characters
        rest = rest[end...]
      } else {
        output.append(UInt8(ascii: "&"))
        rest = rest.dropFirst()
      }
    }
    output += rest
  }
}

extension HTMLCharacterReferences {
  private typealias Reference = (characters: [UInt8], end: Int)

  private static func reference(at bytes: ArraySlice<UInt8>, in place: Place) -> Reference? {
    let name = bytes.dropFirst()
    if name.first != UInt8(ascii: "#") { return named(name, in: place) }
    guard let (scalar, end) = numeric(name.dropFirst()) else { return nil }
    if place == .markdown && bytes[end - 1] != UInt8(ascii: ";") { return nil }
    return (Array(String(scalar).utf8), end)
  }

  private static func named(_ bytes: ArraySlice<UInt8>, in place: Place) -> Reference? {
    let run = bytes.prefix(HTMLNamedReferences.longestName + 1)
      .prefix { $0.isASCIILetter || $0.isASCIIDigit }
    if bytes[run.endIndex...].first == UInt8(ascii: ";"),
      let characters = HTMLNamedReferences.characters(named: run, alone: false)
    {
      return (characters, run.endIndex + 1)
    }
    return place == .markdown ? nil : namedAlone(run, before: bytes[run.endIndex...].first, place)
  }

  /// The longest name that needs no semicolon and that the letters begin with.
  private static func namedAlone(
    _ run: ArraySlice<UInt8>, before next: UInt8?, _ place: Place
  ) -> Reference? {
    for count in stride(from: min(run.count, HTMLNamedReferences.longestNameAlone), to: 1, by: -1) {
      let name = run.prefix(count)
      guard let characters = HTMLNamedReferences.characters(named: name, alone: true) else {
        continue
      }
      let isCut = count < run.count || next == UInt8(ascii: "=")
      return place == .attribute && isCut ? nil : (characters, name.endIndex)
    }
    return nil
  }

  private static func numeric(
    _ bytes: ArraySlice<UInt8>
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    let isHex = bytes.first?.asciiLowercased == UInt8(ascii: "x")
    let digits = (isHex ? bytes.dropFirst() : bytes).prefix { hexValue($0, isHex: isHex) != nil }
    guard !digits.isEmpty else { return nil }
    var value: UInt32 = 0
    for case let digit? in digits.lazy.map({ hexValue($0, isHex: isHex) }) {
      // Beyond the last scalar the value no longer matters, only that it does not overflow.
      value = min(value * (isHex ? 16 : 10) + digit, 0x11_0000)
    }
    let hasSemicolon = bytes[digits.endIndex...].first == UInt8(ascii: ";")
    return (scalar(of: value), digits.endIndex + (hasSemicolon ? 1 : 0))
  }

  private static func hexValue(_ byte: UInt8, isHex: Bool) -> UInt32? {
    if byte.isASCIIDigit { return UInt32(byte - 0x30) }
    let letter = byte.asciiLowercased
    return isHex && (0x61...0x66).contains(letter) ? UInt32(letter - 0x61) + 10 : nil
  }

  private static func scalar(of value: UInt32) -> Unicode.Scalar {
    let remapped = windows1252[value] ?? value
    return remapped == 0 ? "\u{FFFD}" : Unicode.Scalar(remapped) ?? "\u{FFFD}"
  }
}

extension HTMLCharacterReferences {
  /// Numbers that pages of the 1990s took from Windows-1252; the HTML standard maps them as well.
  private static let windows1252: [UInt32: UInt32] = [
    0x80: 0x20AC, 0x82: 0x201A, 0x83: 0x0192, 0x84: 0x201E, 0x85: 0x2026, 0x86: 0x2020,
    0x87: 0x2021, 0x88: 0x02C6, 0x89: 0x2030, 0x8A: 0x0160, 0x8B: 0x2039, 0x8C: 0x0152,
    0x8E: 0x017D, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D, 0x95: 0x2022,
    0x96: 0x2013, 0x97: 0x2014, 0x98: 0x02DC, 0x99: 0x2122, 0x9A: 0x0161, 0x9B: 0x203A,
    0x9C: 0x0153, 0x9E: 0x017E, 0x9F: 0x0178,
  ]
}
