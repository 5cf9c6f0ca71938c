extension ArticleFilter: CustomStringConvertible {
  /// The one form of the query as text (Protocol 10.2). Reading it gives the same query.
  public var description: String { text(in: .query) }

  /// Between what the text stands, which decides about parentheses.
  private enum Surroundings { case query, clause, term }

  private func text(in surroundings: Surroundings) -> String {
    switch self {
    case .all(let parts): group(parts, by: " ", .clause, isBare: surroundings == .query)
    case .any(let parts):
      // Alone, or among what a space joins, it needs none.
      group(parts, by: " OR ", .term, isBare: surroundings != .term)
    case .not(let part): "-" + part.text(in: .term)
    case .words(let words): words.description
    case .state(let state): "is:\(state.rawValue)"
    case .tag(let name): "tag:\(name)"
    case .site(let name): "site:\(name)"
    case .language(let tag): "lang:\(FilterWords.value(tag))"
    case .since(let day): "since:\(day)"
    case .before(let day): "before:\(day)"
    case .added(let day): "added:\(day)"
    case .rating(let comparison, let number): "rating:\(comparison.prefix)\(number)"
    case .progress(let comparison, let number): "progress:\(comparison.prefix)\(number)"
    case .view(let name): "@\(name)"
    }
  }

  private func group(
    _ parts: [ArticleFilter], by separator: String, _ inner: Surroundings, isBare: Bool
  ) -> String {
    guard parts.count != 1 else { return parts[0].text(in: isBare ? .query : .term) }
    let text = parts.map { $0.text(in: inner) }.joined(separator: separator)
    return isBare ? text : "(\(text))"
  }
}

extension FilterWords: CustomStringConvertible {
  public var description: String {
    let field = place == .anywhere ? "" : "\(place.rawValue):"
    let star = isPrefix ? "*" : ""
    let plain = "\(field)\(text)\(star)"
    return !isPhrase && readsAlone(plain) ? plain : "\(field)\(FilterWords.quoted(text))\(star)"
  }

  /// Whether these words are what a query is read as that is nothing else.
  private func readsAlone(_ query: String) -> Bool {
    guard let filter = try? ArticleFilter(query) else { return false }
    return filter == .words(self)
  }

  /// Behind a colon.
  fileprivate static func value(_ text: String) -> String {
    // Two slashes behind a colon are an address's.
    text.isEmpty || text.hasPrefix("//")
      || !text.unicodeScalars.allSatisfy(FilterParser.isPartOfWord) ? quoted(text) : text
  }

  fileprivate static func quoted(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if FilterParser.isEscaped(scalar) { scalars.append("\\") }
      scalars.append(scalar)
    }
    return "\"\(String(scalars))\""
  }
}

extension FilterName: CustomStringConvertible {
  public var description: String {
    if text.isEmpty && isPrefix { return "*" }
    // A star of its own would stand for all that begins so.
    let endsInStar = text.unicodeScalars.last.map(FilterParser.isStar) ?? false
    return (endsInStar ? FilterWords.quoted(text) : FilterWords.value(text)) + (isPrefix ? "*" : "")
  }
}

extension FilterComparison {
  /// Equality needs no sign.
  fileprivate var prefix: String { self == .equal ? "" : rawValue }
}
