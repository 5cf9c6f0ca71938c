/// Texts on their way through a form.
enum FormText {
  /// A text as it was meant that a browser sent: it ends lines with two characters (HTML,
  /// 4.10.21.7).
  static func received(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  /// What comes back of a text that a form shows and nobody touches: what HTML does not allow is
  /// shown as U+FFFD.
  static func untouched(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in received(text).unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x20..<0x7F, 0x80...: scalars.append(scalar)
      default: scalars.append("\u{FFFD}")
      }
    }
    return String(scalars)
  }

  /// Whether a form can send a text back: its body is limited, and most scripts take nine bytes a
  /// character in it.
  static func fits(_ text: String) -> Bool {
    text.utf8.count <= longest && PercentText.encoded(text).utf8.count <= longest
  }

  private static let longest = 40 << 10
}
