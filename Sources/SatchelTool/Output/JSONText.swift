import Satchel

/// JSON as it is printed: what a terminal could obey is written as an escape, which reads back as
/// the same character.
enum JSONText {
  /// Such characters can only stand within strings, where `\u0085` is another spelling of them.
  static func escaped(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: isEscaped) else { return json }
    var output = ""
    for scalar in json.unicodeScalars {
      guard isEscaped(scalar) else {
        output.unicodeScalars.append(scalar)
        continue
      }
      for unit in UTF16.encode(scalar) ?? .init() {
        let digits = String(unit, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return output
  }

  /// Bidirectional marks too, which a terminal is shown: there they belong to the text.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    TerminalEscape.isUnsafe(scalar) || scalar.properties.isBidiControl
  }
}
