/// Text as HTML's source spells it.
package enum HTMLEscape {
  /// The text with everything that could begin markup or end an attribute spelt as a reference.
  ///
  /// Controls that HTML does not allow become U+FFFD.
  ///
  /// - Parameter inOneLine: whether line feeds and tabs become references too, which no reader of
  ///   lines touches.
  package static func escaped(_ text: String, inOneLine: Bool = false) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count + 64)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): output += "&amp;".utf8
      case UInt8(ascii: "<"): output += "&lt;".utf8
      case UInt8(ascii: ">"): output += "&gt;".utf8
      case UInt8(ascii: "\""): output += "&quot;".utf8
      case UInt8(ascii: "'"): output += "&#39;".utf8
      case 0x0D: output += "&#13;".utf8
      case 0x09, 0x0A:
        if inOneLine { output += "&#\(byte);".utf8 } else { output.append(byte) }
      case 0..<0x20, 0x7F: output += "\u{FFFD}".utf8
      default: output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, 0x7F, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "\""), UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
