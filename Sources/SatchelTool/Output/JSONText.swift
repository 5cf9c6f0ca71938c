import Satchel

/// JSON as it is printed: what a terminal could obey is written as an escape, which reads back as
/// the same character.
enum JSONText {
  /// Such characters can only stand within strings, where `\u0085` is another spelling of them.
  static func escaped(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: TerminalEscape.isUnsafe) else { return json }
    var output = ""
    for scalar in json.unicodeScalars {
      guard TerminalEscape.isUnsafe(scalar) else {
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
}
