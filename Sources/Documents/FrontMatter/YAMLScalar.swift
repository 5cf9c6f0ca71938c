/// The values of front matter: plain or quoted text, and lists in brackets.
struct YAMLScalar {
  let escapes: Escapes

  /// What a backslash does within double quotes.
  enum Escapes {
    /// The character behind it is taken as it is, whatever it is.
    case literal
    /// As YAML has it: `\n` is a line feed.
    case yaml
  }

  /// The items of `[a, "b, c"]`; anything else is one item.
  func list(_ value: ArraySlice<UInt8>) -> [String] {
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
      } else if quote == nil, YAMLScalar.isQuote(byte), value[start..<index].isBlank {
        quote = byte
      }
    }
    return items
  }

  /// The text of a plain or quoted value.
  func text(_ value: ArraySlice<UInt8>) -> String {
    let content = value.trimmed()
    guard let quote = content.first, YAMLScalar.isQuote(quote) else {
      return YAMLScalar.plain(content)
    }
    var output: [UInt8] = []
    var rest = content.dropFirst()
    while let byte = rest.popFirst() {
      if byte == quote {
        // '' within single quotes is one quote; anything else closes the text.
        guard quote == UInt8(ascii: "'"), rest.first == quote else { break }
        rest = rest.dropFirst()
      }
      if byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
        take(escape: &rest, into: &output)
      } else {
        output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

extension YAMLScalar {
  private func take(escape rest: inout ArraySlice<UInt8>, into output: inout [UInt8]) {
    switch escapes {
    case .literal: output.append(rest.popFirst() ?? UInt8(ascii: "\\"))
    case .yaml: YAMLEscape.take(from: &rest, into: &output)
    }
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// Plain text ends where a comment begins.
  private static func plain(_ content: ArraySlice<UInt8>) -> String {
    content.first == UInt8(ascii: "#") ? "" : content.prefix(beforeAnyOf: [" #"]).asSingleLine
  }
}
