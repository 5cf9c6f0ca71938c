import Documents

/// What the field `Content-Type` says (RFC 2045, 5.1): `text/html; charset="utf-8"`.
struct MIMEType: Sendable {
  /// In small letters, such as `text/html`.
  let name: String
  /// By their names in small letters, of each the first.
  private(set) var parameters: [String: String] = [:]

  init(_ text: String) {
    var rest = Array(text.utf8)[...]
    name = String(lowercasingASCII: MIMEType.word(in: &rest, until: ";").trimmed())
    while rest.first == UInt8(ascii: ";") {
      rest = rest.dropFirst()
      let key = String(lowercasingASCII: MIMEType.word(in: &rest, until: "=;").trimmed())
      guard rest.first == UInt8(ascii: "=") else { continue }
      rest = rest.dropFirst()
      let value = MIMEType.value(in: &rest)
      if parameters[key] == nil { parameters[key] = value }
    }
  }

  var isHTML: Bool { name == "text/html" || name == "application/xhtml+xml" }
  var isMultipart: Bool { name.hasPrefix("multipart/") }

  private static func word(
    in rest: inout ArraySlice<UInt8>, until ends: String
  ) -> ArraySlice<UInt8> {
    let word = rest.prefix { !ends.utf8.contains($0) }
    rest = rest[word.endIndex...]
    return word
  }

  /// A word, or a text in quotation marks, in which a backslash stands before what is meant as it is.
  private static func value(in rest: inout ArraySlice<UInt8>) -> String {
    rest = rest.drop(while: \.isHTMLSpace)
    guard rest.first == UInt8(ascii: "\"") else {
      return String(decoding: word(in: &rest, until: ";").trimmed(), as: UTF8.self)
    }
    rest = rest.dropFirst()
    var value: [UInt8] = []
    while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        value.append(byte)
        continue
      }
      value.append(next)
    }
    _ = word(in: &rest, until: ";")
    return String(decoding: value, as: UTF8.self)
  }
}
