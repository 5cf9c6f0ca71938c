extension UInt8 {
  /// Whether the byte is what HTML calls white space: tab, line feed, form feed, return or space.
  public var isHTMLSpace: Bool {
    self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C
  }

  /// Whether the byte is an ASCII letter.
  public var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  /// Whether the byte is an ASCII digit.
  public var isASCIIDigit: Bool { (0x30...0x39).contains(self) }

  /// The byte with an ASCII capital turned into its small letter, any other byte unchanged.
  public var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension String {
  /// The bytes as text with ASCII capitals turned into small letters; repairs what is not UTF-8.
  public init(lowercasingASCII bytes: ArraySlice<UInt8>) {
    if bytes.contains(where: { (0x41...0x5A).contains($0) }) {
      self.init(decoding: bytes.map(\.asciiLowercased), as: UTF8.self)
    } else {
      self.init(decoding: bytes, as: UTF8.self)
    }
  }
}
