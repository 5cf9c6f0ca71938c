/// What may stand before a colon in a query.
enum FilterField: String, CaseIterable {
  case title, text, author, note, highlight, tag, site, lang
  case state = "is"
  case since, before, added, rating, progress

  static var names: String {
    FilterField.allCases.map(\.rawValue).joined(separator: ", ")
  }
}

extension FilterField {
  /// The item that a value makes. Throws the reason where it is none.
  func item(_ value: FilterValue) throws(FilterError.Reason) -> ArticleFilter {
    switch self {
    case .title: return .words(value.words(in: .title))
    case .text: return .words(value.words(in: .text))
    case .author: return .words(value.words(in: .author))
    case .note: return .words(value.words(in: .note))
    case .highlight: return .words(value.words(in: .highlight))
    case .tag: return .tag(value.name)
    case .site: return .site(value.name)
    case .lang: return .language(value.whole)
    case .state: return .state(try state(value.whole.lowercased()))
    case .since: return .since(try day(value))
    case .before: return .before(try day(value))
    case .added: return .added(try day(value))
    case .rating:
      let (comparison, number) = try comparison(value, maximum: 5)
      return .rating(comparison, number)
    case .progress:
      let (comparison, number) = try comparison(value, maximum: 100)
      return .progress(comparison, number)
    }
  }

  private func state(_ name: String) throws(FilterError.Reason) -> FilterState {
    if let state = FilterState(rawValue: name) { return state }
    let guess = Spelling.nearest(to: name, among: FilterState.allCases.map(\.rawValue))
    throw .unknownState(name, guess: guess)
  }

  private func day(_ value: FilterValue) throws(FilterError.Reason) -> FilterDay {
    guard let day = FilterDay(value.whole) else { throw .notADay }
    return day
  }

  private func comparison(
    _ value: FilterValue, maximum: Int
  ) throws(FilterError.Reason) -> (FilterComparison, Int) {
    let signs = value.whole.prefix { "<>=".contains($0) }
    guard let comparison = signs.isEmpty ? .equal : FilterComparison(rawValue: String(signs)),
      let number = CivilDay.number(value.whole.dropFirst(signs.count), digits: 1...3),
      number <= maximum
    else { throw .notANumber(maximum: maximum) }
    return (comparison, number)
  }
}

/// What stands behind a field, or alone: a word or a phrase.
struct FilterValue {
  var text: String
  var isPhrase = false
  /// Whether a star stands behind it.
  var hasStar = false

  /// With its star, where that means nothing.
  var whole: String { hasStar ? text + "*" : text }

  /// Without white space at its ends; a star alone stands for every name.
  var name: FilterName {
    let blanks = text.unicodeScalars.prefix { $0.properties.isWhitespace }.count
    var scalars = text.unicodeScalars.dropFirst(blanks)
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return FilterName(String(scalars), isPrefix: hasStar)
  }

  /// A star alone is a sign like another.
  func words(in place: FilterWords.Place) -> FilterWords {
    text.isEmpty && !isPhrase
      ? FilterWords(whole, in: place)
      : FilterWords(text, in: place, isPhrase: isPhrase, isPrefix: hasStar)
  }
}
