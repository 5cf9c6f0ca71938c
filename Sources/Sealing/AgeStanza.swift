/// One recipient's part of an age header: arguments, the first of which is its type, and a body.
struct AgeStanza: Equatable, Sendable {
  /// How many characters a full line of the body has, which are 48 bytes.
  static let lineCharacterCount = 64

  let arguments: [String]
  let body: [UInt8]

  /// The stanza as it stands in a header.
  ///
  ///     "-> " argument *(" " argument) "\n"
  ///     body in base64, lines of 64 characters, then one of fewer, which may be empty
  var encoded: [UInt8] {
    var text = Array("-> \(arguments.joined(separator: " "))\n".utf8)
    let base64 = UnpaddedBase64.encode(body)[...]
    for start in stride(from: 0, through: base64.count, by: Self.lineCharacterCount) {
      text += base64.dropFirst(start).prefix(Self.lineCharacterCount)
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}
