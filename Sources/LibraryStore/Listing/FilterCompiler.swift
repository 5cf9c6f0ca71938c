import Articles
import Foundation
import GRDB
import Replication

/// Makes SQL and expressions of the search index out of a query (Protocol 10).
///
/// What a name means is looked up in the library here, so that what is made of it can be asked where
/// the library is only attached.
struct FilterCompiler {
  private let db: Database
  private let today: Int
  private var tokens = SearchTokens(recordingPlaces: true)
  private var shown: [SearchTerm] = []
  private var needsIndex = false
  /// Whether what is meant are few articles, whatever site they are from.
  private var isNarrow = false

  /// - Parameters:
  ///   - db: the library's own connection.
  ///   - today: the reader's, in days since 1970.
  init(_ db: Database, today: Int) {
    self.db = db
    self.today = today
  }

  /// Throws ``QueryError``.
  mutating func plan(_ query: ArticleQuery) throws -> QueryPlan {
    let filter = try ViewQuery(db).expanded(query.filter)
    isNarrow = filter.conjuncts.contains(where: \.isNarrow)
    var group = Group()
    var isVacuous = filter != .everything
    for part in filter.conjuncts {
      let meaning = try meaning(of: part, isShown: true)
      if case .anything = meaning {} else { isVacuous = false }
      group.add(meaning)
    }
    guard !isVacuous else { throw QueryError.noWords }
    if !query.includesArchived, !filter.mentions(.archived) {
      group.add(try meaning(of: .not(.state(.archived)), isShown: false))
    }
    if !filter.mentions(.deleted) {
      group.add(try meaning(of: .not(.state(.deleted)), isShown: false))
    }
    return QueryPlan(
      condition: .all(group.conditions + (group.words == nil ? group.exclusions : [])),
      words: group.words, needsIndex: needsIndex, shown: shown)
  }

  /// What a part of a query asks for.
  private enum Meaning {
    /// Words: an FTS5 expression that finds them.
    case words(String)
    /// No words that this expression finds.
    case noWords(String)
    case condition(SQLCondition)
    /// Whatever there is: an item without a word in it.
    case anything

    var condition: SQLCondition {
      switch self {
      case .words(let expression): QueryPlan.holding(expression)
      case .noWords(let expression): QueryPlan.holding(expression).negated
      case .condition(let condition): condition
      case .anything: .always
      }
    }
  }

  /// What is joined by *and*: words in one expression, so that the index intersects them.
  private struct Group {
    private var found: [String] = []
    private var excluded: [String] = []
    private(set) var conditions: [SQLCondition] = []

    mutating func add(_ meaning: Meaning) {
      switch meaning {
      case .words(let expression): found.append(expression)
      case .noWords(let expression): excluded.append(expression)
      case .condition(let condition): conditions.append(condition)
      case .anything: break
      }
    }

    /// Nil where there is nothing to be found by.
    var words: String? {
      guard !found.isEmpty else { return nil }
      let all = found.joined(separator: " AND ")
      return excluded.isEmpty
        ? "(\(all))" : "((\(all)) NOT (\(excluded.joined(separator: " OR "))))"
    }

    /// What must not be found, where nothing says what must.
    var exclusions: [SQLCondition] {
      excluded.isEmpty
        ? [] : [QueryPlan.holding(excluded.joined(separator: " OR ")).negated]
    }

    var meaning: Meaning {
      let words = words
      if conditions.isEmpty {
        if let words { return .words(words) }
        return excluded.isEmpty ? .anything : .noWords("(\(excluded.joined(separator: " OR ")))")
      }
      return .condition(
        .all((words.map { [QueryPlan.holding($0)] } ?? exclusions) + conditions))
    }
  }
}

extension FilterCompiler {
  private mutating func meaning(
    of filter: ArticleFilter, isShown: Bool
  ) throws -> Meaning {
    switch filter {
    case .all(let parts):
      guard !parts.isEmpty else { return .condition(.always) }
      var group = Group()
      for part in parts { group.add(try meaning(of: part, isShown: isShown)) }
      return group.meaning
    case .any(let parts):
      return either(try parts.map { try meaning(of: $0, isShown: isShown) })
    // The index of what is so is of no help in finding what is not.
    case .not(.state(let state)): return .condition(try condition(of: state).negated)
    case .not(let part):
      switch try meaning(of: part, isShown: !isShown) {
      case .words(let expression): return .noWords(expression)
      case .noWords(let expression): return .words(expression)
      case .condition(let condition): return .condition(condition.negated)
      case .anything: return .anything
      }
    case .words(let words): return meaning(of: words, isShown: isShown)
    default: return .condition(try condition(of: filter))
    }
  }

