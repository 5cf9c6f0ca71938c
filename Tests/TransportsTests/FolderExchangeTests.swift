import Articles
import Coding
import Files
import Foundation
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

/// The exchange folder under schedules nobody planned.
struct FolderExchangeTests {
  private static let day: Int64 = 86_400_000

  @Test func `the number of files grows with the logarithm of what was written`() async throws {
    let fixture = try BundleFixture()
    let store = try await fixture.filled(1)
    var now = BundleFixture.now
    for index in 0..<40 {
      try await store.write(
        [fixture.article(1, 0).edit(ArticleField.progress, .integer(Int64(index)))], now: now)
      now += FolderExchangeTests.day / 4
      _ = try await fixture.synchronize(store, now: now)
    }
    // Those replaced within the last day are still there for readers.
    #expect(try await fixture.exchangeFiles().count <= 16)
    now += 2 * FolderExchangeTests.day
    _ = try await fixture.synchronize(store, now: now)
    #expect(try await fixture.exchangeFiles().count <= 8)
  }

  @Test func `a number is never given out again, whatever becomes of the files`() async throws {
    let fixture = try BundleFixture()
    let store = try await fixture.filled(1)
    var numbers: [String] = []
    for _ in 0..<3 {
      _ = try await fixture.synchronize(store)
      let files = try await fixture.exchangeFiles()
      numbers += files.compactMap {
        $0.lastComponent.flatMap { ExchangeName($0.string) }.map { "\($0.numbers.lowerBound)" }
      }
      for file in files { try file.remove() }
    }
    #expect(numbers == ["1", "2", "3"])
  }

  @Test func `nothing is written where nothing is new`() async throws {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    for _ in 0..<3 {
      for store in [one, two] { _ = try await fixture.synchronize(store) }
    }
    let before = try await fixture.exchangeFiles()
    for store in [one, two] {
      let result = try await fixture.synchronize(store)
      #expect(result.receivedFiles == 0)
      #expect(result.sent.paths.isEmpty)
    }
    #expect(try await fixture.exchangeFiles() == before)
  }

  @Test func `what others hold is learnt from a file that carries nothing`() async throws {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await fixture.synchronize(one)
    let acknowledgement = try await fixture.synchronize(two).sent
    #expect(acknowledgement.operationCount == 0)
    #expect(acknowledgement.paths.count == 1)
    _ = try await fixture.synchronize(one)
    #expect(try await one.report(of: two.report().replica)?.knowledge == one.report().knowledge)
  }

  @Test func `replicas that each dropped what the other waits for keep no newcomer waiting`()
    async throws
  {
    let fixture = try BundleFixture()
    let stores = [try await fixture.filled(1), try await fixture.filled(2)]
    var now = BundleFixture.now
    func everyone(_ direction: SyncDirection) async throws {
      now += 2 * FolderExchangeTests.day
      for store in stores { _ = try await fixture.synchronize(store, direction, now: now) }
    }
    func write(_ percent: Int64) async throws {
      for (index, store) in stores.enumerated() {
        let article = fixture.article(UInt64(index + 1), 0)
        try await store.write([article.edit(ArticleField.progress, .integer(percent))], now: now)
        _ = try await store.compact(now: BundleFixture.now)
      }
    }
    for _ in 0..<2 { try await everyone(.both) }
    try await write(1)
    for _ in 0..<2 { try await everyone(.both) }
    // Each now replaces its own write, drops it, and rolls up without having heard of the other.
    try await write(2)
    for _ in 0..<3 { try await everyone(.push) }
    _ = try await fixture.synchronize(stores[0], now: now)

    let newcomer = try fixture.replica(3)
    let result = try await fixture.synchronize(newcomer, .pull, now: now)
    #expect(result.missing.isEmpty)
    #expect(try await newcomer.report().knowledge == stores[0].report().knowledge)
  }

  @Test func `a file that is still being copied is left for the next time`() async throws {
    let fixture = try BundleFixture()
    let one = try await fixture.filled(1)
    _ = try await fixture.synchronize(one)
    let path = try #require(await fixture.exchangeFiles().first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path.string))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path.string))
    let two = try fixture.replica(2)
    let first = try await fixture.synchronize(two, .pull)
    #expect(first.skipped.map(\.path) == [path])
    #expect(try await two.articleCount() == 0)
    try whole.write(to: URL(fileURLWithPath: path.string))
    let second = try await fixture.synchronize(two, .pull)
    #expect(second.skipped.isEmpty)
    #expect(try await two.articleCount() == 3)
  }

