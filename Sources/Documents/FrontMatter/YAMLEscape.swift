/// The escapes of YAML's double quotes (YAML 1.2, 5.7).
enum YAMLEscape {
  /// Takes the escape off the front of `rest`, which lies behind a backslash. What is none stands
  /// for itself.
  static func take(from rest: inout ArraySlice<UInt8>, into output: inout [UInt8]) {
    guard let letter = rest.popFirst() else { return output.append(UInt8(ascii: "\\")) }
    if let digits = lengths[letter], let scalar = scalar(rest.prefix(digits), digits: digits) {
      rest = rest.dropFirst(digits)
      output += Array(String(scalar).utf8)
    } else if let text = texts[letter] {
      output += Array(text.utf8)
    } else {
      output.append(letter)
    }
  }

  private static let lengths: [UInt8: Int] = [
    UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8,
  ]

  private static let texts: [UInt8: String] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}",
    UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}",
    UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}",
    UInt8(ascii: "P"): "\u{2029}",
  ]

  private static func scalar(_ digits: ArraySlice<UInt8>, digits count: Int) -> Unicode.Scalar? {
    // A number of Swift's may begin with a sign.
    guard digits.count == count, digits.first.map({ $0.isASCIIDigit || $0.isASCIILetter }) == true
    else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
  }
}
