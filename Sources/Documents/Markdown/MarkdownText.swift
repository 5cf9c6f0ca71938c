/// What stands for a character in Markdown: a backslash before it, or a reference.
enum MarkdownText {
  /// The text with escapes and character references decoded.
  static func decoded(_ text: ArraySlice<UInt8>) -> String {
    guard text.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") }) else {
      return String(decoding: text, as: UTF8.self)
    }
    var output: [UInt8] = []
    var start = text.startIndex
    var index = start
    while let escape = text[index...].firstIndex(of: UInt8(ascii: "\\")) {
      index = escape + 1
      guard let next = text[index...].first, next.isASCIIPunctuation else { continue }
      appendReferences(text[start..<escape], to: &output)
      output.append(next)
      index += 1
      start = index
    }
    appendReferences(text[start...], to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the text with its character references decoded; one without a semicolon is none.
  static func appendReferences(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var rest = text
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      output += rest[..<ampersand]
      let name = rest[(ampersand + 1)...].prefix(longestReference)
        .prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "#") }
      let end = name.endIndex
      if end < rest.endIndex, rest[end] == UInt8(ascii: ";"), isWritten(name) {
        HTMLCharacterReferences.append(rest[ampersand...end], to: &output)
        rest = rest[(end + 1)...]
      } else {
        output.append(UInt8(ascii: "&"))
        rest = rest[(ampersand + 1)...]
      }
    }
    output += rest
  }

  private static let longestReference = 32

  /// Whether a number has as many digits as CommonMark allows.
  private static func isWritten(_ name: ArraySlice<UInt8>) -> Bool {
    name.first != UInt8(ascii: "#") || name.count <= 8
  }
}

extension UInt8 {
  var isASCIIPunctuation: Bool {
    (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self) || (0x5B...0x60).contains(self)
      || (0x7B...0x7E).contains(self)
  }
}
