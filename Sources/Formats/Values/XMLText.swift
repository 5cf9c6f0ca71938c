/// Text as XML's source spells it, and HTML's.
enum XMLText {
  /// The text with everything that could begin markup or end an attribute spelt as a reference, and
  /// U+FFFD for what XML cannot hold.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      case "\r": output += "&#13;"
      case "\n", "\t": output.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value & 0xFFFE == 0xFFFE:
        output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// What stands in the text as it is: the bytes of U+FFFE and U+FFFF begin with 0xEF or 0xF0 and up.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || byte >= 0xEF || "&<>\"'".utf8.contains(byte)
  }
}

extension String {
  /// On one line, for titles.
  var onOneLine: String {
    split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
  }
}
