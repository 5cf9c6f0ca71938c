import Articles
import Files
import Foundation
import LibraryStore
import Replication
import StorageSupport
import Testing

@testable import Transports

/// What a synchronization with a place asks of it.
struct ExchangeCostTests {
  private let fixture: BundleFixture
  private let storage: WatchedStorage
  private static let day: Int64 = 86_400_000

  init() throws {
    fixture = try BundleFixture()
    storage = WatchedStorage(MemoryStorage())
  }

  private func synchronize(
    _ store: ReplicaStore, _ direction: SyncDirection = .both, after days: Int64 = 0
  ) async throws -> Exchange.Result {
    try await fixture.synchronize(
      store, direction, with: storage, now: BundleFixture.now + days * ExchangeCostTests.day)
  }

  private func mark(_ store: ReplicaStore, _ value: Int64) async throws {
    try await store.write(
      [fixture.article(1, 0).edit(ArticleField.progress, .integer(value))], now: BundleFixture.now)
  }

  private func names() async throws -> [ExchangeName] {
    try await Exchange.files(of: fixture.secret.libraryKey.bytes, in: storage).map(\.name)
  }

  @Test func `nothing new is one listing, and no file is opened`() async throws {
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    for _ in 0..<3 { for store in [one, two] { _ = try await synchronize(store) } }
    _ = storage.counts()
    for store in [one, two] {
      _ = try await synchronize(store)
      #expect(storage.counts() == WatchedStorage.Counts(lists: 1))
    }
  }

  @Test func `a mark is one file here and one reading there`() async throws {
    let (one, two) = (try await fixture.filled(1, articles: 40), try fixture.replica(2))
    for _ in 0..<2 { for store in [one, two] { _ = try await synchronize(store) } }
    try await mark(one, 50)
    _ = storage.counts()
    #expect(try await synchronize(one).sent.operationCount == 1)
    var counts = storage.counts()
    #expect(counts.lists == 1 && counts.opened.isEmpty && counts.written == 1)
    #expect(try await synchronize(two).receivedFiles == 1)
    counts = storage.counts()
    #expect(counts.lists == 1 && Set(counts.opened).count == 1 && counts.written == 0)
  }

