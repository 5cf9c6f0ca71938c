/// What may be an article's address (Protocol 5.3): a scheme and something that it names.
package enum ArticleAddress {
  /// Whether the text is one; an http address has a host.
  package static func isAddress(_ text: String) -> Bool {
    let bytes = text.utf8.drop { $0 <= 0x20 }
    let scheme = bytes.prefix { $0 != UInt8(ascii: ":") }
    guard let first = scheme.first, isLetter(first), scheme.allSatisfy(isSchemeByte),
      scheme.endIndex < bytes.endIndex
    else { return false }
    let name = String(decoding: scheme, as: UTF8.self).lowercased()
    guard name != "http", name != "https" else {
      return CanonicalURL.host(of: text).map { !$0.isEmpty } ?? false
    }
    return bytes[scheme.endIndex...].dropFirst().contains { $0 > 0x20 }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
  }
}
