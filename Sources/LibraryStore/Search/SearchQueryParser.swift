/// Reads a query as leniently as it can be read.
struct SearchQueryParser {
  private(set) var required: [[SearchQuery.Term]] = []
  private(set) var excluded: [SearchQuery.Term] = []

  private var rest: Substring.UnicodeScalarView
  private var tokens = SearchTokens(recordingPlaces: true)
  /// Whether `OR` stood between what was required last and what comes.
  private var isAlternative = false

  init(_ text: String) {
    rest = Substring(text).unicodeScalars
  }

  mutating func parse() {
    while skipSpaces() {
      let isExclusion = SearchQueryParser.minus.contains(rest.first ?? " ")
      if isExclusion { rest.removeFirst() }
      let isInTitle = takeTitlePrefix()
      if isInTitle, !skipSpaces() { return }
      if let first = rest.first, SearchQueryParser.quotes.contains(first) {
        rest.removeFirst()
        let phrase = take { !SearchQueryParser.quotes.contains($0) }
        _ = rest.popFirst()
        let terms = terms(of: phrase, isPhrase: true, isInTitle: isInTitle)
        add(terms, isExclusion: isExclusion)
      } else {
        let word = take { !$0.properties.isWhitespace && !SearchQueryParser.quotes.contains($0) }
        if word == "OR" && !isExclusion && !isInTitle {
          isAlternative = !required.isEmpty
        } else {
          add(
            terms(of: word, isPhrase: false, isInTitle: isInTitle), isExclusion: isExclusion)
        }
      }
    }
  }
}

extension SearchQueryParser {
  /// Those of Chinese keyboards as well.
  private static let quotes: Set<Unicode.Scalar> = ["\"", "“", "”", "„", "＂", "「", "」", "『", "』"]
  private static let minus: Set<Unicode.Scalar> = ["-", "－", "−"]
  private static let colons: Set<Unicode.Scalar> = [":", "："]

  /// Returns whether anything is left.
  private mutating func skipSpaces() -> Bool {
    rest = rest.drop { $0.properties.isWhitespace }
    return !rest.isEmpty
  }

  private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    let taken = rest.prefix(while: condition)
    rest = rest[taken.endIndex...]
    return String(taken)
  }

  private mutating func takeTitlePrefix() -> Bool {
    let head = rest.prefix(6)
    guard head.count == 6, let last = head.last, SearchQueryParser.colons.contains(last),
      String(head.dropLast()).lowercased() == "title"
    else { return false }
    rest.removeFirst(6)
    return true
  }

  /// The terms of a word or a phrase: several where punctuation parts Han characters in a word,
  /// since 中国、美国 asks for both.
  private mutating func terms(
    of text: String, isPhrase: Bool, isInTitle: Bool
  ) -> [SearchQuery.Term] {
    // A phrase's star stands behind the closing quote, which was taken.
    let end = isPhrase ? rest.first : text.unicodeScalars.last
    let isPrefix = end == "*" || end == "＊"
    tokens.removeAll()
    tokens.append(text)
    let words = tokens.places.map { Array(tokens.bytes[$0.token]) }
    let groups = isPhrase ? [words[...]] : words.split(separator: SearchTokens.parting)
    return groups.enumerated().filter { !$0.element.isEmpty }.map { number, words in
      SearchQuery.Term(
        words: Array(words), isPrefix: isPrefix && number == groups.count - 1,
        isInTitle: isInTitle)
    }
  }

  private mutating func add(_ terms: [SearchQuery.Term], isExclusion: Bool) {
    if isExclusion {
      excluded += terms
      return
    }
    for (number, term) in terms.enumerated() {
      if number == 0 && isAlternative {
        required[required.count - 1].append(term)
      } else {
        required.append([term])
      }
    }
    if !terms.isEmpty { isAlternative = false }
  }
}
