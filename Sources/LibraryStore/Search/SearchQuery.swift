/// What a person looks for: words that must all be there, alternatives, and what must not.
///
/// | typed | finds |
/// |---|---|
/// | `tea garden` | both words, anywhere |
/// | `中国` | the characters side by side, in either script |
/// | `"tea garden"` | the words side by side |
/// | `tea OR coffee` | one of them; `OR` binds closer than a space |
/// | `-green` | only what does not hold it |
/// | `garden*` | words that begin so |
/// | `title:tea` | the word in the title |
///
/// Whatever is typed is a query: an open quote ends with the text, and signs that mean nothing where
/// they stand are passed over.
public struct SearchQuery: Sendable, Equatable {
  /// All of these must be found, each by one of its terms at least.
  let required: [[Term]]
  /// None of these.
  let excluded: [Term]

  /// Words side by side.
  struct Term: Sendable, Equatable {
    /// As the index has them.
    var words: [[UInt8]]
    /// Whether the last is only the beginning of a word.
    var isPrefix = false
    var isInTitle = false
  }

  /// Why there is nothing to look for.
  public enum Failure: Error, Sendable, Equatable {
    /// No word is in it: nothing, or punctuation only.
    case noWords
    /// It only says what must not be found.
    case onlyExclusions
    /// More terms than ``SearchQuery/maximumTermCount``.
    case tooManyTerms
  }

  public static let maximumTermCount = 256

  public init(_ text: String) throws(Failure) {
    var parser = SearchQueryParser(text)
    parser.parse()
    guard !parser.required.isEmpty else {
      throw parser.excluded.isEmpty ? .noWords : .onlyExclusions
    }
    let count = parser.required.reduce(parser.excluded.count) { $0 + $1.count }
    guard count <= SearchQuery.maximumTermCount else { throw .tooManyTerms }
    required = parser.required
    excluded = parser.excluded
  }

  /// What is shown as found in a text.
  var shown: [Term] { required.flatMap { $0 }.filter { !$0.isInTitle } }
}

extension SearchQuery {
  /// The query as FTS5 reads it. Every word is quoted, and no word holds a quote: they were cut by
  /// ``SearchTokens``.
  var expression: String {
    let all = required.map { SearchQuery.either($0) }.joined(separator: " AND ")
    return excluded.isEmpty ? all : "(\(all)) NOT \(SearchQuery.either(excluded))"
  }

  private static func either(_ terms: [Term]) -> String {
    "(" + terms.map(\.expression).joined(separator: " OR ") + ")"
  }
}

extension SearchQuery.Term {
  fileprivate var expression: String {
    let words = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    return "\(isInTitle ? "title : " : "")\"\(words)\"\(isPrefix ? " *" : "")"
  }
}
