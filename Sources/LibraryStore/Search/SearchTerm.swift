import Articles

/// Words side by side, as the index has them.
struct SearchTerm: Sendable, Equatable {
  let words: [[UInt8]]
  /// Whether the last is only the beginning of a word.
  var isPrefix = false
  var place = FilterWords.Place.anywhere

  /// The terms that all must be found: several where punctuation parts Han characters in a word, since
  /// 中国、美国 asks for both; none where there is no word in it.
  static func terms(of words: FilterWords, _ tokens: inout SearchTokens) -> [SearchTerm] {
    tokens.removeAll()
    tokens.append(words.text)
    let cut = tokens.places.map { Array(tokens.bytes[$0.token]) }
    let groups = words.isPhrase ? [cut[...]] : cut.split(separator: SearchTokens.parting)
    return groups.enumerated().filter { !$0.element.isEmpty }.map { number, group in
      SearchTerm(
        words: Array(group), isPrefix: words.isPrefix && number == groups.count - 1,
        place: words.place)
    }
  }

  /// As FTS5 reads it. Every word is quoted, and no word holds a quote: they were cut by
  /// ``SearchTokens``.
  var expression: String {
    let words = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    let column = place == .anywhere ? "" : "\(place.rawValue) : "
    return "(\(column)\"\(words)\"\(isPrefix ? " *" : ""))"
  }
}
