/// Reads the front matter that most pages have: lines that each set one property to one text.
///
/// YAML's parser would find the same in many times as long. A block with any line of which that is
/// not certain is left to it.
enum YAMLTextLines {
  /// Nil if the block has another line, sets a property twice or sets none.
  static func properties(of block: ArraySlice<UInt8>) -> FrontMatterProperties? {
    guard block.count <= YAMLBounds.sizeLimit else { return nil }
    var properties = FrontMatterProperties()
    for line in block.lines where !line.isEmpty {
      let key = line.prefix(keyLimit).prefix(while: \.isOfKey)
      guard key.first?.isASCIILetter == true, let text = text(behind: line[key.endIndex...]) else {
        return nil
      }
      let name = String(decoding: key, as: UTF8.self)
      guard properties[name] == nil else { return nil }
      properties.add(.text(text), to: name)
    }
    return properties.isEmpty ? nil : properties
  }
}

extension YAMLTextLines {
  /// No property that means anything here has a longer name.
  private static let keyLimit = 32

  /// The text behind a key, which begins with the key's colon.
  private static func text(behind rest: ArraySlice<UInt8>) -> String? {
    guard rest.first == UInt8(ascii: ":"), rest.count == 1 || rest[rest.startIndex + 1] == 0x20
    else { return nil }
    let value = trimmed(rest.dropFirst())
    guard let first = value.first else { return "" }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      let quoted = value.dropFirst().dropLast()
      guard value.count > 1, value.last == first, isText(quoted, quote: first) else { return nil }
      return String(decoding: quoted, as: UTF8.self)
    }
    guard first.isASCIILetter || first.isASCIIDigit || first >= 0x80, isText(value, quote: nil)
    else { return nil }
    return YAMLText.plain(String(decoding: value, as: UTF8.self))
  }

  /// The value without spaces around it and without what else may end a line.
  private static func trimmed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let last = value.lastIndex { $0 != 0x20 && $0 != 0x0D } ?? value.startIndex - 1
    return value[...last].drop { $0 == 0x20 }
  }

  /// Whether the bytes stand for themselves, within quotes or without.
  private static func isText(_ bytes: ArraySlice<UInt8>, quote: UInt8?) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var previous: UInt8 = 0
      for byte in bytes {
        let isRefused =
          quote.map { byte == $0 || byte == UInt8(ascii: "\\") } ?? endsText(byte, after: previous)
        if isRefused || mayMeanMore(byte, after: previous) { return false }
        previous = byte
      }
      return quote != nil || previous != UInt8(ascii: ":")
    }
  }

  /// Whether a comment begins or a key ends here, where there are no quotes.
  private static func endsText(_ byte: UInt8, after previous: UInt8) -> Bool {
    byte == UInt8(ascii: "#") && previous == 0x20 || byte == 0x20 && previous == UInt8(ascii: ":")
  }

  /// Whether the byte may be one that YAML does not allow or takes for the end of a line, or one
  /// that `YAMLBounds` counts.
  private static func mayMeanMore(_ byte: UInt8, after previous: UInt8) -> Bool {
    switch byte {
    // Controls, those of U+0080 to U+009F, and brackets.
    case 0..<0x20, 0x7F, 0xC2, UInt8(ascii: "["), UInt8(ascii: "{"): true
    case UInt8(ascii: "&"), UInt8(ascii: "*"): " ,-:?".utf8.contains(previous)
    // U+2028 and U+2029.
    case 0xA8, 0xA9: previous == 0x80
    // U+FEFF, U+FFFE and U+FFFF.
    case 0xBB, 0xBF: previous == 0xEF
    default: false
    }
  }
}

extension UInt8 {
  fileprivate var isOfKey: Bool {
    isASCIILetter || isASCIIDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
}
