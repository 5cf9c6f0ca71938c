import Articles
import Files
import Foundation
import GRDB
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Before or after, never between (rule 4).
struct TransactionTests {
  private struct Interruption: Error {}

  @Test func `an error inside a transaction leaves everything as it was`() async throws {
    let test = try TestStore(1)
    let edit = Sample.article(1).edit(ArticleField.title, try .text("before"))
    try await test.store.write([edit], now: Sample.now)
    let before = try await test.store.report()
    await #expect(throws: StoreError.self) {
      try await test.store.change { transaction in
        let edit = Sample.article(1).edit(ArticleField.title, try .text("between"))
        _ = try LocalWrite(transaction).write([edit], now: Sample.now)
        try transaction.save()
        throw Interruption()
      }
    }
    #expect(try await test.store.report() == before)
    #expect(try await test.connect().report() == before)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
    let after = try await test.store.write(
      [Sample.article(1).edit(ArticleField.title, try .text("after"))], now: Sample.now)
    #expect(after.changed.count == 1)
    #expect(try await test.store.report().knowledge.count == 2)
  }

  @Test func `a dry run tells what would change and changes nothing`() async throws {
    let test = try TestStore(1)
    let before = try await test.store.report()
    let changed = try await test.store.write(
      [Sample.article(1).edit(ArticleField.title, try .text("x"))], now: Sample.now,
      dryRun: true)
    #expect(changed.changed == [Sample.article(1).entity])
    #expect(try await test.store.report() == before)
    // Nor does the evidence speak of it: the next write is this replica's own.
    try await test.connect().write(
      [Sample.article(1).edit(ArticleField.title, try .text("y"))], now: Sample.now)
    #expect(try await test.store.report().replica == before.replica)
  }

  @Test func `a full disk is told, and loses nothing that was there`() async throws {
    let test = try TestStore(1)
    let article = Sample.article(1)
    try await test.store.write(
      [article.edit(ArticleField.note, try .text("kept"), .author)], now: Sample.now)
    let before = try await test.store.report()
    try await test.store.queue.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    let error = await #expect(throws: StoreError.self) {
      let text = try Value.text(String(repeating: "x", count: 1 << 18))
      try await test.store.write([article.edit(ArticleField.note, text, .author)], now: Sample.now)
    }
    guard case .cannotWrite = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try await test.store.report() == before)
    #expect(try await test.store.article(article)?.article.note == "kept")
  }

  @Test func `a writer that waited too long says so and has lost nothing`() async throws {
    let test = try TestStore(1)
    let second = try test.connect(busyTimeoutMilliseconds: 20)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let holder = try DatabaseQueue(path: test.store.file.string, configuration: configuration)
    try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let edit = Sample.article(1).edit(ArticleField.title, try .text("waiting"))
    let error = await #expect(throws: StoreError.self) {
      try await second.write([edit], now: Sample.now)
    }
    guard case .busy(waitedMilliseconds: 20) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try await second.report().knowledge.isEmpty)
    try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await second.write([edit], now: Sample.now).changed.count == 1)
  }

  @Test func `two connections write in turn and keep one dense sequence`() async throws {
    let test = try TestStore(1)
    let stores = [test.store, try test.connect()]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, store) in stores.enumerated() {
        group.addTask {
          for count in 0..<20 {
            let register = RegisterID(Sample.entity(UInt64(number)), Field("size"))
            try await store.write([Edit(register, .integer(Int64(count + 1)))], now: Sample.now)
          }
        }
      }
      try await group.waitForAll()
    }
    let knowledge = try await test.store.report().knowledge
    #expect(knowledge == Knowledge([Sample.replica(1): SequenceSet(1...40)]))
    #expect(try await stores[1].report().fingerprint == stores[0].report().fingerprint)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `a folder without a library, or with something else, is told apart`() async throws {
    let folder = try TemporaryFolder()
    let options = ReplicaStore.Options(
      stateDirectory: FilePath(folder.url.appendingPathComponent("state").path))
    #expect { try ReplicaStore(folder: FilePath(folder.url.path), options: options) } throws: {
      if case StoreError.noLibrary = $0 { true } else { false }
    }
    let file = folder.url.appendingPathComponent(ReplicaStore.fileName)
    try await DatabaseQueue(path: file.path).write { try $0.execute(sql: "CREATE TABLE t(a)") }
    #expect { try ReplicaStore(folder: FilePath(folder.url.path), options: options) } throws: {
      if case StoreError.noLibrary = $0 { true } else { false }
    }
    try Data(repeating: 0x61, count: 8_192).write(to: file)
    #expect { try ReplicaStore(folder: FilePath(folder.url.path), options: options) } throws: {
      if case StoreError.damaged = $0 { true } else { false }
    }
  }

  @Test func `a database of a newer version is refused`() async throws {
    let test = try TestStore(1)
    try await test.store.tamper("INSERT INTO grdb_migrations VALUES ('2')")
    #expect { try test.connect() } throws: {
      if case StoreError.newerVersion = $0 { true } else { false }
    }
  }

  @Test func `a library is never made over another`() throws {
    let test = try TestStore(1)
    #expect {
      try ReplicaStore.create(
        in: FilePath(test.library.path), library: Sample.library, replica: Sample.replica(2),
        options: ReplicaStore.Options(stateDirectory: FilePath(test.evidence.path)))
    } throws: {
      if case StoreError.libraryExists = $0 { true } else { false }
    }
  }
}
