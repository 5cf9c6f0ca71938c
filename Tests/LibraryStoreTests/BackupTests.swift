import Articles
import Files
import Foundation
import GRDB
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// A backup holds the library, and nothing of the replica that wrote it.
struct BackupTests {
  /// What each replica of equal knowledge may have. A new table is put here or among what is taken
  /// out.
  private static let kept: Set = [
    "replica", "entity", "field", "register_run", "sibling", "replaced", "frame", "superseded",
    "knowledge", "remote", "state", "chunk", "body", "piece", "partial", "article", "article_tag",
    "article_change", "highlight", "body_use", "bin", "bin_use", "tally", "grdb_migrations",
  ]

  @Test func `each table is kept or taken out`() async throws {
    let test = try TestStore(1)
    let tables = try await test.store.view { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    }
    #expect(BackupTests.kept.isDisjoint(with: BackupDatabase.own))
    #expect(Set(tables) == BackupTests.kept.union(BackupDatabase.own))
  }

  @Test func `a backup put in the database's place by hand writes as another replica`() async throws
  {
    let test = try TestStore(1)
    try await write("one", to: test.store)
    let folder = try TemporaryFolder()
    let path = FilePath(folder.url.path)
    let output = try OutputFile(path.appending(ReplicaStore.fileName), .owner)
    let content = try await test.store.backUp(into: output, invitation: nil, now: Sample.now)
    try output.commit()
    #expect(try await test.store.report().fingerprint == content.fingerprint)
    // With this machine's evidence, which knows the replica that wrote it.
    let copy = try ReplicaStore(folder: path, options: test.options)
    #expect(try await copy.report().fingerprint == content.fingerprint)
    try await write("two", to: copy)
    #expect(try await copy.report().replica != Sample.replica(1))
    try await write("three", to: test.store)
    #expect(try await test.store.report().replica == Sample.replica(1))
  }

  private func write(_ title: String, to store: ReplicaStore) async throws {
    let edit = Sample.article(1).edit(ArticleField.title, try .text(title))
    try await store.write([edit], now: Sample.now)
  }
}
