/// Text in addresses and forms (RFC 3986, 2.1).
enum PercentText {
  /// Everything but letters, digits and `-._~` is spelt as bytes, so the text can stand in any part
  /// of an address.
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var output: [UInt8] = []
    for byte in text.utf8 {
      if isUnreserved(byte) {
        output.append(byte)
      } else {
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// What a part of an address or of a form says; nil where a `%` is followed by no number, or the
  /// bytes are no UTF-8.
  ///
  /// - Parameter plusIsSpace: as forms and queries write spaces.
  static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String? {
    var (output, rest) = ([UInt8](), text.utf8)
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { return nil }
        output.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: output.append(UInt8(ascii: " "))
      default: output.append(byte)
      }
    }
    return String(validating: output, as: UTF8.self)
  }

  /// The fields of `a=1&b=2`, in their order; nil where one does not read.
  static func fields(of text: Substring) -> [(name: String, value: String)]? {
    var fields: [(name: String, value: String)] = []
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(parts[0], plusIsSpace: true),
        let value = decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
      else { return nil }
      fields.append((name, value))
    }
    return fields
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~".utf8.contains(byte)
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}