  @Test func `names that are not the layout's are not looked at`() async throws {
    let fixture = try BundleFixture()
    let one = try await fixture.filled(1)
    _ = try await fixture.synchronize(one)
    let path = try #require(await fixture.exchangeFiles().first)
    let name = path.lastComponent?.string ?? ""
    let writer = try await one.report().replica
    let home = path.folder.string
    for other in [
      name.replacing(".satchel", with: ".sync-conflict-20260101-000000-ABCDEFG.satchel"),
      "\(writer)-01-1-0123456789abcdef.satchel", "\(writer)-2-1-0123456789abcdef.satchel",
      "\(writer)-1-1-0123456789ABCDEF.satchel", "1-1-0123456789abcdef.satchel", "notes.txt",
      ".\(name)", "\(writer)-1.tmp", "another-1.tmp",
    ] {
      try Data("nothing".utf8).write(to: URL(fileURLWithPath: "\(home)/\(other)"))
    }
    let two = try fixture.replica(2)
    #expect(try await fixture.synchronize(two, .pull).skipped.isEmpty)
    #expect(try await two.articleCount() == 3)
    // What an interrupted run of its own left, a writer removes before it writes; nothing else.
    try await one.write([fixture.article(1, 0).mark(.read)], now: BundleFixture.now)
    _ = try await fixture.synchronize(one)
    let left = try FileManager.default.contentsOfDirectory(atPath: home)
    #expect(!left.contains("\(writer)-1.tmp"))
    #expect(left.contains("another-1.tmp") && left.contains("notes.txt"))
  }

  @Test func `what somebody deleted is written again by whoever holds it`() async throws {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await fixture.synchronize(one)
    _ = try await fixture.synchronize(two)
    for path in try await fixture.exchangeFiles() { try path.remove() }
    _ = try await fixture.synchronize(two)
    let three = try fixture.replica(3)
    _ = try await fixture.synchronize(three, .pull)
    #expect(try await reports(of: [one, three]).map(\.fingerprint).allEqual)
  }

  @Test func `a body that is missing is asked for and answered once`() async throws {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    try await fixture.pack(one, "no-bodies.satchel", bodies: false)
    _ = try await BundleMerging(two, secret: fixture.secret)
      .merge(fixture.path("no-bodies.satchel"), now: BundleFixture.now)
    _ = try await fixture.synchronize(two)
    _ = try await fixture.synchronize(one)
    _ = try await fixture.synchronize(two)
    #expect(try await two.status(now: BundleFixture.now).missingBodies == 0)
    #expect(try await fixture.synchronize(one).sent.bodyCount == 0)
  }

  @Test func `replicas that diverged agree after they have shared a folder`() async throws {
    let fixture = try BundleFixture()
    let stores = [try await fixture.filled(1), try await fixture.filled(2)]
    for _ in 0..<2 { for store in stores { _ = try await fixture.synchronize(store) } }
    // One dot, two contents: each side holds the other's sequence and not its operation.
    for (number, store) in stores.enumerated() {
      let operation = try Operation(
        dot: Dot(replica: ReplicaID(Identifier(high: 9, low: 9)), sequence: 1),
        stamp: #require(Stamp(rawValue: 5)),
        register: fixture.article(UInt64(number + 1), 0).note("").register,
        value: .text("side \(number)"), context: .empty)
      let frame = try OperationBlock.frame(
        of: [operation], replica: operation.dot.replica, range: 1...1)
      _ = try await store.merge(
        operations: [(frame, try OperationBlock(payload: frame.payload()))], bodies: [],
        now: BundleFixture.now)
    }
    #expect(try await !reports(of: stores).map(\.fingerprint).allEqual)
    _ = try await fixture.synchronize(stores[0])
    _ = try await fixture.synchronize(stores[1])
    #expect(try await stores[1].diverged().map(\.replica) == [stores[0].report().replica])
    for _ in 0..<3 { for store in stores { _ = try await fixture.synchronize(store) } }
    #expect(try await reports(of: stores).map(\.fingerprint).allEqual)
    for store in stores { #expect(try await store.diverged().isEmpty) }
    let files = try await fixture.exchangeFiles()
    for _ in 0..<2 { for store in stores { _ = try await fixture.synchronize(store) } }
    #expect(try await fixture.exchangeFiles() == files)
  }

  private func reports(of stores: [ReplicaStore]) async throws -> [PeerReport] {
    var reports: [PeerReport] = []
    for store in stores { reports.append(try await store.report()) }
    return reports
  }
}

extension BundleFixture {
  /// One synchronization with the fixture's shared folder.
  func synchronize(
    _ store: ReplicaStore, _ direction: SyncDirection = .both,
    now: Int64 = BundleFixture.now
  ) async throws -> Exchange.Result {
    let share = path("share")
    try Folder.make(share)
    return try await synchronize(store, direction, with: FolderStorage(share), now: now)
  }

  /// One synchronization with any storage.
  func synchronize(
    _ store: ReplicaStore, _ direction: SyncDirection = .both, with storage: any Storage,
    isMeant: Bool = false, now: Int64 = BundleFixture.now
  ) async throws -> Exchange.Result {
    try await Exchange(store, secret: secret, senderName: "sender", storage: storage)
      .synchronize(direction, isMeant: isMeant, now: now)
  }

  func exchangeFiles() async throws -> [FilePath] {
    let storage = FolderStorage(path("share"))
    return try await Exchange.files(of: secret.libraryKey.bytes, in: storage)
      .map { storage.path(of: $0.path) }
  }
}

extension Collection where Element: Equatable {
  fileprivate var allEqual: Bool { allSatisfy { $0 == first } }
}
