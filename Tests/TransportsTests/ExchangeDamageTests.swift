import Articles
import Coding
import Files
import LibraryStore
import Replication
import StorageSupport
import Testing

@testable import Transports

/// Files that rot where they lie, or that were cut on their way (Protocol 7.6).
struct ExchangeDamageTests {
  private let fixture: BundleFixture
  private let storage = MemoryStorage()
  private static let day: Int64 = 86_400_000

  init() throws {
    fixture = try BundleFixture()
  }

  private func synchronize(
    _ store: ReplicaStore, _ direction: SyncDirection = .both, day: Int64
  ) async throws -> Exchange.Result {
    try await fixture.synchronize(
      store, direction, with: storage, now: BundleFixture.now + day * ExchangeDamageTests.day)
  }

  private func files() async throws -> [ExchangeListing.File] {
    try await Exchange.files(of: fixture.secret.libraryKey.bytes, in: storage)
  }

  /// The first file that a replica wrote.
  private func file(of store: ReplicaStore) async throws -> ExchangeListing.File {
    let replica = try await store.report().replica
    return try #require(await files().first { $0.name.replica == replica })
  }

  /// Changes what a file holds.
  private func change(
    _ file: ExchangeListing.File, _ body: (inout [UInt8]) -> Void
  ) async throws {
    var bytes = try await storage.contents(of: file.path)
    body(&bytes)
    try await storage.delete([file.path])
    let folder = file.path.removingLastComponent()
    try await storage.put(bytes, in: folder, as: #require(file.path.lastComponent))
  }

  private func rot(_ file: ExchangeListing.File) async throws {
    try await change(file) { bytes in
      let middle = bytes.count / 2
      for index in middle..<middle + 50 { bytes[index] = 0 }
    }
  }

  @Test func `a file that rots is named, told, written anew and taken away`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await synchronize(one, day: 0)
    _ = try await synchronize(two, day: 0)
    let rotten = try await file(of: one)
    try await rot(rotten)

    let newcomer = try fixture.replica(3)
    let first = try await synchronize(newcomer, day: 0)
    #expect(first.skipped.count == 1 && first.damaged.isEmpty)
    // Within the day it is tried again: it may be on its way.
    #expect(try await synchronize(newcomer, day: 0).skipped.count == 1)
    let second = try await synchronize(newcomer, day: 1)
    #expect(second.damaged == [storage.path(of: rotten.path)])
    #expect(second.skipped.isEmpty)
    #expect(try await newcomer.articleCount() == 0)

    // Its writer learns of it, and is the first to write it anew.
    #expect(try await synchronize(two, day: 1).sent.operationCount == 0)
    #expect(try await synchronize(one, day: 1).sent.operationCount > 0)
    let third = try await synchronize(newcomer, day: 1)
    #expect(third.skipped.isEmpty && third.damaged.isEmpty)
    #expect(try await newcomer.report().knowledge == one.report().knowledge)
    try await expectEqual(one, newcomer)
    _ = try await synchronize(one, day: 3)
    #expect(try await !files().contains { $0.name == rotten.name })
  }

