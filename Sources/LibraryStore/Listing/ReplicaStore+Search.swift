import Articles
import Files
import GRDB
import Replication

extension ReplicaStore {
  /// Articles that match, the best first, or the newest where no words decide alone, after bringing
  /// the index up to date with the library.
  ///
  /// Throws ``StoreError``, `cannotIndex` where the index's file cannot be written; ``QueryError``;
  /// and `CancellationError`, after which the next search goes on where this one was.
  ///
  /// - Parameters:
  ///   - query: which articles, and how many hits at most; its order counts where words do not.
  ///   - today: the reader's, in days since 1970.
  ///   - snippetColumns: about how long a snippet is on a terminal.
  ///   - progress: told how many of the changed articles are in the index, and how many there are.
  package nonisolated func search(
    _ query: ArticleQuery, today: Int, snippetColumns: Int,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> SearchResults {
    let (answer, shown) = try await asking(query, today: today, progress: progress) { db, plan in
      (try SearchAnswer(db, query, plan), plan.shown)
    }
    return SearchResults(
      hits: try await hits(answer.articles, shown, snippetColumns: snippetColumns),
      matches: answer.matches)
  }

  /// The numbers of what ``search(_:today:snippetColumns:progress:)`` finds, in its order: all that is
  /// held of it, however much that is.
  package nonisolated func found(
    _ query: ArticleQuery, today: Int,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> FoundArticles {
    try await asking(query, today: today, progress: progress) { db, plan in
      FoundArticles(
        numbers: try SearchAnswer(db, query, plan).articles, shown: plan.shown)
    }
  }

  /// Some of what was found, each with its snippet, in their order; what has gone is left out.
  package nonisolated func hits(
    _ range: Range<Int>, of found: FoundArticles, snippetColumns: Int
  ) async throws(StoreError) -> [SearchResults.Hit] {
    try await hits(Array(found.numbers[range]), found.shown, snippetColumns: snippetColumns)
  }

  /// Runs `body` on a connection to the library, on which the index can be asked too where the query
  /// needs it: it is then brought up to date first.
  ///
  /// Where the index beside the library is behind and cannot be written, one elsewhere is asked.
  nonisolated func asking<Answer: Sendable>(
    _ query: ArticleQuery, today: Int,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    _ body: @escaping @Sendable (Database, QueryPlan) throws -> Answer
  ) async throws -> Answer {
    let outcome = try await view { db -> QueryOutcome<Answer> in
      do {
        var compiler = FilterCompiler(db, today: today)
        let plan = try compiler.plan(query)
        return plan.needsIndex ? .needsIndex(plan) : .answered(try body(db, plan))
      } catch let error as QueryError {
        return .refused(error)
      }
    }
    switch outcome {
    case .answered(let answer): return answer
    case .refused(let error): throw error
    case .needsIndex(let plan): return try await withIndex(progress) { try body($0, plan) }
    }
  }

  private nonisolated func withIndex<Answer>(
    _ progress: @Sendable (Int, Int) -> Void, _ body: (Database) throws -> Answer
  ) async throws -> Answer {
    var failure: DatabaseError?
    for place in SearchPlace.all(besides: searchFile, library, options.guardian.directory) {
      do {
        defer { if place.isTemporary { SearchIndex.remove(place.file) } }
        return try await withIndex(at: place, progress, body)
      } catch let error as DatabaseError where error.isLackOfRoom {
        failure = failure ?? error
      } catch let error as DatabaseError {
        throw StoreError(indexing: error, waited: options.busyTimeoutMilliseconds)
      }
    }
    throw failure.map { StoreError(indexing: $0, waited: options.busyTimeoutMilliseconds) }
      ?? .cannotIndex(reason: "there is no place for it")
  }

  private nonisolated func withIndex<Answer>(
    at place: SearchPlace, _ progress: @Sendable (Int, Int) -> Void,
    _ body: (Database) throws -> Answer
  ) async throws -> Answer {
    let update = SearchUpdate(
      library: file, key: library, file: place.file, text: options.searchText,
      busyTimeoutMilliseconds: options.busyTimeoutMilliseconds)
    do {
      return try await withIndex(after: update, progress, body)
    } catch let error as DatabaseError where error.isDamage {
      // Once: what is damaged again at once is not the index's fault.
      SearchIndex.remove(update.file)
      return try await withIndex(after: update, progress, body)
    }
  }

  private nonisolated func withIndex<Answer>(
    after update: SearchUpdate, _ progress: @Sendable (Int, Int) -> Void,
    _ body: (Database) throws -> Answer
  ) async throws -> Answer {
    let index = try await update.run(progress: progress)
    // The index stays open meanwhile, or its journal would go with the last connection to it.
    return try withExtendedLifetime(index) {
      let queue = try DatabaseQueue.readingOnly(
        update.file, waiting: options.busyTimeoutMilliseconds)
      // Attached, since it reads only what this connection may: nothing is written.
      return try queue.inDatabase { db in
        try db.attach(file, as: "library", isReadOnly: isReadOnly)
        return try body(db)
      }
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
    _ articles: [Int64], _ shown: [SearchTerm], snippetColumns: Int
  ) async throws(StoreError) -> [SearchResults.Hit] {
    let text = options.searchText
    return try await view { db in
      let reader = try SearchReader(db)
      let rows = try articles.compactMap {
        try ArticleRow.fetch(db, "WHERE id = ?", [$0], .listed).first
      }
      let chunks = try rows.map { try $0.article.body.flatMap { try reader.chunk(of: $0) } ?? 0 }
      var snippets = [SearchSnippet?](repeating: nil, count: rows.count)
      for index in rows.indices.sorted(by: { chunks[$0] < chunks[$1] }) {
        let row = rows[index]
        guard row.bodyLength != nil, let hash = row.article.body,
          let body = try reader.body(hash)
        else { continue }
        snippets[index] = SearchSnippet(
          of: text(body, row.article.format), showing: shown, columns: snippetColumns)
      }
      return zip(rows, snippets).map { SearchResults.Hit(article: $0, snippet: $1) }
    }
  }
}

/// What became of a query on the library's own connection.
private enum QueryOutcome<Answer: Sendable>: Sendable {
  case answered(Answer)
  case needsIndex(QueryPlan)
  case refused(QueryError)
}

/// The numbers of the articles that a search finds.
private struct SearchAnswer: Sendable {
  /// The best first, as many as were asked for.
  let articles: [Int64]
  let matches: Int

  init(_ db: Database, _ query: ArticleQuery, _ plan: QueryPlan) throws {
    let condition = plan.condition
    let (id, order, matching): (String, String, SQLCondition)
    if let words = plan.words {
      id = "document.article"
      order = "bm25(words, \(SearchAnswer.weights)), document.id DESC"
      var found = SQLCondition(
        """
        FROM words CROSS JOIN document ON document.id = words.rowid WHERE words MATCH ?
          AND EXISTS (
            SELECT 1 FROM article WHERE article.id = document.article AND (\(condition.sql)))
        """, words)
      found.arguments += condition.arguments
      matching = found
    } else {
      (id, order) = ("article.id", query.order)
      var found = SQLCondition("FROM article WHERE \(condition.sql)")
      found.arguments = condition.arguments
      matching = found
    }
    let arguments = StatementArguments(matching.arguments)
    articles = try Int64.fetchAll(
      db, sql: "SELECT \(id) \(matching.sql) ORDER BY \(order) LIMIT \(query.limit ?? -1)",
      arguments: arguments)
    guard query.limit != nil else {
      matches = articles.count
      return
    }
    matches =
      try Int.fetchOne(db, sql: "SELECT count(*) \(matching.sql)", arguments: arguments)
      ?? articles.count
  }

  /// Of text, title, author, note, highlights and the rest.
  private static let weights = "1.0, 10.0, 4.0, 4.0, 4.0, 4.0"
}
