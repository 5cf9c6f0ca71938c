import Documents

/// Text in which other bytes than ASCII's letters stand as `=C3` (RFC 2045, 6.7).
enum QuotedPrintable {
  /// The bytes that are meant. A `=` that begins neither an escape nor the end of a line stays, as the
  /// RFC advises.
  static func bytes(of text: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var rest = text
    while let place = rest.place(of: UInt8(ascii: "=")) {
      output += rest[..<place]
      rest = rest[(place + 1)...]
      if let byte = escaped(rest) {
        output.append(byte)
        rest = rest.dropFirst(2)
      } else if let next = softEnd(rest) {
        rest = rest[next...]
      } else {
        output.append(UInt8(ascii: "="))
      }
    }
    return output + rest
  }

  private static func escaped(_ rest: ArraySlice<UInt8>) -> UInt8? {
    guard rest.count >= 2, let high = digit(rest[rest.startIndex]),
      let low = digit(rest[rest.startIndex + 1])
    else { return nil }
    return high << 4 | low
  }

  /// Where the line after goes on, if nothing but white space is left of this one.
  private static func softEnd(_ rest: ArraySlice<UInt8>) -> Int? {
    let end = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    if end.isEmpty { return end.endIndex }
    return end.first == 0x0A ? end.startIndex + 1 : nil
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
