import Satchel

/// JSON as it is printed: what a terminal could obey is written as an escape, which reads back as
/// the same character.
enum JSONText {
  /// Such characters can only stand within strings, where `\u0085` is another spelling of them.
  static func escaped(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: isUnsafe) else { return json }
    var output = ""
    for scalar in json.unicodeScalars {
      guard isUnsafe(scalar) else {
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

  /// The marks of direction as well, which belong to Hebrew and Arabic text and are shown as they
  /// are on a terminal.
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F: true
    default: TerminalEscape.isUnsafe(scalar)
    }
  }
}
