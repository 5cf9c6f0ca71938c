import Articles
import Coding
import Foundation
import GRDB
import Replication

@testable import LibraryStore

extension ReplicaStore {
  /// The numbers of the sample articles that are found, ascending. What is searched of a body is its
  /// very bytes.
  func found(_ query: String, unarchived: Bool = false) async throws -> [Int] {
    let results = try await results(query, unarchived: unarchived)
    return results.hits.map { Int($0.article.article.addedMilliseconds) }.sorted()
  }

  func results(
    _ query: String, unarchived: Bool = false, limit: Int? = nil
  ) async throws -> SearchResults {
    var query = try ArticleQuery(query, includingArchived: !unarchived)
    query.limit = limit
    return try await search(query, today: 0, snippetColumns: 80, progress: { _, _ in })
  }

  /// An article with a number as the time it was added, and a text that comes with it or not.
  func put(
    _ number: UInt64, title: String, text: String? = nil, withBody: Bool = true,
    more: [Edit] = []
  ) throws {
    let id = Sample.article(number)
    var edits = try [
      id.edit(ArticleField.title, .text(title)),
      id.edit(ArticleField.added, .integer(Int64(number))),
    ]
    if let text {
      edits.append(
        id.edit(ArticleField.body, try .data(ContentHash(of: Array(text.utf8)).bytes)))
    }
    try write(
      edits + more, bodies: withBody ? text.map { [try SearchSample.chunk($0)] } ?? [] : [],
      now: Sample.now)
  }

  /// A number in the index.
  nonisolated func indexed(_ sql: String) throws -> Int {
    let file = file.folder.appending(SearchIndex.fileName)
    return try DatabaseQueue.readingOnly(file, waiting: 5_000).read {
      try Int.fetchOne($0, sql: sql) ?? 0
    }
  }
}

enum SearchSample {
  static func chunk(_ text: String) throws -> VerifiedChunk {
    let body = Array(text.utf8)
    var builder = BodyChunkBuilder()
    builder.append(body[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
    return try VerifiedChunk(building: builder)
  }
}

extension SearchSample {
  static func execute(_ sql: String, on file: URL) throws {
    let queue = try DatabaseQueue(path: file.path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }
}