  @Test func `where its writer does not come, another writes it anew a day later`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await synchronize(one, day: 0)
    _ = try await synchronize(two, day: 0)
    let rotten = try await file(of: one)
    try await rot(rotten)
    let newcomer = try fixture.replica(3)
    for day in 0...1 { _ = try await synchronize(newcomer, day: Int64(day)) }
    #expect(try await synchronize(two, day: 1).sent.operationCount == 0)
    #expect(try await synchronize(two, day: 2).sent.operationCount > 0)
    #expect(try await synchronize(newcomer, day: 2).skipped.isEmpty)
    #expect(try await newcomer.report().knowledge == one.report().knowledge)
  }

  @Test func `a file that is filled after all is read, and none is named`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await synchronize(one, day: 0)
    let file = try #require(await files().first)
    let whole = try await storage.contents(of: file.path)
    try await change(file) { $0 = [] }
    #expect(try await synchronize(two, .pull, day: 0).skipped.count == 1)
    // Another length is another try.
    try await change(file) { $0 = Array(whole.prefix(100)) }
    let partial = try await synchronize(two, .pull, day: 2)
    #expect(partial.skipped.count == 1 && partial.damaged.isEmpty)
    try await change(file) { $0 = whole }
    #expect(try await synchronize(two, .pull, day: 4).receivedFiles == 1)
    #expect(try await two.articleCount() == 3)
  }

  @Test func `a file that was read and then cut is named by whoever sees it`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await synchronize(one, day: 0)
    _ = try await synchronize(two, day: 0)
    let file = try await file(of: one)
    try await change(file) { $0.removeLast(20) }
    #expect(try await synchronize(two, day: 0).damaged.isEmpty)
    #expect(try await synchronize(two, day: 1).damaged.count == 1)
    // What it carried is not there: who holds it writes it.
    _ = try await synchronize(one, day: 1)
    let newcomer = try fixture.replica(3)
    _ = try await synchronize(newcomer, .pull, day: 2)
    #expect(try await newcomer.report().knowledge == one.report().knowledge)
  }

  @Test func `an own file that was cut on its way is written anew at once`() async throws {
    let one = try await fixture.filled(1)
    _ = try await synchronize(one, day: 0)
    let file = try #require(await files().first)
    try await change(file) { $0.removeLast($0.count / 2) }
    #expect(try await synchronize(one, day: 0).sent.operationCount > 0)
    let newcomer = try fixture.replica(3)
    #expect(try await synchronize(newcomer, .pull, day: 0).skipped.count == 1)
    #expect(try await newcomer.report().knowledge == one.report().knowledge)
    _ = try await synchronize(one, day: 1)
    #expect(try await !files().contains { $0.name == file.name })
  }

  @Test func `a file under the own id that nobody remembers and that is cut goes, too`()
    async throws
  {
    let one = try await fixture.filled(1)
    _ = try await synchronize(one, day: 0)
    let file = try #require(await files().first)
    // As if the process was killed between putting it there and noting it.
    try await change(file) { $0.removeLast($0.count / 2) }
    try await one.note([:], forgetting: [file.name.text])
    #expect(try await synchronize(one, day: 0).sent.operationCount > 0)
    _ = try await synchronize(one, day: 1)
    #expect(try await !files().contains { $0.name == file.name })
  }

  @Test func `what is long not listed and could never be read is forgotten`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await synchronize(one, day: 0)
    try await rot(file(of: one))
    for day in [0, 1] as [Int64] { _ = try await synchronize(two, day: day) }
    // Two names it; one writes it anew and takes it away.
    for day in [1, 3] as [Int64] {
      for store in [one, two] { _ = try await synchronize(store, day: day) }
    }
    for store in [one, two] { #expect(try await store.exchangeDamage().count == 1) }
    #expect(try await two.exchangeRecords().contains { $0.value.fault != nil })
    for store in [one, two] { _ = try await synchronize(store, day: 30) }
    #expect(try await !two.exchangeRecords().contains { $0.value.fault != nil })
    for store in [one, two] {
      _ = try await synchronize(store, day: 31)
      #expect(try await store.exchangeDamage().isEmpty)
    }
    try await expectEqual(one, two)
  }

  @Test func `what is listed and could never be read is remembered`() async throws {
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    _ = try await synchronize(one, day: 0)
    try await rot(file(of: one))
    for day in [0, 1, 40] as [Int64] { _ = try await synchronize(two, .pull, day: day) }
    #expect(try await two.exchangeDamage().count == 1)
    #expect(try await two.exchangeRecords().contains { $0.value.fault != nil })
  }

  @Test func `a header names at most so many damaged files, ascending`() throws {
    let store = try fixture.replica(1)
    var header = BundleHeader(
      library: store.library,
      sender: PeerReport(
        replica: ReplicaID(Identifier(high: 1, low: 1)), clock: .zero, knowledge: Knowledge(),
        fingerprint: .empty, wanted: []),
      senderName: "", createdMilliseconds: 0,
      statement: DeltaStatement(basis: Knowledge(), carried: Knowledge(), known: Knowledge()),
      receiver: nil, includesBodies: true, operationCount: 0, bodyCount: 0, frameCount: 0,
      part: .only)
    let names = (0...Limits.damagedFiles).map { BundleHeader.DamagedName(of: "\($0)") }.sorted()
    for count in [0, 1, Limits.damagedFiles - 1, Limits.damagedFiles] {
      header.damaged = Array(names.prefix(count))
      #expect(try BundleHeader(payload: header.payload) == header)
    }
    header.damaged = names
    #expect(throws: BundleError.self) { try BundleHeader(payload: header.payload) }
    header.damaged = [names[1], names[0]]
    #expect(throws: BundleError.self) { try BundleHeader(payload: header.payload) }
    header.damaged = []
    header.sender = PeerReport(
      replica: header.sender.replica, clock: .zero, knowledge: Knowledge(), fingerprint: .empty,
      wanted: [], keeping: TextKeeping(wantsAll: false, ceased: 17))
    #expect(try BundleHeader(payload: header.payload) == header)
  }
}
