import Documents

/// Words of other letters than ASCII in the head of a message (RFC 2047): `=?utf-8?Q?T=C3=A9?=`.
enum EncodedWords {
  /// The text that is meant; words that cannot be decoded stay as they are.
  static func decoded(_ text: String) -> String {
    guard text.contains("=?") else { return text }
    var output = ""
    var rest = text[...]
    var isBehindWord = false
    while let start = rest.firstRange(of: "=?") {
      let between = rest[..<start.lowerBound]
      guard let (word, end) = word(in: rest[start.upperBound...]) else {
        output += rest[..<start.upperBound]
        (rest, isBehindWord) = (rest[start.upperBound...], false)
        continue
      }
      // White space between two of them is none of the text.
      if !isBehindWord || !between.allSatisfy(\.isWhitespace) { output += between }
      output += word
      (rest, isBehindWord) = (rest[end...], true)
    }
    return output + rest
  }

  /// The word behind `=?`, and where its end mark ends.
  private static func word(in text: Substring) -> (word: String, end: String.Index)? {
    let parts = text.split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[3].hasPrefix("="),
      let encoding = TextEncoding(label: String(parts[0].prefix { $0 != "*" })),
      let bytes = bytes(of: parts[2], as: parts[1].lowercased()),
      let word = try? encoding.decoded(bytes)
    else { return nil }
    return (String(decoding: word, as: UTF8.self), text.index(after: parts[3].startIndex))
  }

  private static func bytes(of text: Substring, as kind: String) -> [UInt8]? {
    switch kind {
    case "b": Base64.bytes(of: text)
    case "q":
      QuotedPrintable.bytes(of: Array(text.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 })[...])
    default: nil
    }
  }
}
