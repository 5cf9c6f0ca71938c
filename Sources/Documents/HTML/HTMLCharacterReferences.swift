/// Turns `&amp;`, `&#20013;` and `&#x4E2D;` into the characters they stand for.
///
/// Only names that news pages use are known; any other reference stays as it was written.
public enum HTMLCharacterReferences {
  /// The text of the bytes with its character references decoded.
  public static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    append(bytes, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the bytes with their character references decoded to `output`.
  public static func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var rest = bytes
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      output += rest[..<ampersand]
      rest = rest[ampersand...]
      if let (scalar, end) = reference(at: rest) {
        output += Array(String(scalar).utf8)
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
  private typealias Reference = (scalar: Unicode.Scalar, end: Int)

  private static func reference(at bytes: ArraySlice<UInt8>) -> Reference? {
    let name = bytes.dropFirst()
    return name.first == UInt8(ascii: "#") ? numeric(name.dropFirst()) : named(name)
  }

  private static func numeric(_ bytes: ArraySlice<UInt8>) -> Reference? {
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

  private static func named(_ bytes: ArraySlice<UInt8>) -> Reference? {
    let name = bytes.prefix(longestName).prefix { $0.isASCIILetter || $0.isASCIIDigit }
    let key = String(decoding: name, as: UTF8.self)
    guard let scalar = names[key] else { return nil }
    let next = bytes[name.endIndex...].first
    if next == UInt8(ascii: ";") { return (scalar, name.endIndex + 1) }
    // `&copy=1` in an address is a parameter, not a sign.
    guard legacyNames.contains(key), next != UInt8(ascii: "=") else { return nil }
    return next.map { $0.isASCIILetter || $0.isASCIIDigit } == true ? nil : (scalar, name.endIndex)
  }
}

extension HTMLCharacterReferences {
  private static let longestName = 8

  /// The names the HTML standard also accepts without a semicolon.
  private static let legacyNames: Set<String> = ["amp", "lt", "gt", "quot", "nbsp", "copy", "reg"]

  private static let names: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "copy": "©", "reg": "®", "trade": "™", "hellip": "…", "mdash": "—", "ndash": "–",
    "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»",
    "middot": "·", "bull": "•", "times": "×", "divide": "÷", "deg": "°", "plusmn": "±",
    "cent": "¢", "pound": "£", "yen": "¥", "euro": "€", "sect": "§", "para": "¶",
    "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "shy": "\u{AD}",
    "zwnj": "\u{200C}", "zwj": "\u{200D}", "larr": "←", "rarr": "→",
    "eacute": "é", "egrave": "è", "uuml": "ü", "ouml": "ö", "auml": "ä", "ccedil": "ç",
  ]

  /// Numbers that pages of the 1990s took from Windows-1252; the HTML standard maps them as well.
  private static let windows1252: [UInt32: UInt32] = [
    0x80: 0x20AC, 0x82: 0x201A, 0x83: 0x0192, 0x84: 0x201E, 0x85: 0x2026, 0x86: 0x2020,
    0x87: 0x2021, 0x88: 0x02C6, 0x89: 0x2030, 0x8A: 0x0160, 0x8B: 0x2039, 0x8C: 0x0152,
    0x8E: 0x017D, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D, 0x95: 0x2022,
    0x96: 0x2013, 0x97: 0x2014, 0x98: 0x02DC, 0x99: 0x2122, 0x9A: 0x0161, 0x9B: 0x203A,
    0x9C: 0x0153, 0x9E: 0x017E, 0x9F: 0x0178,
  ]
}
