import Articles
import GRDB
import Replication

/// The tables of sources: which pages each had, and which articles these brought (Protocol 5.13).
struct SourceTable {
  let transaction: StoreTransaction
  private var db: Database { transaction.db }

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// Nil for one that was never imported.
  static func source(at place: String, _ db: Database) throws -> RememberedSource? {
    try CachedStatement(
      db,
      """
      SELECT manner, commit_name,
        (SELECT count(DISTINCT page) FROM import_page WHERE source = id AND NOT gone AND article <> 0)
      FROM import_source WHERE place = ?
      """
    ).first([.text(place)]) { row in
      RememberedSource(
        manner: row.text(0), commit: row.textIfAny(1), pages: Int(row.integer(2)))
    }
  }

  /// The pages that it had.
  static func pages(of place: String, _ db: Database) throws -> [RememberedPage] {
    try CachedStatement(
      db,
      """
      SELECT page, key, mark
      FROM import_page LEFT JOIN entity ON entity.id = article
      WHERE source = (SELECT id FROM import_source WHERE place = ?) AND NOT gone
      """
    ).all([.text(place)]) { row in
      RememberedPage(
        page: row.text(0), article: row.identifier(1).map { ArticleID(key: $0) },
        mark: row.textIfAny(2))
    }
  }

  /// Notes pages that were read, whose articles were written before.
  func note(_ pages: [SourcePage]) throws {
    guard !pages.isEmpty else { return }
    let insert = try CachedStatement(
      db,
      """
      INSERT INTO import_page(source, page, article, mark, gone) VALUES (?, ?, ?, ?, 0)
      ON CONFLICT DO UPDATE SET mark = excluded.mark, gone = 0
      WHERE mark IS NOT excluded.mark OR gone
      """)
    let tagging = try CachedStatement(db, "INSERT OR IGNORE INTO import_tag VALUES (?, ?)")
    var numbers: [String: Int64] = [:]
    for page in pages {
      let source = try numbers[page.source] ?? number(of: page.source)
      numbers[page.source] = source
      var article: Int64 = 0
      if let id = page.article {
        // One that could not be written is no article of the source's.
        guard let number = try transaction.interner.existingNumber(of: id.entity) else { continue }
        article = number
      }
      try insert.run([
        .integer(source), .text(page.page), .integer(article), .text(page.mark),
      ])
      for tag in page.tags where article != 0 {
        try tagging.run([.integer(article), .text(tag)])
      }
      try note(page.images, of: page.page, in: source)
    }
  }

  private func note(_ images: [String], of page: String, in source: Int64) throws {
    let former = try CachedStatement(
      db, "SELECT image FROM import_image WHERE source = ? AND page = ? ORDER BY image"
    ).all([.integer(source), .text(page)]) { $0.text(0) }
    guard former != images else { return }
    try CachedStatement(db, "DELETE FROM import_image WHERE source = ? AND page = ?")
      .run([.integer(source), .text(page)])
    let insert = try CachedStatement(db, "INSERT OR IGNORE INTO import_image VALUES (?, ?, ?)")
    for image in images { try insert.run([.integer(source), .text(page), .text(image)]) }
  }

  /// The pages of a source that name any of these images.
  static func pages(
    naming images: Set<String>, in place: String, _ db: Database
  ) throws -> Set<String> {
    var pages: Set<String> = []
    try CachedStatement(
      db,
      """
      SELECT page, image FROM import_image
      WHERE source = (SELECT id FROM import_source WHERE place = ?)
      """
    ).walk([.text(place)]) { if images.contains($0.text(1)) { pages.insert($0.text(0)) } }
    return pages
  }

