import Articles
import Files
import Foundation
import GRDB
import Replication

extension ReplicaStore {
  /// Articles that match, the best first, after bringing the index up to date with the library.
  ///
  /// Throws ``StoreError``, `cannotIndex` where the index's file cannot be written; and
  /// `CancellationError`, after which the next search goes on where this one was.
  ///
  /// - Parameters:
  ///   - selection: among which articles, and how many hits; its title and order count for nothing.
  ///   - snippetColumns: about how long a snippet is on a terminal.
  ///   - text: makes readable text of a body: what is searched.
  ///   - progress: told how many of the changed articles are in the index, and how many there are.
  package nonisolated func search(
    _ query: SearchQuery, in selection: ArticleQuery, snippetColumns: Int,
    text: SearchText, progress: @Sendable (Int, Int) -> Void
  ) async throws -> SearchResults {
    let found = try await find(query, in: selection, text, progress)
    return SearchResults(
      hits: try await hits(found.articles, query, snippetColumns: snippetColumns, text),
      matches: found.matches)
  }

  /// Looks in the index beside the library; where that is behind and cannot be written, in one
  /// elsewhere.
  private nonisolated func find(
    _ query: SearchQuery, in selection: ArticleQuery, _ text: SearchText,
    _ progress: @Sendable (Int, Int) -> Void
  ) async throws -> SearchRun.Answer {
    var failure: DatabaseError?
    for place in SearchPlace.all(besides: searchFile, library, options.guardian.directory) {
      do {
        defer { if place.isTemporary { SearchIndex.remove(place.file) } }
        return try await find(query, in: selection, at: place, text, progress)
      } catch let error as DatabaseError where error.isLackOfRoom {
        failure = failure ?? error
      } catch let error as DatabaseError {
        throw StoreError(indexing: error, waited: options.busyTimeoutMilliseconds)
      }
    }
    throw failure.map { StoreError(indexing: $0, waited: options.busyTimeoutMilliseconds) }
      ?? .cannotIndex(reason: "there is no place for it")
  }

  private nonisolated func find(
    _ query: SearchQuery, in selection: ArticleQuery, at place: SearchPlace,
    _ text: SearchText, _ progress: @Sendable (Int, Int) -> Void
  ) async throws -> SearchRun.Answer {
    let update = SearchUpdate(
      library: file, key: library, file: place.file, text: text,
      busyTimeoutMilliseconds: options.busyTimeoutMilliseconds)
    do {
      return try await find(query, in: selection, after: update, progress: progress)
    } catch let error as DatabaseError where error.isDamage {
      // Once: what is damaged again at once is not the index's fault.
      SearchIndex.remove(update.file)
      return try await find(query, in: selection, after: update, progress: progress)
    }
  }

  private nonisolated func find(
    _ query: SearchQuery, in selection: ArticleQuery, after update: SearchUpdate,
    progress: @Sendable (Int, Int) -> Void
  ) async throws -> SearchRun.Answer {
    let index = try await update.run(progress: progress)
    // The index stays open meanwhile, or its journal would go with the last connection to it.
    return try withExtendedLifetime(index) {
      try SearchRun(library: file, isReadOnly: isReadOnly, index: update.file, options)
        .run(query, in: selection)
    }
  }

  /// How many bytes the search index takes.
  nonisolated var searchBytes: Int {
    ["", "-wal"].reduce(0) { sum, ending in
      let status = try? FileStatus(of: searchFile.adding(ending), followingLinks: true)
      return sum + (status?.length ?? 0)
    }
  }

  private nonisolated var searchFile: FilePath {
    file.folder.appending(SearchIndex.fileName)
  }

  /// In the order given; texts are read in the order of their chunks.
  private nonisolated func hits(
    _ articles: [Int64], _ query: SearchQuery, snippetColumns: Int, _ text: SearchText
  ) async throws(StoreError) -> [SearchResults.Hit] {
    try await view { db in
      let reader = try SearchReader(db)
      // One that was deleted a moment ago is left out.
      let rows = try articles.compactMap {
        try ArticleRow.fetch(db, "WHERE id = ? AND NOT deleted", [$0], .listed).first
      }
      let chunks = try rows.map { try $0.article.body.flatMap { try reader.chunk(of: $0) } ?? 0 }
      var snippets = [SearchSnippet?](repeating: nil, count: rows.count)
      for index in rows.indices.sorted(by: { chunks[$0] < chunks[$1] }) {
        let row = rows[index]
        guard row.bodyLength != nil, let hash = row.article.body,
          let body = try reader.body(hash)
        else { continue }
        snippets[index] = SearchSnippet(
          of: text(body, row.article.format), showing: query.shown, columns: snippetColumns)
      }
      return zip(rows, snippets).map { SearchResults.Hit(article: $0, snippet: $1) }
    }
  }
}

/// Asks the index, and the library where only some articles are wanted.
private struct SearchRun {
  private let library: FilePath
  private let isReadOnly: Bool
  private let queue: DatabaseQueue

  init(library: FilePath, isReadOnly: Bool, index: FilePath, _ options: ReplicaStore.Options) throws
  {
    self.library = library
    self.isReadOnly = isReadOnly
    queue = try .readingOnly(index, waiting: options.busyTimeoutMilliseconds)
  }

  struct Answer {
    /// The best first, as many as were asked for.
    let articles: [Int64]
    let matches: Int
  }

  func run(_ query: SearchQuery, in selection: ArticleQuery) throws -> Answer {
    // Attached, since it reads only what this connection may: nothing is written.
    try queue.inDatabase { db in
      try db.attach(library, as: "library", isReadOnly: isReadOnly)
      var selection = selection
      selection.title = nil
      let (conditions, values) = selection.conditions
      let isWhole = conditions.count == 1
      let matching = """
        FROM words CROSS JOIN document ON document.id = words.rowid WHERE words MATCH ?
        \(isWhole ? "" : """
          AND EXISTS (
            SELECT 1 FROM library.article
            WHERE id = document.article AND \(conditions.joined(separator: " AND ")))
          """)
        """
      let arguments = [query.expression] + values
      let articles = try Int64.fetchAll(
        db,
        sql: """
          SELECT document.article \(matching)
          ORDER BY bm25(words, \(SearchRun.weights)), document.id DESC LIMIT \(selection.limit ?? -1)
          """, arguments: arguments)
      let matches = try Int.fetchOne(db, sql: "SELECT count(*) \(matching)", arguments: arguments)
      return Answer(articles: articles, matches: matches ?? articles.count)
    }
  }

  /// Of the text, the title, and the facts about them.
  private static let weights = "1.0, 10.0, 4.0"
}
