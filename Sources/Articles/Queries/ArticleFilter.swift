/// Which articles are meant: what a query says, as a tree (Protocol 10.1).
///
/// ```swift
/// let filter = try ArticleFilter("is:unread tag:rail -site:example.org")
/// ```
public indirect enum ArticleFilter: Sendable, Hashable {
  /// Those that all of these mean; every article where there are none.
  case all([ArticleFilter])
  /// Those that one of these means at least; none where there are none.
  case any([ArticleFilter])
  case not(ArticleFilter)
  case words(FilterWords)
  case state(FilterState)
  case tag(FilterName)
  case site(FilterName)
  /// A BCP 47 tag, or what one begins with: `zh` means `zh-Hans` too.
  case language(String)
  /// Published on this day or later, or where that is not known added then.
  case since(FilterDay)
  /// Published before this day, or where that is not known added then.
  case before(FilterDay)
  /// Added on this day or later.
  case added(FilterDay)
  /// Of so many stars, 0 to 5.
  case rating(FilterComparison, Int)
  /// Read so far, 0 to 100 percent.
  case progress(FilterComparison, Int)
  /// What the view of this name finds.
  case view(String)

  /// Every article.
  public static let everything = ArticleFilter.all([])

  /// Articles whose titles hold these words, in whatever order.
  public static func titled(_ words: String) -> ArticleFilter {
    .words(FilterWords(words, in: .title))
  }
}

/// Words that stand side by side.
public struct FilterWords: Sendable, Hashable {
  /// As they were typed.
  public let text: String
  public let place: Place
  /// Whether they were quoted: punctuation in them is then no reason to look for their parts alone.
  public let isPhrase: Bool
  /// Whether the last is only the beginning of a word.
  public let isPrefix: Bool

  /// Which of an article's texts.
  public enum Place: String, Sendable, CaseIterable {
    case anywhere, title, text, author, note, highlight
  }

  public init(
    _ text: String, in place: Place = .anywhere, isPhrase: Bool = false, isPrefix: Bool = false
  ) {
    (self.text, self.place) = (text, place)
    (self.isPhrase, self.isPrefix) = (isPhrase, isPrefix)
  }
}

/// What an article is or is not (Protocol 10.1).
public enum FilterState: String, Sendable, CaseIterable {
  case unread, read, starred, archived, deleted
  /// Unread, and some of it was read.
  case begun
  /// Something an author wrote of it is not shown.
  case conflicted
  case noted, highlighted
  /// It has an address and no text.
  case link
  /// Its text is not on this machine.
  case missing
}

/// The name of a tag or a site, or what it begins with. Case does not count.
public struct FilterName: Sendable, Hashable {
  public let text: String
  public let isPrefix: Bool

  public init(_ text: String, isPrefix: Bool = false) {
    (self.text, self.isPrefix) = (text, isPrefix)
  }

  /// Whether this names a tag, or what one begins with (Protocol 10.4).
  package func means(_ tag: String) -> Bool { means(folded: tag.lowercased()) }

  /// Whether this names a site or one that it is part of.
  package func means(site: String) -> Bool {
    let site = site.lowercased()
    return means(folded: site) || !isPrefix && site.hasSuffix(".\(folded)")
  }

  private func means(folded name: String) -> Bool {
    isPrefix ? name.hasPrefix(folded) : name == folded
  }

  private var folded: String { text.lowercased() }
}

extension FilterName: ExpressibleByStringLiteral {
  public init(stringLiteral name: String) { self.init(name) }
}

/// How a number is compared.
public enum FilterComparison: String, Sendable, CaseIterable {
  case equal = "="
  case less = "<"
  case atMost = "<="
  case more = ">"
  case atLeast = ">="
}

extension ArticleFilter {
  /// Whether the query says something of the state, views left aside.
  package func mentions(_ state: FilterState) -> Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains { $0.mentions(state) }
    case .not(let part): part.mentions(state)
    case .state(let own): own == state
    default: false
    }
  }

  /// Whether words must be looked for in texts.
  package var holdsWords: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.holdsWords)
    case .not(let part): part.holdsWords
    case .words: true
    default: false
    }
  }

  /// The query with those that views stand for in their places.
  ///
  /// - Parameter query: what the view of a name finds; it throws where there is none.
  package func expanded<Failure: Error>(
    views query: (String) throws(Failure) -> ArticleFilter
  ) throws(Failure) -> ArticleFilter {
    switch self {
    case .all(let parts): .all(try ArticleFilter.expanded(parts, query))
    case .any(let parts): .any(try ArticleFilter.expanded(parts, query))
    case .not(let part): .not(try part.expanded(views: query))
    case .view(let name): try query(name)
    default: self
    }
  }

  private static func expanded<Failure: Error>(
    _ parts: [ArticleFilter], _ query: (String) throws(Failure) -> ArticleFilter
  ) throws(Failure) -> [ArticleFilter] {
    var expanded: [ArticleFilter] = []
    for part in parts { expanded.append(try part.expanded(views: query)) }
    return expanded
  }
}
