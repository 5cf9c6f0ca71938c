extension UInt8 {
  /// Whether the byte is what HTML calls white space: tab, line feed, form feed, return or space.
  package var isHTMLSpace: Bool {
    self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C
  }

  /// Whether the byte is an ASCII letter.
  package var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  /// Whether the byte is an ASCII digit.
  package var isASCIIDigit: Bool { (0x30...0x39).contains(self) }

  /// The byte with an ASCII capital turned into its small letter, any other byte unchanged.
  package var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension String {
  /// The bytes as text with ASCII capitals turned into small letters; repairs what is not UTF-8.
  package init(lowercasingASCII bytes: ArraySlice<UInt8>) {
    if bytes.contains(where: { (0x41...0x5A).contains($0) }) {
      self.init(decoding: bytes.map(\.asciiLowercased), as: UTF8.self)
    } else {
      self.init(decoding: bytes, as: UTF8.self)
    }
  }
}
