/// Addresses as formats allow them that check them.
enum WebLink {
  /// The address with every character escaped that RFC 3986 does not allow, and letters of other
  /// scripts left as they are.
  static func escaped(_ address: String) -> String {
    var output: [UInt8] = []
    var rest = Array(address.utf8)[...]
    var hasFragment = false
    while let byte = rest.popFirst() {
      let isEscape =
        byte == UInt8(ascii: "%") && rest.count >= 2
        && rest.prefix(2).allSatisfy { isHexadecimal($0) }
      if isEscape || isAllowed(byte) || (byte == UInt8(ascii: "#") && !hasFragment) {
        if byte == UInt8(ascii: "#") { hasFragment = true }
        output.append(byte)
      } else {
        output += escape(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The address as a strict reader takes it; nil for one that is none of the web's, or whose host is
  /// no name.
  static func strict(_ address: String) -> String? {
    let escaped = escaped(address)
    guard let start = escaped.firstRange(of: "://")?.upperBound,
      ["http", "https"].contains(escaped[..<start].dropLast(3).lowercased())
    else { return nil }
    let host = escaped[start...].prefix { !"/?#".contains($0) }
    let (name, port) =
      host.lastIndex(of: ":").map {
        (host[..<$0], host[host.index(after: $0)...])
      } ?? (host, "")
    guard !name.isEmpty, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      !name.hasPrefix("."), !name.contains(".."),
      name.utf8.allSatisfy({ isLetterOrDigit($0) || "-.".utf8.contains($0) })
    else { return nil }
    return escaped
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isLetterOrDigit(byte) || "-._~:/?@!$&'()*+,;=".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func escape(_ byte: UInt8) -> [UInt8] {
    let digits = String(byte, radix: 16, uppercase: true)
    return Array("%\(digits.count == 1 ? "0" : "")\(digits)".utf8)
  }
}
