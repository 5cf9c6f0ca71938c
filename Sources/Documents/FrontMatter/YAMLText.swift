/// The texts of YAML's values where they are read line by line.
enum YAMLText {
  /// A plain text, which may be one of the words for nothing.
  static func plain(_ text: String) -> String {
    ["null", "Null", "NULL", "~"].contains(text) ? "" : text
  }

  /// The text of lines without quotes: a comment ends each, and they are joined by spaces.
  static func plain(_ lines: [ArraySlice<UInt8>]) -> String {
    let words = lines.map { line -> String in
      line.first == UInt8(ascii: "#") ? "" : line.prefix(beforeAnyOf: [" #", "\t#"]).asSingleLine
    }
    return plain(words.filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// Takes a quoted text off the front of `rest`, which lies behind the opening quote; nil if the
  /// closing quote is missing.
  static func take(quotedBy quote: UInt8, from rest: inout ArraySlice<UInt8>) -> String? {
    var output: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == quote {
        // '' within single quotes is one quote; anything else closes the text.
        guard quote == UInt8(ascii: "'"), rest.first == quote else {
          return String(decoding: output, as: UTF8.self)
        }
        output.append(quote)
        rest = rest.dropFirst()
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        takeEscape(from: &rest, into: &output)
      } else if byte == UInt8(ascii: "\n") {
        fold(&rest, into: &output)
      } else {
        output.append(byte)
      }
    }
    return nil
  }

  /// The text below `|` or `>`: its lines without their common indentation.
  static func block(_ lines: [ArraySlice<UInt8>], isFolded: Bool) -> String {
    let indentation = lines.first { !$0.isBlank }?.prefix { $0.isHTMLSpace }.count ?? 0
    let texts = lines.map { line -> ArraySlice<UInt8> in
      line.isBlank ? [] : line.dropFirst(min(indentation, line.prefix { $0.isHTMLSpace }.count))
    }
    guard isFolded else { return joined(texts, by: "\n") }
    // A blank line separates paragraphs.
    return texts.split(whereSeparator: \.isEmpty).map { joined(Array($0), by: " ") }
      .joined(separator: "\n")
  }

  /// Takes off the quote that `rest` begins with; nil if it begins with anything else.
  static func takeQuote(from rest: inout ArraySlice<UInt8>) -> UInt8? {
    guard let byte = rest.first, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") else {
      return nil
    }
    rest = rest.dropFirst()
    return byte
  }
}

extension YAMLText {
  private static func joined(_ lines: [ArraySlice<UInt8>], by separator: String) -> String {
    let text = lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: separator)
    return String(decoding: Array(text.utf8)[...].trimmed(), as: UTF8.self)
  }

  /// A line break within quotes is a space, a blank line a line break.
  private static func fold(_ rest: inout ArraySlice<UInt8>, into output: inout [UInt8]) {
    while let last = output.last, last.isHTMLSpace, last != 0x0A { output.removeLast() }
    let gap = rest.prefix { $0.isHTMLSpace }
    let blankLines = gap.count { $0 == UInt8(ascii: "\n") }
    output += blankLines == 0 ? [0x20] : Array(repeating: 0x0A, count: blankLines)
    rest = rest[gap.endIndex...]
  }

  private static func takeEscape(from rest: inout ArraySlice<UInt8>, into output: inout [UInt8]) {
    let behind = rest.first == 0x0D ? rest.dropFirst() : rest
    if behind.first == UInt8(ascii: "\n") {
      // A line that ends with a backslash goes on without a space.
      rest = behind.drop(while: \.isHTMLSpace)
    } else {
      YAMLEscape.take(from: &rest, into: &output)
    }
  }
}
