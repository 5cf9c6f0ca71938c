import Articles
import GRDB
import Replication

/// A highlight as queries return it.
public struct HighlightRow: Sendable, Hashable, Codable, Identifiable {
  public let id: HighlightID
  /// The shortest unique beginning of the id's text, at least eight letters.
  public let shortID: String
  public let highlight: Highlight
  /// Whether another note an author wrote of it is not shown.
  public let hasConflict: Bool

  /// A row for previews and tests of what shows rows; those of a library come from its queries.
  public init(
    id: HighlightID, shortID: String? = nil, highlight: Highlight, hasConflict: Bool = false
  ) {
    self.id = id
    self.shortID = shortID ?? String(id.description.prefix(8))
    (self.highlight, self.hasConflict) = (highlight, hasConflict)
  }
}

/// Reads rows of the `highlight` table.
struct HighlightQuery {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// Those of an article that are not deleted, in the order in which they were marked in the text.
  func highlights(of article: ArticleID) throws -> [HighlightRow] {
    try rows("article = ? AND NOT deleted ORDER BY first, last, key", [.identifier(article.key)])
  }

  /// Those that are not deleted and whose ids begin so, the first few.
  func highlights(named name: String) throws -> [HighlightRow] {
    guard let range = Base32.identifiers(startingWith: name) else { return [] }
    return try rows(
      """
      id IN (SELECT id FROM entity WHERE kind = \(EntityKind.highlight.number)
        AND key BETWEEN ? AND ?) AND NOT deleted ORDER BY key LIMIT 8
      """, [.identifier(range.lowerBound), .identifier(range.upperBound)])
  }

  /// The highlight of this id, deleted or not; nil where it was never here.
  func highlight(_ id: HighlightID) throws -> HighlightRow? {
    try rows(
      "id = (SELECT id FROM entity WHERE kind = \(EntityKind.highlight.number) AND key = ?)",
      [.identifier(id.key)]
    ).first
  }

  private func rows(_ condition: String, _ values: [SQLValue]) throws -> [HighlightRow] {
    let select = try CachedStatement(
      db,
      """
      SELECT id, key, article, body, quote, prefix, suffix, first, last, version, color, note,
        added, deleted, EXISTS (SELECT 1 FROM sibling WHERE entity = highlight.id)
      FROM highlight WHERE \(condition)
      """)
    let found = try select.all(values) { row in
      guard let key = row.identifier(1), let article = row.identifier(2) else {
        throw StoreError.damaged("a highlight's key is not sixteen bytes")
      }
      return (
        number: row.integer(0), id: HighlightID(key: key),
        highlight: Highlight(row, of: ArticleID(key: article)), hasSiblings: row.flag(14)
      )
    }
    // Few notes have siblings, and not each of those is a conflict.
    let conflicts =
      found.contains(where: \.hasSiblings) ? try ConflictQuery(StoreTransaction(db)) : nil
    return try found.map { row in
      HighlightRow(
        id: row.id, shortID: try ArticleRow.shortID(of: row.id.key, kind: .highlight, db),
        highlight: row.highlight,
        hasConflict: try row.hasSiblings && conflicts?.isInConflict(row.number) == true)
    }
  }
}

extension Highlight {
  fileprivate init(_ row: SQLRow, of article: ArticleID) {
    self.init(
      article: article,
      anchor: HighlightAnchor(
        body: row.hash(3), textVersion: Int(row.integer(9)), quote: row.text(4),
        prefix: row.text(5), suffix: row.text(6), start: Int(row.integer(7)),
        end: Int(row.integer(8))),
      color: row.textIfAny(10), note: row.textIfAny(11), addedMilliseconds: row.integer(12))
    isDeleted = row.flag(13)
  }
}
