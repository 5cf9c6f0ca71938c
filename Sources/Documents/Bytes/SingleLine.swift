extension ArraySlice<UInt8> {
  /// The bytes as text, each run of white space, wide or not, turned into one space and none at
  /// the ends.
  public var asSingleLine: String {
    let text = String(decoding: self, as: UTF8.self)
    return isSingleLine
      ? text : text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether no white space is here but single spaces between words; false, too, where only the
  /// characters would tell.
  var isSingleLine: Bool {
    withUnsafeBufferPointer { bytes in
      // As if a space stood in front, so that none may follow it.
      var (previous, last): (UInt8, UInt8) = (0, 0x20)
      for byte in bytes {
        let isRefused = last == 0x20 ? !byte.joinsNoSpace : byte.isSpace(behind: previous, last)
        if isRefused { return false }
        (previous, last) = (last, byte)
      }
      return last != 0x20
    }
  }
}

extension UInt8 {
  /// Whether ASCII or most of Chinese begins here. Other characters may join the space before them,
  /// and are one character with it.
  fileprivate var joinsNoSpace: Bool {
    (0x21...0x7E).contains(self) || (0xE4...0xE9).contains(self)
  }

  /// Whether other white space than a space ends here, or something like it.
  fileprivate func isSpace(behind previous: UInt8, _ last: UInt8) -> Bool {
    switch (previous, last) {
    // U+0085 and U+00A0.
    case (_, 0xC2): self == 0x85 || self == 0xA0
    // U+1680.
    case (_, 0xE1): self == 0x9A
    // U+205F.
    case (_, 0xE2): self == 0x81
    // U+2000 to U+200A, U+2028, U+2029 and U+202F.
    case (0xE2, 0x80): self <= 0x8A || self == 0xA8 || self == 0xA9 || self == 0xAF
    // U+3000.
    case (0xE3, 0x80): self == 0x80
    default: self < 0x20
    }
  }
}
