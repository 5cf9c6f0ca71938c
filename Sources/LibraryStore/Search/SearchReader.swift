import Articles
import Coding
import GRDB
import Replication

/// What of an article is searched, without its text.
struct SearchRecord {
  let title: String
  let author: String
  let note: String
  /// The passages its reader highlighted, each followed by what was noted of it.
  let highlights: [String]
  /// Editor, site, summary and tags.
  let about: [String]
  let format: BodyFormat
  let body: ContentHash?
  /// Whether the body is here.
  let hasBody: Bool

  /// Tells whether the index has this already. The body stands in it by its hash, so that an article
  /// that was marked is not read again.
  func digest(withBody: Bool) -> [UInt8] {
    var hash = SipHash128(key0: 0, key1: 0)
    func combine(_ parts: [String]) {
      hash.combine(word: UInt64(parts.count))
      for var part in parts {
        hash.combine(word: UInt64(part.utf8.count))
        part.withUTF8 { hash.combine(UnsafeRawBufferPointer($0)) }
      }
    }
    combine([title, author, note, format.rawValue])
    combine(highlights)
    combine(about)
    hash.combine(word: withBody && body != nil ? 1 : 0)
    if withBody { body?.bytes.withUnsafeBytes { hash.combine($0) } }
    return hash.finish().bytes
  }
}

/// Reads articles' records and bodies for the index, fastest in the order of the bodies' chunks.
struct SearchReader {
  private let table: BodyTable
  private let bodies: BodyReader
  private let select: CachedStatement
  private let tags: CachedStatement
  private let highlights: CachedStatement

  init(_ db: Database) throws {
    table = BodyTable(db)
    bodies = BodyReader(db)
    select = try CachedStatement(
      db,
      "SELECT title, author, note, editor, site, summary, format, body FROM article WHERE id = ?")
    tags = try CachedStatement(db, "SELECT tag FROM article_tag WHERE article = ? ORDER BY tag")
    highlights = try CachedStatement(
      db,
      """
      SELECT quote, note FROM highlight
      WHERE article = (SELECT key FROM article WHERE id = ?) AND NOT deleted ORDER BY key
      """)
  }

  /// Nil for an article that never was. Deleted ones are found by those who look among them.
  func record(of article: Int64) throws -> SearchRecord? {
    try select.first([.integer(article)]) { row in
      let body = row.hash(7)
      return SearchRecord(
        title: row.text(0), author: row.text(1), note: row.text(2),
        highlights: try highlights(of: article),
        about: (3...5).map { row.text($0) } + (try tags(of: article)),
        format: BodyFormat(rawValue: row.text(6)) ?? .text, body: body,
        hasBody: try body.map { try table.has($0) } ?? false)
    }
  }

  private func tags(of article: Int64) throws -> [String] {
    try tags.all([.integer(article)]) { $0.text(0) }
  }

  private func highlights(of article: Int64) throws -> [String] {
    try highlights.all([.integer(article)]) { [$0.text(0), $0.text(1)] }.flatMap(\.self)
  }

  /// The body; nil where its bytes are damaged, which `check --deep` finds and a search survives.
  func body(_ hash: ContentHash) throws -> [UInt8]? {
    do {
      return try bodies.body(hash)
    } catch is CodingError {
      return nil
    } catch StoreError.damaged {
      return nil
    }
  }

  /// Where a body begins.
  func chunk(of hash: ContentHash) throws -> Int64? { try table.pieces(of: hash).first?.chunk }
}
