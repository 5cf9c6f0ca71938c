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
    // A view of scalars would copy all there is for each text that is appended to it.
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      case "\r": output += "&#13;"
      case "\n", "\t":
        if inOneLine {
          output += "&#\(scalar.value);"
        } else {
          output.unicodeScalars.append(scalar)
        }
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || "&<>\"'".utf8.contains(byte)
  }
}
