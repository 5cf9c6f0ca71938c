import Files
import LibraryStore
import Replication
import StorageSupport
import Testing

@testable import Transports

/// What files in a place tell of and no file there brings (Protocol 7.4).
struct ExchangeMissingTests {
  private let fixture: BundleFixture
  private let storage = MemoryStorage()
  private static let day: Int64 = 86_400_000

  init() throws {
    fixture = try BundleFixture()
  }

  private func synchronize(
    _ store: ReplicaStore, _ direction: SyncDirection = .both,
    with other: (any Storage)? = nil, days: Int64 = 0
  ) async throws -> Exchange.Result {
    try await fixture.synchronize(
      store, direction, with: other ?? storage,
      now: BundleFixture.now + days * ExchangeMissingTests.day)
  }

  private func exchange(_ store: ReplicaStore) -> Exchange {
    Exchange(store, secret: fixture.secret, senderName: "sender", storage: storage)
  }

  private func file(of store: ReplicaStore) async throws -> ExchangeListing.File {
    let replica = try await store.report().replica
    return try #require(
      await Exchange.files(of: fixture.secret.libraryKey.bytes, in: storage)
        .first { $0.name.replica == replica })
  }

  /// A place in which two's file tells of what one's brought, and one's is gone.
  private func gap() async throws -> (one: ReplicaStore, two: ReplicaStore, three: ReplicaStore) {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    for store in [one, two] { _ = try await synchronize(store) }
    try await storage.delete([file(of: one).path])
    return (one, two, try fixture.replica(3))
  }

  @Test func `what is missing is told each time until it comes, and only where it was told`()
    async throws
  {
    let (one, two, three) = try await gap()
    let missing = try await one.report().knowledge
    for days in 0..<3 {
      #expect(try await synchronize(three, days: Int64(days)).missing == missing)
      let plan = try await exchange(three).dryRun(now: BundleFixture.now)
      #expect(plan.missing == missing && plan.operations.isEmpty)
    }
    let elsewhere = MemoryStorage()
    #expect(try await synchronize(three, with: elsewhere).missing.isEmpty)
    // Who only sends asks for nothing.
    #expect(try await synchronize(three, .push).missing.isEmpty)
    // Whoever holds it brings it.
    #expect(try await synchronize(two).sent.operationCount > 0)
    #expect(try await exchange(three).dryRun(now: BundleFixture.now).missing.isEmpty)
    #expect(try await synchronize(three).missing.isEmpty)
    #expect(try await three.report().knowledge == two.report().knowledge)
    #expect(try await synchronize(three).missing.isEmpty)
  }

  @Test func `a roll-up that is passed over tells what its files told`() async throws {
    let (_, two, three) = try await gap()
    let missing = try await synchronize(three, .pull).missing
    #expect(!missing.isEmpty)
    // Two's own files become one, which three need not read, and which alone stays.
    let first = try await file(of: two)
    var records = try await three.exchangeRecords().filter { $0.key == first.name.text }
    let bytes = try await storage.contents(of: first.path)
    let name = ExchangeName(first.name.replica, 1...2, hash: ContentHash(of: bytes))
    let second = ExchangeName(first.name.replica, 2...2, hash: ContentHash(of: [2]))
    records.append((second.text, ExchangeRecord(content: records[0].value.content)))
    try await three.note(Dictionary(uniqueKeysWithValues: records))
    try await storage.delete([first.path])
    try await storage.put(
      bytes, in: first.path.removingLastComponent(), as: #require(FilePath.Component(name.text)))
    #expect(try await synchronize(three, .pull).missing == missing)
  }

  @Test func `a file that is listed again and again and never comes is told of`() async throws {
    let one = try await fixture.filled(1)
    _ = try await synchronize(one)
    let two = try fixture.replica(2)
    let withheld = Withholding(storage, try await file(of: one).path)
    #expect(try await synchronize(two, .pull, with: withheld).skipped.isEmpty)
    let second = try await synchronize(two, .pull, with: withheld)
    #expect(second.skipped.map(\.path) == [try await withheld.path(of: file(of: one).path)])
    #expect(try await synchronize(two, .pull).receivedFiles == 1)
  }

  @Test func `many files that nobody can read are tried again ever more seldom`() async throws {
    let one = try await fixture.filled(1)
    let library = one.library
    let replica = try await one.report().replica
    let folder = ExchangeListing.folder(of: library)
    let count = ExchangeState.triedEachTime + 4
    for number in 1...count {
      let name = ExchangeName(replica, number...number, hash: ContentHash(of: [UInt8(number)]))
      try await storage.put([1, 2, 3], in: folder, as: #require(FilePath.Component(name.text)))
    }
    let two = try fixture.replica(2)
    let watched = WatchedStorage(storage)
    func opened(afterHours hours: Int64) async throws -> Int {
      let result = try await fixture.synchronize(
        two, .pull, with: watched, now: BundleFixture.now + hours * 3_600_000)
      #expect(result.skipped.count + result.damaged.count == count)
      return watched.counts().opened.count
    }
    #expect(try await opened(afterHours: 0) == count)
    #expect(try await opened(afterHours: 1) == count)
    #expect(try await opened(afterHours: 1) == 0)
    let plan = try await Exchange(
      two, secret: fixture.secret, senderName: "", storage: watched
    ).dryRun(now: BundleFixture.now + 3_600_000)
    #expect(plan.skipped.count == count && watched.counts().opened.isEmpty)
    #expect(try await opened(afterHours: 2) == count)
    #expect(try await opened(afterHours: 3) == 0)
    // Within a day of the first time they are known to be damaged.
    #expect(try await opened(afterHours: 24) == count)
    #expect(
      try await fixture.synchronize(
        two, .pull, with: watched, now: BundleFixture.now + 25 * 3_600_000
      ).skipped.isEmpty)
  }
}

/// A storage that lists a file and never hands it out.
private struct Withholding: Storage {
  private let storage: any Storage
  private let withheld: FilePath

  init(_ storage: any Storage, _ withheld: FilePath) {
    (self.storage, self.withheld) = (storage, withheld)
  }

  func list(
    _ folder: FilePath, entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile] { try await storage.list(folder, entering: isEntered) }

  func read(_ names: [FilePath]) async throws(FileError) -> [any ReadableFile] {
    try await storage.read(names.map { $0 == withheld ? "nowhere" : $0 })
  }

  func prepare(_ folder: FilePath, for writer: String) async throws(FileError) {
    try await storage.prepare(folder, for: writer)
  }

  func create(in folder: FilePath, for writer: String) throws(FileError) -> any NewFile {
    try storage.create(in: folder, for: writer)
  }

  func flush() async throws(FileError) { try await storage.flush() }
  func delete(_ names: [FilePath]) async throws(FileError) { try await storage.delete(names) }
  func path(of name: FilePath) -> FilePath { storage.path(of: name) }

  var isNear: Bool { storage.isNear }
}
