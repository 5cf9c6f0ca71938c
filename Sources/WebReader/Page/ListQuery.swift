import Satchel

/// What a list shows, as an address says it (Protocol 11.4): a query and an order.
struct ListQuery: Sendable, Hashable {
  /// As it was typed; empty for what is unread.
  let text: String
  /// Empty for the order that the query has of itself.
  let sort: String

  /// What is listed where nothing is asked for.
  static let unread = "is:unread"
  /// All but what is archived.
  static let all = "-is:archived"

  init(_ text: String, sort: String = "") {
    (self.text, self.sort) = (text, sort)
  }

  init(_ fields: Fields) {
    self.init(fields.text("q") ?? "", sort: fields.text("sort") ?? "")
  }

  /// What is asked of the library.
  struct Plan: Sendable {
    var query: ArticleQuery
    /// Whether what fits the words best comes first.
    var isBestFirst = false
    /// Whether the index may be needed.
    let mayNeedIndex: Bool

    func listing(in library: Library) -> Work<ArticleListing> {
      library.listing(query, bestFirst: isBestFirst)
    }
  }

  /// Throws `filter` for what is no query.
  ///
  /// Words are looked for in archived articles too, and the best come first, as `satchel search`
  /// does; a view is listed in its own order.
  func plan(in library: Library) async throws(LibraryError) -> Plan {
    let filter: ArticleFilter
    do {
      filter = try ArticleFilter(text.isEmpty ? ListQuery.unread : text)
    } catch {
      throw .filter(error)
    }
    let query = ArticleQuery(filter, includingArchived: filter.holdsWords)
    var plan = Plan(query: query, mayNeedIndex: filter.holdsWords || filter.namesView)
    if let order = ListOrder(sort) {
      (plan.query.sort, plan.query.isReversed) = (order.sort, order.isReversed)
    } else if filter.holdsWords {
      plan.isBestFirst = true
    } else {
      plan.query = try await library.inOrderOfView(query)
    }
    return plan
  }
}

/// An order as an address spells it: `title`, or `-title` for the reverse.
struct ListOrder: Sendable, Hashable {
  let sort: ArticleQuery.Sort
  let isReversed: Bool

  static let all = ArticleQuery.Sort.allCases.flatMap { sort in
    [false, true].map { ListOrder(sort: sort, isReversed: $0) }
  }

  init(sort: ArticleQuery.Sort, isReversed: Bool) {
    (self.sort, self.isReversed) = (sort, isReversed)
  }

  /// Nil for what is no order.
  init?(_ text: String) {
    let isReversed = text.hasPrefix("-")
    guard let sort = ArticleQuery.Sort(rawValue: String(text.dropFirst(isReversed ? 1 : 0))) else {
      return nil
    }
    self.init(sort: sort, isReversed: isReversed)
  }

  var text: String { (isReversed ? "-" : "") + sort.rawValue }
}

extension ArticleFilter {
  /// Whether a view stands in it.
  fileprivate var namesView: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.namesView)
    case .not(let part): part.namesView
    case .view: true
    default: false
    }
  }
}
