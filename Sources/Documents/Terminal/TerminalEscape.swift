/// Makes text from a page or a peer safe to print on a terminal.
///
/// C0 and C1 controls, DEL, bidirectional overrides, embeddings and isolates, line and paragraph
/// separators and annotation marks are shown as `\u{1b}`; language tags, which nobody can see, are
/// dropped. What is left cannot move the cursor, color, retitle or reorder anything. Escapes are
/// for looking at, not for reading back: a backslash in the text stays single.
public enum TerminalEscape {
  /// The text with everything a terminal could obey made visible.
  ///
  /// - Parameter keepingNewlines: Whether a line feed, alone or after a carriage return, stays.
  public static func escaped(_ text: String, keepingNewlines: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var output = ""
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if keepingNewlines && scalar == "\r" && scalars.first == "\n" { continue }
      if keepingNewlines && scalar == "\n" || !isUnsafe(scalar) {
        output.unicodeScalars.append(scalar)
      } else if !isTag(scalar) {
        // Appending to the view instead would copy all there is, each time.
        output += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return output
  }
}

extension TerminalEscape {
  /// Whether a terminal could obey a character, or it turns text around.
  public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: true
    default: isTag(scalar)
    }
  }

  fileprivate static func isTag(_ scalar: Unicode.Scalar) -> Bool {
    (0xE0000...0xE007F).contains(scalar.value)
  }
}
