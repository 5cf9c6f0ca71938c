import Articles
import Coding
import Files
import Foundation
import GRDB
import Replication

/// Reads what changed in the library since the index was last brought up to date, from one snapshot
/// on a connection of its own, and makes documents of it.
actor SearchSource {
  /// The revision of the snapshot.
  nonisolated let revision: Int64
  private let library: DatabaseQueue
  /// The index, to leave out what it has.
  private let index: DatabaseQueue
  private let text: SearchText
  private var reader: SearchReader?
  private var changes: StatementCursor?
  /// Articles the index has and the library has not.
  private var strays: [Int64] = []
  private var tokens = SearchTokens()

  init(
    _ library: FilePath, index: FilePath, text: SearchText, busyTimeoutMilliseconds: Int
  ) throws {
    self.library = try DatabaseQueue.readingOnly(library, waiting: busyTimeoutMilliseconds)
    self.index = try DatabaseQueue.readingOnly(index, waiting: busyTimeoutMilliseconds)
    self.text = text
    // The transaction lasts until this is let go, over many calls.
    revision = try self.library.inDatabase { db in
      try db.beginTransaction(.deferred)
      return try Int64.fetchOne(db, sql: "SELECT revision FROM state") ?? 0
    }
  }

  /// The library at a revision, as an index that followed it so far would say.
  func place(at revision: Int64) throws -> SearchIndex.Place {
    let mark = try library.inDatabase {
      try Int64.fetchOne(
        $0,
        sql: """
          SELECT mark FROM article_change WHERE revision <= ?
          ORDER BY revision DESC, first DESC LIMIT 1
          """, arguments: [revision])
    }
    return SearchIndex.Place(revision: revision, mark: mark ?? 0)
  }

  /// Goes to the articles that changed after `revision`, in the order of their texts' chunks, so that
  /// each chunk is inflated once. Returns how many there are.
  ///
  /// - Parameter revision: nil where the index has followed another history: all are looked at.
  func seek(after revision: Int64?) throws -> Int {
    let indexed =
      revision == nil
      ? try index.read { try Int64.fetchAll($0, sql: "SELECT article FROM document") } : []
    let revision = revision ?? 0
    return try library.inDatabase { db in
      let find = try CachedStatement(db, "SELECT 1 FROM article WHERE id = ?")
      strays = try indexed.filter { try !find.hasRow([.integer($0)]) }
      reader = try SearchReader(db)
      let changes = try StatementCursor(
        db,
        """
        SELECT id FROM article LEFT JOIN body ON body.hash = article.body
        WHERE id IN (\(SearchSource.changed)) ORDER BY body.chunk, body.position, id
        """)
      changes.open([.integer(revision)])
      self.changes = changes
      return try Int.fetchOne(
        db, sql: "SELECT count(*) FROM article WHERE id IN (\(SearchSource.changed))",
        arguments: [revision]) ?? 0
    }
  }

  private static let changed = """
    SELECT article.id FROM article_change JOIN article ON article.id BETWEEN first AND last
    WHERE revision > ?
    """

  /// The next documents that the index does not have; nil after the last article.
  func nextBatch() throws -> SearchBatch? {
    guard let changes, let reader else { return nil }
    return try library.inDatabase { _ in
      try index.read { index in
        let find = try CachedStatement(index, "SELECT digest FROM document WHERE article = ?")
        var batch = SearchBatch()
        swap(&batch.removed, &strays)
        while !batch.isFull {
          guard try changes.next() else {
            self.changes = nil
            break
          }
          try take(changes.row.integer(0), reader, find, into: &batch)
        }
        return batch
      }
    }
  }

  private func take(
    _ article: Int64, _ reader: SearchReader, _ find: CachedStatement, into batch: inout SearchBatch
  ) throws {
    batch.articles += 1
    guard let record = try reader.record(of: article) else {
      batch.removed.append(article)
      return
    }
    let stored = try find.first([.integer(article)]) { $0.bytes(0) }
    // The words of a text that was here stay while the article is what it was.
    if stored == record.digest(withBody: true) { return }
    let digest = record.digest(withBody: record.hasBody)
    if stored == digest { return }
    var document = SearchDocument(article: article, digest: digest)
    document.title = words([record.title])
    document.author = words([record.author])
    document.note = words([record.note])
    document.highlight = words(record.highlights)
    document.about = words(record.about)
    if record.hasBody, let body = record.body, let bytes = try reader.body(body) {
      document.text = words([text(bytes, record.format)])
    }
    batch.bytes += document.columns.reduce(0) { $0 + $1.count }
    batch.documents.append(document)
  }

  private func words(_ texts: [String]) -> [UInt8] {
    tokens.removeAll()
    for text in texts { tokens.append(text) }
    // A copy of its own size: the buffer has room for the longest text so far.
    return tokens.bytes.withUnsafeBufferPointer { Array($0) }
  }
}
