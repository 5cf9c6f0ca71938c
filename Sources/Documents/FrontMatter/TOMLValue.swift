/// The values of TOML's keys, as texts and lists of texts.
enum TOMLValue {
  /// Takes the value off the front of `rest`; nil if it is a table, or not closed.
  static func take(from rest: inout ArraySlice<UInt8>) -> FrontMatterProperties.Value? {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    guard rest.first == UInt8(ascii: "[") else { return takeText(from: &rest).map { .text($0) } }
    return takeList(from: &rest).map { .list($0) }
  }
}

extension TOMLValue {
  private static func takeText(from rest: inout ArraySlice<UInt8>) -> String? {
    switch rest.first {
    case UInt8(ascii: "{"): return nil
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return takeQuoted(from: &rest)
    default:
      let value = rest.prefix { !ends.contains($0) }
      rest = rest[value.endIndex...]
      return String(decoding: value.trimmed(), as: UTF8.self)
    }
  }

  /// What ends a number, a date or a word.
  private static let ends = Set("\n#,]".utf8)

  /// The texts of a list over one line or more; lists in it are passed over.
  private static func takeList(from rest: inout ArraySlice<UInt8>) -> [String]? {
    var texts: [String] = []
    rest = rest.dropFirst()
    while true {
      rest = rest.drop { $0.isHTMLSpace || $0 == UInt8(ascii: ",") }
      switch rest.first {
      case nil, UInt8(ascii: "{"), UInt8(ascii: "["): return nil
      case UInt8(ascii: "]"):
        rest = rest.dropFirst()
        return texts
      case UInt8(ascii: "#"): rest = rest.drop { $0 != UInt8(ascii: "\n") }
      default:
        guard let text = takeText(from: &rest) else { return nil }
        texts.append(text)
      }
    }
  }

  /// `"..."` with escapes, `'...'` without, and both over several lines between three quotes.
  private static func takeQuoted(from rest: inout ArraySlice<UInt8>) -> String? {
    guard let quote = YAMLText.takeQuote(from: &rest) else { return nil }
    let isLong = rest.prefix(2).elementsEqual([quote, quote])
    if isLong {
      rest = rest.dropFirst(2)
      if rest.hasPrefix("\r\n") { rest = rest.dropFirst() }
      if rest.hasPrefix("\n") { rest = rest.dropFirst() }
    }
    var output: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == quote, !isLong || rest.prefix(2).elementsEqual([quote, quote]) {
        if isLong { rest = rest.dropFirst(2) }
        return String(decoding: output, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\n"), !isLong { return nil }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        takeEscape(from: &rest, into: &output)
      } else {
        output.append(byte)
      }
    }
    return nil
  }

  /// TOML's escapes are some of YAML's. A backslash before a line break drops the break and the
  /// white space behind it.
  private static func takeEscape(from rest: inout ArraySlice<UInt8>, into output: inout [UInt8]) {
    let gap = rest.prefix { $0.isHTMLSpace }
    if gap.contains(UInt8(ascii: "\n")) {
      rest = rest[gap.endIndex...]
    } else {
      YAMLEscape.take(from: &rest, into: &output)
    }
  }
}
