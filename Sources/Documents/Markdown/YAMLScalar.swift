/// The values of front matter: plain or quoted text, and lists in brackets.
enum YAMLScalar {
  /// The items of `[a, "b, c"]`; anything else is one item.
  static func list(_ value: ArraySlice<UInt8>) -> [String] {
    guard value.first == UInt8(ascii: "["), value.last == UInt8(ascii: "]"), value.count > 1 else {
      return [text(value)]
    }
    var items: [String] = []
    var quote: UInt8?
    var start = value.startIndex + 1
    for index in (value.startIndex + 1)..<value.endIndex {
      let byte = value[index]
      let isEnd = index == value.endIndex - 1
      if isEnd || (quote == nil && byte == UInt8(ascii: ",")) {
        items.append(text(value[start..<index]))
        start = index + 1
      } else if byte == quote {
        quote = nil
      } else if quote == nil, isQuote(byte), value[start..<index].isBlank {
        quote = byte
      }
    }
    return items
  }

  /// The text of a plain or quoted value.
  static func text(_ value: ArraySlice<UInt8>) -> String {
    let content = value.trimmed()
    guard let quote = content.first, isQuote(quote) else { return plain(content) }
    var output: [UInt8] = []
    var rest = content.dropFirst()
    while let byte = rest.popFirst() {
      if byte == quote {
        // '' within single quotes is one quote; anything else closes the text.
        guard quote == UInt8(ascii: "'"), rest.first == quote else { break }
        rest = rest.dropFirst()
      }
      let isEscape = byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"")
      output.append(isEscape ? rest.popFirst() ?? byte : byte)
    }
    return String(decoding: output, as: UTF8.self)
  }
}

extension YAMLScalar {
  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// Plain text ends where a comment begins.
  private static func plain(_ content: ArraySlice<UInt8>) -> String {
    content.first == UInt8(ascii: "#") ? "" : content.prefix(beforeAnyOf: [" #"]).asSingleLine
  }
}
