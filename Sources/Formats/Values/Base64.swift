/// Bytes as text (RFC 4648, with padding).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// The text of bytes, in UTF-8.
  static func text(of bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var bits = part.reduce(0) { $0 << 8 | UInt32($1) }
      bits <<= 8 * UInt32(3 - part.count)
      for place in 0..<4 {
        let digit = Int(bits >> UInt32(18 - 6 * place) & 0x3F)
        output.append(place <= part.count ? alphabet[digit] : padding)
      }
    }
    return output
  }

  /// The bytes of a text; nil if it is none of these.
  static func bytes(of text: some StringProtocol) -> [UInt8]? {
    bytes(of: text.utf8, count: text.utf8.count)
  }

  /// The same, of a text in UTF-8.
  ///
  /// - Parameter count: how many bytes it has at most.
  static func bytes(of text: some Sequence<UInt8>, count most: Int) -> [UInt8]? {
    var output: [UInt8] = []
    output.reserveCapacity(most / 4 * 3)
    var (bits, count, padded) = (UInt32(0), 0, 0)
    for byte in text {
      count += 1
      if byte == padding {
        padded += 1
        bits <<= 6
      } else {
        guard padded == 0, let digit = digits[Int(byte)] else { return nil }
        bits = bits << 6 | UInt32(digit)
      }
      guard count % 4 == 0 else { continue }
      guard padded <= 2 else { return nil }
      let whole = [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
      output += whole.prefix(3 - padded)
      bits = 0
    }
    return count % 4 == 0 ? output : nil
  }

  private static let digits: [UInt8?] = {
    var digits: [UInt8?] = Array(repeating: nil, count: 256)
    for (digit, byte) in alphabet.enumerated() { digits[Int(byte)] = UInt8(digit) }
    return digits
  }()
}
