import Articles
import Files
import Foundation
import GRDB
import Replication
import Synchronization
import Testing

@testable import LibraryStore

/// A copied or restored database never issues a sequence again.
struct IdentityTests {
  @Test func `a database that was not touched keeps its id`() async throws {
    let test = try TestStore(1)
    for number in 0..<3 {
      let store = try test.connect()
      try await write("title \(number)", to: store)
      #expect(try await store.report().replica == Sample.replica(1))
      #expect(await store.notices.isEmpty)
    }
    #expect(
      try await test.store.report().knowledge
        == Knowledge([Sample.replica(1): SequenceSet(1...3)]))
  }

  @Test func `of a database and its copy the one that writes first keeps the id`() async throws {
    for copyIsFirst in [false, true] {
      let test = try TestStore(1)
      try await write("first", to: test.store)
      let other = try await copy(of: test)
      let order = copyIsFirst ? [other, test.store] : [test.store, other]
      for store in order { try await write("by \(ObjectIdentifier(store).hashValue)", to: store) }
      let fresh = try await order[1].report().replica
      #expect(try await order[0].report().replica == Sample.replica(1))
      #expect(fresh != Sample.replica(1))
      #expect(await order[0].notices.isEmpty)
      #expect(
        await order[1].notices == [
          .freshIdentity(.outOfStep(issued: 2, found: 1), old: Sample.replica(1), new: fresh)
        ])
      #expect(try await order[1].report().knowledge[Sample.replica(1)] == SequenceSet(1...1))
      try await exchange(order[0], order[1])
    }
  }

  @Test func `a copy that merges what its original wrote takes nothing for a twin's`() async throws
  {
    let test = try TestStore(1)
    try await note("before", at: test.store)
    let other = try await copy(of: test)
    try await note("by the original", at: test.store)
    try await other.take(test.store.letter())
    #expect(await other.notices.isEmpty)
    #expect(try await other.conflicts().isEmpty)
    #expect(try await other.report().knowledge == test.store.report().knowledge)
    try await note("by the copy", at: other)
    try await exchange(test.store, other)
    #expect(try await test.store.conflicts().isEmpty)
    #expect(try await test.store.report().knowledge.count == 4)
  }

  @Test func `an older backup put back in place writes under a fresh id`() async throws {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    let backup = try await test.backup()
    try await write("second", to: test.store)
    try await write("third", to: test.store)
    let lost = try await test.store.letter()
    try await test.restoreInPlace(backup)

    let store = try test.connect()
    // Its own lost past is no twin's.
    try await store.take(lost)
    try await write("after", to: store)
    let fresh = try await store.report().replica
    #expect(fresh != Sample.replica(1))
    #expect(
      await store.notices == [
        .freshIdentity(.outOfStep(issued: 3, found: 1), old: Sample.replica(1), new: fresh)
      ])
    #expect(try await store.report().knowledge[Sample.replica(1)] == SequenceSet(1...3))
    // From here on the fresh id is its own.
    let again = try test.connect()
    try await write("again", to: again)
    #expect(try await again.report().replica == fresh)
    #expect(await again.notices.isEmpty)
  }

  @Test func `a context that names a lost past costs an id, and notes can be written`() async throws
  {
    let (test, peer) = (try TestStore(1), try TestStore(2))
    try await note("first", at: test.store)
    let backup = try await test.backup()
    try await note("lost", at: test.store)
    try await send(from: test.store, to: peer.store)
    try await note("by the peer", at: peer.store)
    // A bundle that was cut, of which only the peer's own frame came through.
    let cut = try await peer.store.letter().items.filter { $0.block.replica == Sample.replica(2) }
    try await test.restoreInPlace(backup)
    let store = try test.connect()
    _ = try await store.merge(operations: cut, bodies: [], now: Sample.now)
    #expect(await store.notices.isEmpty)
    try await note("after", at: store)
    #expect(await store.notices.count == 1)
    try await exchange(store, peer.store)
    #expect(try await peer.store.article(Sample.article(1))?.article.note == "after")
  }

  @Test func `without evidence, or on another machine, the next write takes a fresh id`()
    async throws
  {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    var options = test.options
    options.guardian = IdentityGuard(
      stateDirectory: FilePath(test.evidence.path), machine: "another")
    let elsewhere = try ReplicaStore(folder: FilePath(test.library.path), options: options)
    try await write("elsewhere", to: elsewhere)
    let there = try await elsewhere.report().replica
    #expect(
      await elsewhere.notices == [
        .freshIdentity(.noEvidence, old: Sample.replica(1), new: there)
      ])
    // Back at home, and there again: each machine's id goes on, and nobody is told.
    for _ in 0..<3 {
      let (here, away) = (
        try test.connect(), try ReplicaStore(folder: FilePath(test.library.path), options: options)
      )
      try await write("here \(UUID())", to: here)
      #expect(try await here.report().replica == Sample.replica(1))
      try await write("away \(UUID())", to: away)
      #expect(try await away.report().replica == there)
      #expect(await here.notices + away.notices == [])
    }
    try FileManager.default.removeItem(at: test.evidence)
    let store = try test.connect()
    #expect(try await store.report().replica == there)
    try await write("second", to: store)
    #expect(![there, Sample.replica(1)].contains(try await store.report().replica))
  }

  @Test func `evidence that is damaged, or another machine's, costs an id`() async throws {
    let damages: [(String) -> String] = [
      { _ in "" }, { String($0.dropLast(20)) }, { _ in "\u{0}\u{fffd}replica 12" },
      { $0.replacing("machine ", with: "machine x") },
      { $0.replacing(" 1 0 ", with: " 18446744073709551616 0 ") },
    ]
    for (number, damage) in damages.enumerated() {
      let test = try TestStore(1)
      try await write("first", to: test.store)
      let file = try #require(evidenceFile(of: test))
      try damage(String(contentsOf: file, encoding: .utf8))
        .write(to: file, atomically: true, encoding: .utf8)
      try await write("second", to: test.store)
      #expect(try await test.store.report().replica != Sample.replica(1), "damage \(number)")
      #expect(try await test.store.check(deep: true, repair: false).damage == [])
    }
  }

  @Test func `lines of later versions are passed over`() async throws {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    let file = try #require(evidenceFile(of: test))
    let text = try String(contentsOf: file, encoding: .utf8)
    try "later 1 2 3\n\(text.dropLast()) more\n".write(to: file, atomically: true, encoding: .utf8)
    try await write("second", to: test.store)
    #expect(try await test.store.report().replica == Sample.replica(1))
  }

  @Test func `a dry run of a write takes no fresh id`() async throws {
    let test = try TestStore(1)
    try FileManager.default.removeItem(at: test.evidence)
    let store = try test.connect()
    try await store.write(
      [Sample.article(1).edit(ArticleField.title, try .text("x"))], now: Sample.now,
      dryRun: true)
    #expect(try await store.report().replica == Sample.replica(1))
    #expect(await store.notices.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: test.evidence.path))
  }

  @Test func `two connections to a database without evidence take one fresh id between them`()
    async throws
  {
    let test = try TestStore(1)
    try FileManager.default.removeItem(at: test.evidence)
    let stores = [try test.connect(), try test.connect()]
    for store in stores { try await write("by \(ObjectIdentifier(store).hashValue)", to: store) }
    let replicas = try await test.store.report().knowledge.sets.keys
    #expect(replicas.count == 1)
  }

  @Test func `evidence is raised before the commit, for after it there may be no time`()
    async throws
  {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    let file = try #require(evidenceFile(of: test))
    let before = try Data(contentsOf: file)
    let seen = Mutex(Data())
    await test.store.beforeNextCommit {
      let evidence = try Data(contentsOf: file)
      seen.withLock { $0 = evidence }
    }
    try await write("second", to: test.store)
    let after = try Data(contentsOf: file)
    #expect(after != before && seen.withLock { $0 } == after)
  }

  @Test func `evidence of a commit that failed is lowered again`() async throws {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    let file = try #require(evidenceFile(of: test))
    let before = try Data(contentsOf: file)
    await test.store.beforeNextCommit { throw CancellationError() }
    await #expect(throws: StoreError.self) { try await write("refused", to: test.store) }
    #expect(try Data(contentsOf: file) == before)
    try await write("second", to: test.store)
    #expect(
      try await test.store.report().knowledge
        == Knowledge([Sample.replica(1): SequenceSet(1...2)]))
  }

  @Test func `a write that cannot raise the evidence is not made`() async throws {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    let before = try await test.store.report()
    let away = test.folder.url.appendingPathComponent("away")
    try FileManager.default.moveItem(at: test.evidence, to: away)
    try Data().write(to: test.evidence)
    let error = await #expect(throws: StoreError.self) { try await write("x", to: test.store) }
    guard case .cannotRecord = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try await test.store.report() == before)
    try FileManager.default.removeItem(at: test.evidence)
    try FileManager.default.moveItem(at: away, to: test.evidence)
    try await write("second", to: test.store)
    #expect(try await test.store.report().replica == Sample.replica(1))
  }

  @Test func `evidence that another process holds is waited for, and not for ever`() async throws {
    let test = try TestStore(1)
    let store = try test.connect(busyTimeoutMilliseconds: 20)
    let lock = try #require(
      FileManager.default.enumerator(atPath: test.evidence.path)?.compactMap { $0 as? String }
        .first { $0.hasSuffix(".lock") })
    let handle = open(test.evidence.appendingPathComponent(lock).path, O_RDWR)
    #expect(flock(handle, LOCK_EX) == 0)
    let error = await #expect(throws: StoreError.self) { try await write("x", to: store) }
    guard case .busy = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    close(handle)
    try await write("x", to: store)
  }

  @Test func `files of the state folder are their owner's alone, whatever the umask`() async throws
  {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    let status = { (path: String) in
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try status(test.evidence.path) == 0o700)
    let names = try FileManager.default.contentsOfDirectory(atPath: test.evidence.path)
    #expect(names.count == 2)
    for name in names {
      #expect(try status(test.evidence.appendingPathComponent(name).path) == 0o600, "\(name)")
    }
  }

  @Test func `a fresh replica is named after the one it was copied from`() async throws {
    let test = try TestStore(1)
    let card = RegisterID(
      EntityID(kind: .replica, key: Sample.replica(1).identifier), ReplicaField.name)
    try await test.store.write([Edit(card, try .text("study"))], now: Sample.now)
    try FileManager.default.removeItem(at: test.evidence)
    let store = try test.connect()
    try await store.ensureIdentity(now: Sample.now)
    let fresh = try await store.report().replica
    let name = try await store.replicas().first { $0.replica == fresh }?.name
    #expect(name == "study-\(fresh.description.prefix(4))")
  }

  private func evidenceFile(of test: TestStore) -> URL? {
    let names = try? FileManager.default.contentsOfDirectory(atPath: test.evidence.path)
    return names?.first { $0.hasSuffix(".evidence") }
      .map { test.evidence.appendingPathComponent($0) }
  }

  private func copy(of test: TestStore) async throws -> ReplicaStore {
    let copy = test.folder.url.appendingPathComponent("copy")
    try await test.close()
    try FileManager.default.copyItem(at: test.library, to: copy)
    return try ReplicaStore(folder: FilePath(copy.path), options: test.options)
  }

  private func write(_ title: String, to store: ReplicaStore) async throws {
    let edit = Sample.article(1).edit(ArticleField.title, try .text(title))
    try await store.write([edit], now: Sample.now)
  }

  private func note(_ text: String, at store: ReplicaStore) async throws {
    let edit = Sample.article(1).edit(ArticleField.note, try .text(text), .author)
    try await store.write([edit], now: Sample.now)
  }

  private func exchange(_ left: ReplicaStore, _ right: ReplicaStore) async throws {
    try await send(from: left, to: right)
    try await send(from: right, to: left)
    let reports = [try await left.report(), try await right.report()]
    #expect(reports[0].knowledge == reports[1].knowledge)
    #expect(reports[0].fingerprint == reports[1].fingerprint)
  }
}

/// Is asked before the next commit, and may refuse it.
private final class CommitWatcher: TransactionObserver, Sendable {
  private let willCommit: @Sendable () throws -> Void

  init(_ willCommit: @escaping @Sendable () throws -> Void) { self.willCommit = willCommit }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseWillCommit() throws { try willCommit() }
  func databaseDidCommit(_ db: Database) {}
  func databaseDidRollback(_ db: Database) {}
}

extension ReplicaStore {
  fileprivate func beforeNextCommit(_ body: @escaping @Sendable () throws -> Void) {
    queue.add(transactionObserver: CommitWatcher(body), extent: .nextTransaction)
  }
}
