import Articles
import Files
import Foundation
import GRDB
import Replication

/// What a library calls things, for whoever completes a command line: read at once, and nothing is
/// changed, mended or waited for.
package enum LibraryNames: Sendable {
  case views, tags, sites, remotes, replicas
  /// The beginnings of ids that lists show: the newest articles', or those that begin so.
  case articles

  /// More are of no use to anybody who completes a word.
  private static let limit = 200

  /// The names that begin with `prefix`, in their order. Throws where there is no library that this
  /// version reads, or another process keeps it.
  ///
  /// - Parameters:
  ///   - prefix: what was typed.
  ///   - folder: the library's.
  package func names(beginning prefix: String, in folder: FilePath) throws -> [String] {
    let file = folder.appending(ReplicaStore.fileName)
    // SQLite would wait for ever for somebody to write into a pipe.
    guard try FileStatus(of: file, followingLinks: true).kind == .file else { return [] }
    // Not for reading only, which would leave files beside the database.
    var configuration = Configuration()
    configuration.busyMode = .immediateError
    let queue = try DatabaseQueue.open(file, configuration)
    return try queue.snapshot { db in
      guard try Schema.isLibrary(db), try Schema.age(db) == .current else { return [] }
      return try names(beginning: prefix, db)
    }
  }
}

extension LibraryNames {
  private func names(beginning prefix: String, _ db: Database) throws -> [String] {
    switch self {
    case .views: chosen(try ViewQuery(db).all().map(\.name), prefix)
    case .tags: try LibraryNames.names(in: "article_tag", column: "tag", prefix, db)
    case .sites: try LibraryNames.names(in: "article", column: "site", prefix, db)
    case .remotes: chosen(try String.fetchAll(db, sql: "SELECT name FROM remote"), prefix)
    case .replicas: chosen(try LibraryNames.replicas(db), prefix)
    case .articles: try LibraryNames.articles(beginning: prefix, db)
    }
  }

  private func chosen(_ names: [String], _ prefix: String) -> [String] {
    Array(names.filter { $0.hasPrefix(prefix) }.sorted().prefix(LibraryNames.limit))
  }

  /// The different names in an indexed column: from each the index leads to the next.
  private static func names(
    in table: String, column: String, _ prefix: String, _ db: Database
  ) throws -> [String] {
    let found = try String.fetchAll(
      db,
      sql: """
        WITH RECURSIVE name(text) AS (
          SELECT min(\(column)) FROM \(table) WHERE \(column) >= ?
          UNION ALL
          SELECT (SELECT min(\(column)) FROM \(table) WHERE \(column) > text) FROM name
          WHERE text IS NOT NULL)
        SELECT text FROM name WHERE text IS NOT NULL LIMIT ?
        """, arguments: [prefix, limit])
    return Array(found.prefix { $0.utf8.starts(with: prefix.utf8) })
  }

  private static func replicas(_ db: Database) throws -> [String] {
    let transaction = try StoreTransaction(db)
    let (query, table) = (PeerQuery(transaction), try RegisterTable(transaction))
    return try transaction.interner.replicas.prefix(limit).compactMap {
      try query.card(of: $0, table).name
    }
  }

  private static func articles(beginning prefix: String, _ db: Database) throws -> [String] {
    let keys: [Data]
    if prefix.isEmpty {
      // As the index has them.
      keys = try Data.fetchAll(
        db,
        sql: """
          SELECT key FROM article WHERE NOT deleted AND NOT archived
          ORDER BY day DESC, added DESC, key LIMIT ?
          """, arguments: [limit])
    } else {
      guard let range = Base32.identifiers(startingWith: prefix) else { return [] }
      keys = try Data.fetchAll(
        db,
        sql: """
          SELECT entity.key FROM entity JOIN article ON article.id = entity.id
          WHERE entity.kind = ? AND entity.key BETWEEN ? AND ? ORDER BY entity.key LIMIT ?
          """,
        arguments: [
          EntityKind.article.number, Data(range.lowerBound.bytes), Data(range.upperBound.bytes),
          limit,
        ])
    }
    return try keys.compactMap { Identifier(bytes: $0) }.map {
      try ArticleRow.shortID(of: ArticleID(key: $0), db)
    }
  }
}