  private mutating func meaning(of words: FilterWords, isShown: Bool) -> Meaning {
    let terms = SearchTerm.terms(of: words, &tokens)
    guard !terms.isEmpty else { return .anything }
    needsIndex = true
    if isShown, [.anywhere, .text].contains(words.place) { shown += terms }
    return .words("(\(terms.map(\.expression).joined(separator: " AND ")))")
  }

  /// An alternative without a word asks for nothing, and so is none.
  private func either(_ parts: [Meaning]) -> Meaning {
    var (words, others): ([String], [SQLCondition]) = ([], [])
    for part in parts {
      switch part {
      case .words(let expression): words.append(expression)
      case .anything: break
      default: others.append(part.condition)
      }
    }
    let expression = "(\(words.joined(separator: " OR ")))"
    if others.isEmpty { return words.isEmpty ? .anything : .words(expression) }
    return .condition(.any((words.isEmpty ? [] : [QueryPlan.holding(expression)]) + others))
  }
}

// Conditions on registers.
extension FilterCompiler {
  private func condition(of filter: ArticleFilter) throws -> SQLCondition {
    switch filter {
    case .state(let state): return try indexed(state) ?? condition(of: state)
    case .tag(let name): return try condition(of: name)
    case .site(let name):
      let condition = "article.site IS NOT NULL AND article.site IN (\(FilterCompiler.listed))"
      // The index has a site's articles by day. All of them are better read as they lie.
      return try SQLCondition(
        isNarrow
          ? condition
          : "article.id IN (SELECT article.id FROM article WHERE \(condition))", sites(name))
    case .language(let tag):
      return SQLCondition(
        """
        article.language IS NOT NULL AND article.language IN (\(FilterCompiler.listed))
        """, try languages(tag))
    case .since(let day): return SQLCondition("article.day >= ?", day.number(today: today))
    case .before(let day): return SQLCondition("article.day < ?", day.number(today: today))
    case .added(let day):
      let first = day.number(today: today) * 86_400_000
      // Of many the index is to be left alone, which SQLite would take for the better way.
      return try few("article_by_added", "article.added >= ?", first)
        ?? SQLCondition("+article.added >= ?", first)
    case .rating(let comparison, let number):
      return try condition("rating", comparison, number, index: "article_rated")
    case .progress(let comparison, let number):
      return try condition("progress", comparison, number, index: "article_begun")
    case .all, .any, .not, .words, .view: return .always
    }
  }

  /// A state that few articles are in, each of which has an index of those; nil for another, and where
  /// many are in it.
  private func indexed(_ state: FilterState) throws -> SQLCondition? {
    switch state {
    case .read: try few("article_read", "article.read")
    case .starred: try few("article_starred", "article.starred")
    case .archived: try few("article_archived", "article.archived")
    case .begun: try few("article_begun", "article.progress > 0 AND NOT article.read")
    case .noted:
      try few("article_noted", "article.note IS NOT NULL AND \(FilterCompiler.isNoted)")
    case .link: try few("article_link", "article.body IS NULL")
    case .unread, .deleted, .conflicted, .highlighted, .missing: nil
    }
  }

