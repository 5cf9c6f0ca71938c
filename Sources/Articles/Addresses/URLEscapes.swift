/// Percent escapes in the one spelling that canonical addresses have (Protocol 5.3, step 2).
enum URLEscapes {
  /// Goes once from front to back: a `%` that begins no escape becomes `%25`, an escape of an
  /// unreserved character (RFC 3986, 2.3) that character, the digits of others capitals; bytes up
  /// to the space and from DEL on become escapes. So what comes out is printable ASCII.
  static func settled(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.first {
      if let escaped = value(at: rest) {
        if isUnreserved(escaped) { output.append(escaped) } else { append(escaped, to: &output) }
        rest = rest.dropFirst(3)
        continue
      }
      if byte == UInt8(ascii: "%") || byte <= 0x20 || byte >= 0x7f {
        append(byte, to: &output)
      } else {
        output.append(byte)
      }
      rest = rest.dropFirst()
    }
    return output
  }

  /// Whether an escape of a byte past ASCII is among settled bytes.
  static func hasBytesPastASCII(_ settled: ArraySlice<UInt8>) -> Bool {
    settled.indices.contains { (value(at: settled[$0...]) ?? 0) >= 0x80 }
  }

  /// Settled bytes with their escapes of bytes past ASCII undone; other escapes stay as they are.
  static func undoingBytesPastASCII(_ settled: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var rest = settled
    while let byte = rest.first {
      let escaped = value(at: rest).flatMap { $0 >= 0x80 ? $0 : nil }
      output.append(escaped ?? byte)
      rest = rest.dropFirst(escaped == nil ? 1 : 3)
    }
    return output
  }

  /// The byte that the escape at the front stands for; nil where there is none.
  private static func value(at bytes: ArraySlice<UInt8>) -> UInt8? {
    guard bytes.first == UInt8(ascii: "%"), bytes.count >= 3,
      let high = digit(bytes[bytes.startIndex + 1]), let low = digit(bytes[bytes.startIndex + 2])
    else { return nil }
    return high << 4 | low
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func append(_ byte: UInt8, to output: inout [UInt8]) {
    output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    if byte.isASCIIDigit { return byte - UInt8(ascii: "0") }
    let letter = byte.asciiLowercased
    return (0x61...0x66).contains(letter) ? letter - 0x61 + 10 : nil
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || "-._~".utf8.contains(byte)
  }
}
