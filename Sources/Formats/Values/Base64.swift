/// Base64 as RFC 4648 has it, section 4, with padding.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var place = 0
    while place < bytes.count {
      let group = bytes[place..<min(place + 3, bytes.count)]
      let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for digit in 0..<4 {
        let isPadding = digit > group.count
        text.append(isPadding ? UInt8(ascii: "=") : alphabet[number >> (18 - 6 * digit) & 63])
      }
      place += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for anything else, white space among it.
  static func bytes(of text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    guard digits.count % 4 == 0 else { return nil }
    while digits.last == UInt8(ascii: "="), digits.count % 4 != 2 { digits.removeLast() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3)
    var (number, bits) = (0, 0)
    for digit in digits {
      guard let value = values[Int(digit)] else { return nil }
      (number, bits) = ((number << 6 | value) & 0xFFFF, bits + 6)
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: number >> bits))
      }
    }
    // What is left over is nothing but zeros.
    return number & (1 << bits - 1) == 0 ? bytes : nil
  }

  private static let values: [Int?] = {
    var values = [Int?](repeating: nil, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = value }
    return values
  }()
}
