/// Tells UTF-8 from what is none.
enum UTF8Check {
  /// The offset of the first byte that starts no well-formed sequence (Unicode, table 3-7); nil if
  /// there is none.
  static func firstMalformed(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer(firstMalformed)
  }
}

extension UTF8Check {
  private static func firstMalformed(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
      } else if isCommon(bytes, at: index) {
        index += 3
      } else {
        guard let length = sequenceLength(bytes, at: index) else { return index }
        index += length
      }
    }
    return nil
  }

  /// Whether a sequence of three bytes begins there whose second one may be any: most characters of
  /// East Asia are such.
  private static func isCommon(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    let lead = bytes[index]
    guard lead > 0xE0, lead < 0xF0, lead != 0xED, index + 2 < bytes.count else { return false }
    return bytes[index + 1] & 0xC0 == 0x80 && bytes[index + 2] & 0xC0 == 0x80
  }

  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    guard let (length, second) = shape(lead: bytes[index]), index + length <= bytes.count,
      second.contains(bytes[index + 1])
    else { return nil }
    for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return nil }
    return length
  }

  /// How long a sequence with that first byte is, and what its second byte may be.
  private static func shape(lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
    switch lead {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: nil
    }
  }
}
