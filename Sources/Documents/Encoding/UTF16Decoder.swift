/// Decodes UTF-16 as strictly as UTF-8 is read.
enum UTF16Decoder {
  /// The text as UTF-8 without its byte order mark. Throws `malformed` at the first half of a pair
  /// without the other, and at an odd last byte.
  static func decoded(_ bytes: [UInt8], isBigEndian: Bool) throws(EncodingError) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 3 / 2)
    var index = 0
    while index < bytes.count {
      guard let first = unit(of: bytes, at: index, isBigEndian) else {
        throw .malformed(offset: index)
      }
      var value = UInt32(first)
      if first & 0xFC00 == 0xD800, let second = unit(of: bytes, at: index + 2, isBigEndian),
        second & 0xFC00 == 0xDC00
      {
        value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
      }
      // A half that stayed alone is no character.
      guard let scalar = Unicode.Scalar(value) else { throw .malformed(offset: index) }
      if index > 0 || scalar != "\u{FEFF}", let encoded = UTF8.encode(scalar) { output += encoded }
      index += value >= 0x10000 ? 4 : 2
    }
    return output
  }
}

extension UTF16Decoder {
  private static func unit(of bytes: [UInt8], at index: Int, _ isBigEndian: Bool) -> UInt16? {
    guard index + 1 < bytes.count else { return nil }
    let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }
}