  @Test func `what was read at one path is not read again at another`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    let places = [fixture.path("here"), fixture.path("there")]
    try Folder.make(places[0])
    _ = try await fixture.synchronize(one, with: FolderStorage(places[0]))
    _ = try await fixture.synchronize(two, with: FolderStorage(places[0]))
    try places[0].rename(to: places[1])
    let moved = WatchedStorage(FolderStorage(places[1]))
    #expect(try await fixture.synchronize(two, with: moved).receivedFiles == 0)
    #expect(moved.counts().opened.isEmpty)
  }

  @Test func `an acknowledgement comes with operations or once a day`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await synchronize(one)
    _ = try await synchronize(two)
    for value in 1...3 {
      try await mark(one, Int64(value))
      _ = try await synchronize(one)
      #expect(try await synchronize(two).sent.paths.isEmpty)
    }
    #expect(try await synchronize(two, after: 1).sent.paths.count == 1)
    #expect(try await synchronize(two, after: 1).sent.paths.isEmpty)
    // A file of a time that is yet to come keeps none back.
    try await mark(one, 4)
    _ = try await synchronize(one, after: 1)
    #expect(try await synchronize(two, after: -3).sent.paths.count == 1)
  }

  @Test func `who read the files that a roll-up stands for passes it over`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    for value in 1...12 {
      try await mark(one, Int64(value))
      _ = try await synchronize(one)
      _ = storage.counts()
      let result = try await synchronize(two, .pull)
      #expect(result.receivedFiles == 1)
      #expect(Set(storage.counts().opened).count == 1)
    }
    #expect(try await names().contains { $0.numbers.count > 2 })
    #expect(try await synchronize(two, .pull).receivedFiles == 0)
    // Passed over, they count: nothing of theirs is written a second time when the others are gone.
    _ = try await synchronize(one, after: 2)
    let lacking = try await synchronize(two, after: 2)
    #expect(lacking.sent.operationCount == 0)
  }

  @Test func `who only writes forgets nothing that was read`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    for value in 1...5 {
      try await mark(one, Int64(value))
      _ = try await synchronize(one)
      _ = try await synchronize(two, .pull)
    }
    // A roll-up that two never read stands for files that it did, which are gone.
    try await mark(one, 9)
    for day in [0, 2] as [Int64] { _ = try await synchronize(one, after: day) }
    let before = Set(try await two.exchangeRecords().map(\.key))
    _ = try await synchronize(two, .push, after: 2)
    #expect(try await before.isSubset(of: two.exchangeRecords().map(\.key)))
  }

  @Test func `who only writes checks a file once, and reads it when it is asked to`() async throws {
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    for value in 1...2 {
      try await mark(one, Int64(value))
      _ = try await synchronize(one)
    }
    _ = storage.counts()
    _ = try await synchronize(two, .push)
    let checked = Set(storage.counts().opened)
    #expect(!checked.isEmpty)
    try await mark(two, 9)
    #expect(try await synchronize(two, .push).sent.operationCount == 1)
    #expect(storage.counts().opened.isEmpty)
    // They are as unread as before.
    #expect(try await synchronize(two, .pull).receivedFiles == checked.count)
    #expect(try await two.report().knowledge.dominates(one.report().knowledge))
    // And what they carry is not written a second time.
    _ = storage.counts()
    #expect(try await synchronize(two, .push).sent.operationCount == 0)
    #expect(storage.counts().opened.isEmpty)
  }

  @Test func `a checked file that cannot be read since counts no more`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await synchronize(one)
    _ = try await synchronize(two, .push)
    let writer = try await one.report().replica
    let file = try #require(
      await Exchange.files(of: fixture.secret.libraryKey.bytes, in: storage)
        .first { $0.name.replica == writer })
    let record = try #require(await two.exchangeRecords().first { $0.key == file.name.text }?.value)
    #expect(record.content == nil && record.checked?.length == file.length)
    var bytes = try await storage.contents(of: file.path)
    bytes[bytes.count / 2] ^= 1
    try await storage.delete([file.path])
    try await storage.put(
      bytes, in: file.path.removingLastComponent(), as: #require(file.path.lastComponent))
    #expect(try await synchronize(two, .pull).skipped.count == 1)
    let later = try #require(await two.exchangeRecords().first { $0.key == file.name.text }?.value)
    #expect(later.checked == nil && later.fault?.length == file.length)
  }

  @Test func `who read none of them gets all from a roll-up`() async throws {
    let one = try await fixture.filled(1)
    for value in 1...12 {
      try await mark(one, Int64(value))
      _ = try await synchronize(one)
    }
    _ = try await synchronize(one, after: 2)
    let files = try await names().count
    let newcomer = try fixture.replica(3)
    #expect(try await synchronize(newcomer, .pull, after: 2).receivedFiles == files)
    #expect(try await newcomer.report().knowledge == one.report().knowledge)
    try await expectEqual(one, newcomer)
  }

  @Test func `a file that was passed over is read while something is missing`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    for value in 0..<5 {
      try await mark(one, Int64(value))
      _ = try await synchronize(one)
    }
    let listing = try await Exchange.files(of: fixture.secret.libraryKey.bytes, in: storage)
    let rolled = try #require(listing.max { $0.name.numbers.count < $1.name.numbers.count })
    #expect(rolled.name.numbers.count > 1)
    // Two is told that it read what it never did, as a library would be that lost a part of its log.
    for file in listing where file.name != rolled.name && rolled.name.stands(for: file.name) {
      let content = ExchangeRecord.Content(length: file.length, carried: Knowledge())
      try await two.note([file.name.text: ExchangeRecord(content: content)])
    }
    #expect(try await synchronize(two, .pull).receivedFiles == 0)
    try await mark(one, 9)
    _ = try await synchronize(one)
    _ = storage.counts()
    let result = try await synchronize(two, .pull)
    #expect(storage.counts().opened.contains(rolled.path))
    #expect(result.missing.isEmpty)
    #expect(try await two.report().knowledge == one.report().knowledge)
  }

  @Test func `operations that come while files are rolled up are in no roll-up`() async throws {
    let one = try await fixture.filled(1)
    let dots = try await one.heldKnowledge()
    try await mark(one, 7)
    let newest = try await one.report()
    let plan = try await one.withDelta(
      since: Knowledge(), stating: DeltaClaim(carrying: dots, sender: newest)
    ) { plan, _ in (plan.statement.carried, plan.leavesSomeOut) }.get()
    #expect(plan.0.subtracting(dots).isEmpty)
    #expect(plan.1)
  }

  @Test func `an older layout is read, counted and rolled up`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    let share = fixture.path("share")
    _ = try await fixture.synchronize(one)
    let flat = try #require(await fixture.exchangeFiles().first)
    let name = try #require(flat.lastComponent.flatMap { ExchangeName($0.string) })
    let home = flat.folder.appending("\(name.replica)")
    try Folder.make(home)
    let text = name.text.dropFirst("\(name.replica)-".count)
    try flat.rename(to: home.appending(String(text)))
    #expect(try await fixture.synchronize(two).receivedFiles == 1)
    #expect(try await fixture.synchronize(one).sent.operationCount == 0)
    try await mark(one, 3)
    let later = try await fixture.synchronize(one, with: FolderStorage(share))
    #expect(later.sent.operationCount == 1)
    #expect(try await fixture.exchangeFiles().count == 3)
  }

  @Test func `what was rolled up while the clock was ahead is deleted a day after it is right`()
    async throws
  {
    let one = try await fixture.filled(1)
    let ahead: Int64 = 70 * 365
    for value in 1...4 {
      try await mark(one, Int64(value))
      _ = try await synchronize(one, after: ahead)
    }
    let before = try await names()
    _ = try await synchronize(one)
    #expect(try await names() == before)
    _ = try await synchronize(one, after: 2)
    #expect(try await names().count < before.count)
  }

  @Test func `thousands of files that nobody filled are opened a thousand at a time`() async throws
  {
    let one = try fixture.replica(1)
    let folder = ExchangeListing.folder(of: fixture.secret.libraryKey.bytes)
    let memory = MemoryStorage()
    for number in 1...2_345 {
      let writer = ReplicaID(Identifier(high: 9, low: UInt64(number % 2_000)))
      let name = ExchangeName(writer, number...number, hash: ContentHash(of: []))
      let file = try memory.create(in: folder, for: "nobody")
      try file.commit(as: folder.appending(name.text))
    }
    try await memory.flush()
    let watched = WatchedStorage(memory)
    let result = try await fixture.synchronize(one, .pull, with: watched)
    #expect(result.skipped.count == 2_345)
    let counts = watched.counts()
    #expect(counts.lists == 1 && counts.fetched == [1_000, 1_000, 345])
    #expect(try await one.exchangeRecords().count == 2_345)
    // What is held of each, of which a place may list as many as its owner likes.
    #expect(MemoryLayout<ExchangeName>.size == 32)
    #expect(MemoryLayout<ExchangeListing.File>.stride <= 56)
  }

  @Test func `a place that refuses to delete is told of once a day`() async throws {
    let one = try await fixture.filled(1)
    for value in 1...4 {
      try await mark(one, Int64(value))
      _ = try await synchronize(one)
    }
    storage.refuseDeletes(true)
    #expect(try await synchronize(one, after: 1).refusedDelete != nil)
    #expect(try await synchronize(one, after: 1).refusedDelete == nil)
    storage.refuseDeletes(false)
    #expect(try await synchronize(one, after: 2).deletedFiles > 0)
  }
}

extension FilePath {
  fileprivate func rename(to other: FilePath) throws {
    try FileManager.default.moveItem(atPath: string, toPath: other.string)
  }
}
