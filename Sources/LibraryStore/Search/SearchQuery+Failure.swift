extension SearchQuery.Failure: CustomStringConvertible {
  /// What happened, as one clause for people.
  public var description: String {
    switch self {
    case .noWords: "there is no word to search for"
    case .onlyExclusions: "a search that only excludes would find almost everything"
    case .tooManyTerms:
      "a search has at most \(SearchQuery.maximumTermCount) words and phrases"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .noWords: "satchel help search shows what can be asked."
    case .onlyExclusions: "Add a word to search for."
    case .tooManyTerms: "Use fewer."
    }
  }
}