  /// A condition on articles that an index holds, which holds only some; nil where it means many.
  ///
  /// Without statistics SQLite takes the order of the list for the better index, and goes through all
  /// articles. So it is asked for the numbers of those that are meant, where they are few; going by
  /// the order, it soon has the first of many.
  private func few(
    _ index: String, _ condition: String, _ arguments: (any DatabaseValueConvertible)...
  ) throws -> SQLCondition? {
    var condition = SQLCondition(condition)
    condition.arguments = arguments.map(\.databaseValue)
    let meant = "FROM article INDEXED BY \(index) WHERE \(condition.sql)"
    let count = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM (SELECT 1 \(meant) LIMIT \(FilterCompiler.many))",
      arguments: StatementArguments(condition.arguments))
    guard let count, count < FilterCompiler.many else { return nil }
    condition.sql = "article.id IN (SELECT article.id \(meant))"
    return condition
  }

  /// So many numbers are looked up one by one in less time than a million articles are gone through.
  private static let many = 50_000

  /// Of a number that is 0 unless somebody set it: an index holds the others.
  private func condition(
    _ column: String, _ comparison: FilterComparison, _ number: Int, index: String
  ) throws -> SQLCondition {
    let leavesOutZero =
      switch comparison {
      case .atLeast, .equal: number > 0
      case .more: number >= 0
      case .atMost, .less: false
      }
    let condition = "article.\(column) \(comparison.rawValue) ?"
    let few = leavesOutZero ? try few(index, "article.\(column) > 0 AND \(condition)", number) : nil
    return few ?? SQLCondition(condition, number)
  }

  private static let isNoted = "ifnull(trim(article.note, char(9, 10, 13, 32)) <> '', 0)"

  /// Spelt so that the indexes of `article` serve.
  private func condition(of state: FilterState) throws -> SQLCondition {
    switch state {
    case .unread: return SQLCondition("NOT article.read")
    case .read: return SQLCondition("article.read")
    case .starred: return SQLCondition("article.starred")
    case .archived: return SQLCondition("article.archived")
    case .deleted: return SQLCondition("article.deleted")
    case .begun: return SQLCondition("NOT article.read AND article.progress > 0")
    case .conflicted:
      // Of articles, and of highlights on them.
      let numbers = try json(ConflictQuery(StoreTransaction(db)).entities())
      return SQLCondition(
        """
        article.id IN (\(FilterCompiler.listed)) OR article.id IN (
          SELECT entity.id FROM highlight
            CROSS JOIN entity ON entity.kind = \(EntityKind.article.number)
              AND entity.key = highlight.article
          WHERE NOT highlight.deleted AND highlight.id IN (\(FilterCompiler.listed)))
        """, numbers, numbers)
    case .noted: return SQLCondition(FilterCompiler.isNoted)
    case .highlighted:
      return SQLCondition(
        """
        article.id IN (SELECT entity.id FROM highlight
          CROSS JOIN entity ON entity.kind = \(EntityKind.article.number)
            AND entity.key = highlight.article
          WHERE NOT highlight.deleted)
        """)
    case .link: return SQLCondition("article.body IS NULL")
    case .missing:
      return SQLCondition(
        """
        article.body IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM body WHERE body.hash = article.body)
        """)
    }
  }

  private func condition(of tag: FilterName) throws -> SQLCondition {
    guard !tag.text.isEmpty else {
      return SQLCondition("article.id IN (SELECT article FROM article_tag)")
    }
    let meant = try names(in: "article_tag", column: "tag").filter { tag.means($0) }
    return SQLCondition(
      """
      article.id IN (SELECT article FROM article_tag WHERE tag IN (\(FilterCompiler.listed)))
      """, try json(meant))
  }

  private func sites(_ name: FilterName) throws -> String {
    try json(names(in: "article", column: "site").filter { name.means(site: $0) })
  }

  /// The languages that a tag means: itself, and what it is the beginning of.
  private func languages(_ tag: String) throws -> String {
    let tag = Array(tag.lowercased().utf8)
    return try json(
      names(in: "article", column: "language").filter { name in
        let name = name.utf8.map(\.asciiLowercased)
        return name == tag || name.starts(with: tag + [UInt8(ascii: "-")])
      })
  }

  /// The different names in an indexed column: from each the index leads to the next.
  private func names(in table: String, column: String) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        WITH RECURSIVE name(text) AS (
          SELECT min(\(column)) FROM \(table)
          UNION ALL
          SELECT (SELECT min(\(column)) FROM \(table) WHERE \(column) > text) FROM name
          WHERE text IS NOT NULL)
        SELECT text FROM name WHERE text IS NOT NULL
        """)
  }

  /// A list of any length is bound as one value.
  private static let listed = "SELECT value FROM json_each(?)"

  private func json(_ values: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
  }
}

extension ArticleFilter {
  /// What it joins by *and*: itself, where it does not.
  fileprivate var conjuncts: [ArticleFilter] {
    if case .all(let parts) = self { parts } else { [self] }
  }

  /// Whether it means few articles, as a rule.
  fileprivate var isNarrow: Bool {
    switch self {
    case .since, .before, .added, .words, .tag, .rating, .progress: true
    case .state(let state): state != .unread
    case .all, .any, .not, .site, .language, .view: false
    }
  }
}