  /// Notes how a source was read, and which pages it has no more.
  func note(_ survey: SourceSurvey) throws {
    let source = try number(of: survey.place)
    try CachedStatement(
      db, "UPDATE import_source SET manner = ?, commit_name = ? WHERE id = ?"
    ).run([.text(survey.manner), .text(survey.commit), .integer(source)])
    guard let hasPage = survey.hasPage else { return }
    var gone: [(page: String, article: Int64)] = []
    try CachedStatement(
      db,
      """
      SELECT page, article, key FROM import_page LEFT JOIN entity ON entity.id = article
      WHERE source = ? AND NOT gone
      """
    ).walk([.integer(source)]) { row in
      let page = row.text(0)
      if !hasPage(page, row.identifier(2).map { ArticleID(key: $0) }) {
        gone.append((page, row.integer(1)))
      }
    }
    let mark = try CachedStatement(
      db, "UPDATE import_page SET gone = 1 WHERE source = ? AND page = ? AND article = ?")
    for (page, article) in gone {
      try mark.run([.integer(source), .text(page), .integer(article)])
    }
  }

  /// How many articles a source brought that are here.
  func articleCount(of place: String) throws -> Int {
    try CachedStatement(
      db,
      """
      SELECT count(DISTINCT article.id) FROM import_page JOIN article ON article.id = article
      WHERE source = (SELECT id FROM import_source WHERE place = ?) AND NOT deleted
      """
    ).first([.text(place)]) { Int($0.integer(0)) } ?? 0
  }

  /// The articles of a source that are here and have no page any more, in whatever source, each with
  /// the first page that it had, and whether somebody marked it.
  func goneArticles(
    of place: String
  ) throws -> [(id: ArticleID, page: String, isMarked: Bool)] {
    try CachedStatement(
      db,
      """
      SELECT article.key, min(page),
        read OR starred OR archived OR progress > 0 OR rating > 0 OR coalesce(note, '') <> ''
        OR EXISTS (SELECT 1 FROM highlight
          WHERE highlight.article = article.key AND NOT highlight.deleted)
        OR EXISTS (SELECT 1 FROM sibling
          WHERE entity = article.id AND field = (SELECT id FROM field WHERE name = ?))
        OR EXISTS (SELECT 1 FROM article_tag WHERE article_tag.article = article.id
          AND NOT EXISTS (SELECT 1 FROM import_tag
            WHERE import_tag.article = article.id AND import_tag.tag = article_tag.tag))
      FROM import_page AS former JOIN article ON article.id = former.article
      WHERE source = (SELECT id FROM import_source WHERE place = ?) AND gone AND NOT deleted
        AND NOT EXISTS (SELECT 1 FROM import_page AS present
          WHERE present.article = former.article AND NOT present.gone)
      GROUP BY article.id ORDER BY min(page)
      """
    ).all([.blob(ArticleField.title.bytes), .text(place)]) { row in
      guard let key = row.identifier(0) else {
        throw StoreError.damaged("an article's key is not sixteen bytes")
      }
      return (ArticleID(key: key), row.text(1), row.flag(2))
    }
  }

  /// Forgets the pages of articles that are gone.
  func forgetGone(_ articles: Set<EntityID>) throws {
    let forget = try CachedStatement(db, "DELETE FROM import_page WHERE article = ? AND gone")
    for article in articles {
      guard let number = try transaction.interner.existingNumber(of: article) else { continue }
      try forget.run([.integer(number)])
    }
  }

  /// Pages are read again, whatever blobs they are.
  func forgetMarks() throws {
    try CachedStatement.execute(
      """
      UPDATE import_source SET commit_name = NULL WHERE commit_name IS NOT NULL;
      UPDATE import_page SET mark = NULL WHERE mark IS NOT NULL;
      """, db)
  }

  /// The number of a source, which is given one where it has none.
  private func number(of place: String) throws -> Int64 {
    let find = try CachedStatement(db, "SELECT id FROM import_source WHERE place = ?")
    if let number = try find.first([.text(place)], { $0.integer(0) }) { return number }
    try CachedStatement(db, "INSERT INTO import_source(place, manner) VALUES (?, '')")
      .run([.text(place)])
    return db.lastInsertedRowID
  }
}
