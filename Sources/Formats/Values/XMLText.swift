import Documents

/// Text as XML's source spells it, and HTML's.
enum XMLText {
  /// The text with everything that could begin markup or end an attribute spelt as a reference, and
  /// U+FFFD for what XML cannot hold.
  static func escaped(_ text: String) -> String {
    let escaped = HTMLEscape.escaped(text)
    // The bytes of U+FFFE and U+FFFF, and of their like in other planes, begin with 0xEF or more.
    guard escaped.utf8.contains(where: { $0 >= 0xEF }),
      escaped.unicodeScalars.contains(where: isNoCharacter)
    else { return escaped }
    var output = ""
    for scalar in escaped.unicodeScalars {
      output.unicodeScalars.append(isNoCharacter(scalar) ? "\u{FFFD}" : scalar)
    }
    return output
  }

  private static func isNoCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value & 0xFFFE == 0xFFFE
  }
}

extension String {
  /// On one line, for titles.
  var onOneLine: String {
    split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
  }
}
