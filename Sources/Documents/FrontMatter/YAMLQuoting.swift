extension String {
  /// The text in YAML's double quotes, on one line.
  public var quotedForYAML: String {
    var output = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case _ where scalar.needsEscape: output += scalar.escapedForYAML
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }
}

extension Unicode.Scalar {
  /// Control characters, YAML's and Unicode's own line breaks, and what some readers take for the
  /// beginning of a file.
  fileprivate var needsEscape: Bool {
    value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029
      || value == 0xFEFF
  }

  /// `\u0085`
  fileprivate var escapedForYAML: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
