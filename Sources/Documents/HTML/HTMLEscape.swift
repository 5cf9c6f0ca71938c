/// Text as HTML's source spells it.
enum HTMLEscape {
  /// The text with everything that could begin markup or end an attribute spelt as a reference.
  ///
  /// Controls that HTML does not allow become U+FFFD.
  ///
  /// - Parameter inOneLine: whether line feeds and tabs become references too, which no reader of
  ///   lines touches.
  static func escaped(_ text: String, inOneLine: Bool = false) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;".unicodeScalars
      case "<": output += "&lt;".unicodeScalars
      case ">": output += "&gt;".unicodeScalars
      case "\"": output += "&quot;".unicodeScalars
      case "'": output += "&#39;".unicodeScalars
      case "\r": output += "&#13;".unicodeScalars
      case "\n", "\t":
        if inOneLine {
          output += "&#\(scalar.value);".unicodeScalars
        } else {
          output.append(scalar)
        }
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: output.append("\u{FFFD}")
      default: output.append(scalar)
      }
    }
    return String(output)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || "&<>\"'".utf8.contains(byte)
  }
}
