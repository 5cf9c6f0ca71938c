import Articles
import Coding
import GRDB
import Replication

/// What of an article is searched, without its text.
struct SearchRecord {
  let title: String
  /// Author, editor, site, summary, note and tags.
  let about: [String]
  let format: BodyFormat
  /// Nil where it is not here.
  let body: ContentHash?

  /// Tells whether the index has this already. The body stands in it by its hash, so that an article
  /// that was marked is not read again.
  var digest: [UInt8] {
    var hash = SipHash128(key0: 0, key1: 0)
    for part in [title, format.rawValue] + about {
      hash.combine(word: UInt64(part.utf8.count))
      var part = part
      part.withUTF8 { hash.combine(UnsafeRawBufferPointer($0)) }
    }
    hash.combine(word: body == nil ? 0 : 1)
    body?.bytes.withUnsafeBytes { hash.combine($0) }
    return hash.finish().bytes
  }
}

/// Reads articles' records and bodies for the index, fastest in the order of the bodies' chunks.
struct SearchReader {
  private let table: BodyTable
  private let bodies: BodyReader
  private let select: CachedStatement
  private let tags: CachedStatement

  init(_ db: Database) throws {
    table = BodyTable(db)
    bodies = BodyReader(db)
    select = try CachedStatement(
      db,
      """
      SELECT title, author, editor, site, summary, note, format, body FROM article
      WHERE id = ? AND NOT deleted
      """)
    tags = try CachedStatement(db, "SELECT tag FROM article_tag WHERE article = ? ORDER BY tag")
  }

  /// Nil for an article that was deleted.
  func record(of article: Int64) throws -> SearchRecord? {
    try select.first([.integer(article)]) { row in
      SearchRecord(
        title: row.text(0), about: (1...5).map { row.text($0) } + (try tags(of: article)),
        format: BodyFormat(rawValue: row.text(6)) ?? .text,
        body: try row.hash(7).flatMap { try table.has($0) ? $0 : nil })
    }
  }

  private func tags(of article: Int64) throws -> [String] {
    try tags.all([.integer(article)]) { $0.text(0) }
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
