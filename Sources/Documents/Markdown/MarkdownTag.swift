/// Reads a tag by CommonMark's rules (0.31, 6.6), which are stricter than HTML's: `<foo.example>` is
/// text.
struct MarkdownTag {
  private let text: ArraySlice<UInt8>
  private var position: Int

  /// Begins at the `<` that the text begins with.
  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    position = text.startIndex + 1
  }

  /// Where the tag ends; nil if it is none.
  var end: Int? {
    var scanner = self
    return scanner.scan() ? scanner.position : nil
  }

  /// Goes past the tag; false if it is none, with `reached` at the byte that says so.
  mutating func scan() -> Bool {
    let isEnd = skip(UInt8(ascii: "/"))
    guard skipName() else { return false }
    if !isEnd { while scanAttribute() {} }
    if isBroken { return false }
    skipSpace()
    if !isEnd { _ = skip(UInt8(ascii: "/")) }
    return skip(UInt8(ascii: ">"))
  }

  /// How far the reading has come.
  var reached: Int { position }

  private var isBroken = false
}

extension MarkdownTag {
  private var next: UInt8? { position < text.endIndex ? text[position] : nil }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  @discardableResult private mutating func skipSpace() -> Bool {
    let start = position
    while let byte = next, byte.isHTMLSpace { position += 1 }
    return position > start
  }

  private mutating func skipName() -> Bool {
    guard next?.isASCIILetter == true else { return false }
    while let byte = next, byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D {
      position += 1
    }
    return true
  }

  /// Goes past an attribute and the space before it; false if there is none.
  private mutating func scanAttribute() -> Bool {
    let start = position
    guard skipSpace(), let first = next, first.isASCIILetter || first == 0x5F || first == 0x3A
    else {
      position = start
      return false
    }
    while let byte = next, byte.isAttributeName { position += 1 }
    let nameEnd = position
    skipSpace()
    if !skip(UInt8(ascii: "=")) {
      position = nameEnd
      return true
    }
    skipSpace()
    isBroken = !skipValue()
    return !isBroken
  }

  private mutating func skipValue() -> Bool {
    guard let first = next else { return false }
    if first == 0x22 || first == 0x27 {
      guard let end = text[(position + 1)...].firstIndex(of: first) else {
        position = text.endIndex
        return false
      }
      position = end + 1
      return true
    }
    let start = position
    while let byte = next, !byte.isHTMLSpace, !byte.endsBareValue { position += 1 }
    return position > start
  }
}

extension UInt8 {
  fileprivate var isAttributeName: Bool {
    isASCIILetter || isASCIIDigit || self == 0x5F || self == 0x2E || self == 0x3A || self == 0x2D
  }

  /// Whether it is one of `"`, `'`, `=`, `<`, `>` and a backtick.
  fileprivate var endsBareValue: Bool {
    switch self {
    case 0x22, 0x27, 0x3C, 0x3D, 0x3E, 0x60: true
    default: false
    }
  }
}
