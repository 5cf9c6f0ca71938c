import Articles
import GRDB

/// A query as the database is asked it.
struct QueryPlan: Sendable {
  /// What an article's row must fulfil.
  let condition: SQLCondition
  /// What must be found in the index besides, as FTS5 reads it; nil where no words decide alone, and
  /// so none can say what fits best.
  let words: String?
  /// Whether the index must be asked at all: `condition` may need it, too.
  let needsIndex: Bool
  /// What is shown as found in a text.
  let shown: [SearchTerm]

  /// `condition` with what must be found in the index.
  var whole: SQLCondition {
    guard let words else { return condition }
    return .all([QueryPlan.holding(words), condition])
  }

  /// Articles whose words an FTS5 expression finds.
  static func holding(_ expression: String) -> SQLCondition {
    SQLCondition(
      """
      article.id IN (
        SELECT document.article FROM words CROSS JOIN document ON document.id = words.rowid
        WHERE words MATCH ?)
      """, expression)
  }
}

extension ArticleQuery {
  /// The order of the rows of `article`.
  var order: String {
    let (down, up) = isReversed ? ("ASC", "DESC") : ("DESC", "ASC")
    return switch sort {
    case .added: "article.added \(down), article.key \(up)"
    case .published: "article.day \(down), article.added \(down), article.key \(up)"
    // Sorting holds what it sorts by.
    case .title: "substr(article.title, 1, 200) \(up), article.key \(up)"
    case .site:
      "article.site IS NULL, article.site \(up), article.day \(down), article.key \(up)"
    }
  }
}
