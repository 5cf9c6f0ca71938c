import Articles
import Files
import LibraryStore
import Replication
import StorageSupport
import Testing

@testable import Transports

/// Whether a place is the right one (Protocol 7.2).
struct ExchangePlaceTests {
  private let fixture: BundleFixture
  private let storage = MemoryStorage()

  init() throws {
    fixture = try BundleFixture()
  }

  private func everything() async throws -> [FilePath] {
    try await storage.list(FilePath()) { _ in true }.map(\.name)
  }

  private var mark: FilePath {
    ExchangeListing.mark(in: ExchangeListing.folder(of: fixture.secret.libraryKey.bytes))
  }

  @Test func `whoever writes first marks the place, once`() async throws {
    let one = try await fixture.filled(1)
    _ = try await fixture.synchronize(one, with: storage)
    #expect(try await everything().filter { $0 == mark }.count == 1)
    try await one.write([fixture.article(1, 0).mark(.read)], now: BundleFixture.now)
    _ = try await fixture.synchronize(one, with: storage)
    #expect(try await everything().filter { $0 == mark }.count == 1)
  }

  @Test(arguments: [SyncDirection.both, .push, .pull])
  func `a known place in which nothing of the library is left is refused`(
    direction: SyncDirection
  ) async throws {
    let one = try await fixture.filled(1)
    _ = try await fixture.synchronize(one, with: storage)
    try await storage.delete(everything())
    await #expect(throws: ExchangeError.emptied) {
      try await fixture.synchronize(one, direction, with: storage)
    }
    #expect(try await everything().isEmpty)
    // One that lies there without its files is known by the mark.
    let result = try await fixture.synchronize(one, direction, with: storage, isMeant: true)
    #expect(result.sent.paths.isEmpty == (direction == .pull))
  }

  @Test func `a place from which every file was taken is known by its mark`() async throws {
    let one = try await fixture.filled(1)
    _ = try await fixture.synchronize(one, with: storage)
    try await storage.delete(everything().filter { $0 != mark })
    #expect(try await fixture.synchronize(one, with: storage).sent.paths.count == 1)
  }

  @Test func `a place of another library is refused, unless it is meant`() async throws {
    let one = try await fixture.filled(1)
    let other = try BundleFixture(seed: 2)
    let stranger = try await other.filled(1)
    _ = try await other.synchronize(stranger, with: storage)
    await #expect(throws: ExchangeError.ofAnotherLibrary) {
      try await fixture.synchronize(one, with: storage)
    }
    _ = try await fixture.synchronize(one, with: storage, isMeant: true)
    // From now on it is known, for both.
    for _ in 0..<2 {
      _ = try await fixture.synchronize(one, with: storage)
      _ = try await other.synchronize(stranger, with: storage)
    }
    let two = try fixture.replica(2)
    #expect(try await fixture.synchronize(two, .pull, with: storage).receivedFiles == 1)
    #expect(try await two.articleCount() == 3)
  }

  @Test func `an empty place that nobody knows is taken`() async throws {
    let one = try await fixture.filled(1)
    #expect(try await fixture.synchronize(one, .pull, with: storage).receivedFiles == 0)
    #expect(try await fixture.synchronize(one, with: storage).sent.paths.count == 1)
  }
}
