import Articles
import Dispatch
import Files
import GRDB
import Replication
import Testing

@testable import LibraryStore

struct ReaderPoolTests {
  private let test: TestStore

  init() throws {
    test = try TestStore(1)
  }

  private func store(maximumReaders: Int) throws -> ReplicaStore {
    var options = test.options
    options.maximumReaders = maximumReaders
    return try ReplicaStore(folder: FilePath(test.library.path), options: options)
  }

  /// What is read while the store is in the midst of a change: nil where the change ended first, which
  /// waits for the reading for so long.
  private func countReadDuringChange(
    of store: ReplicaStore, waiting milliseconds: Int
  ) async throws -> Int? {
    let hasRead = DispatchSemaphore(value: 0)
    let (started, start) = AsyncStream<Void>.makeStream()
    async let change = store.change { transaction in
      _ = try LocalWrite(transaction).write(
        [Sample.article(2).edit(ArticleField.title, try .text("second"))], now: Sample.now)
      start.finish()
      return hasRead.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }
    for await _ in started {}
    async let reading = {
      let count = try await store.count(of: .all, today: 0)
      hasRead.signal()
      return count
    }()
    let (wasRead, count) = try await (change, reading)
    return wasRead ? count : nil
  }

  @Test func `a read does not wait for a write, and sees what was there before it`() async throws {
    let store = try store(maximumReaders: 1)
    try await store.write(
      [Sample.article(1).edit(ArticleField.title, try .text("first"))], now: Sample.now)
    #expect(try await countReadDuringChange(of: store, waiting: 300_000) == 1)
    #expect(try await store.count(of: .all, today: 0) == 2)
  }

  @Test func `without connections of their own reads wait`() async throws {
    let store = try store(maximumReaders: 0)
    #expect(try await countReadDuringChange(of: store, waiting: 200) == nil)
  }

  @Test(arguments: [1, 3]) func `no more connections are opened than asked for`(
    maximum: Int
  ) async throws {
    var options = test.options
    options.maximumReaders = maximum
    let pool = ReaderPool(FilePath(test.library.path).appending("library.sqlite"), options)
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<40 {
        group.addTask {
          try await pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM article") ?? -1 }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 0, count: 40))
    #expect((1...maximum).contains(await pool.openCount))
  }

  @Test func `a reader that finds no database says so, and is tried again`() async throws {
    let file = FilePath(test.folder.url.path).appending("none.sqlite")
    let pool = ReaderPool(file, test.options)
    for _ in 0..<2 {
      await #expect(throws: StoreError.self) { try await pool.read { _ in } }
    }
    #expect(await pool.openCount == 0)
  }
}
