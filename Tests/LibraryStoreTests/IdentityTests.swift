import Articles
import Foundation
import Replication
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

  @Test func `a copy in another folder writes under a fresh id, the original under its own`()
    async throws
  {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    let copy = test.folder.url.appendingPathComponent("copy")
    try await test.close()
    try FileManager.default.copyItem(at: test.library, to: copy)
    let other = try ReplicaStore(folder: copy, options: test.options)
    try await write("copy", to: other)
    let original = try test.connect()
    try await write("original", to: original)

    let fresh = try await other.report().replica
    #expect(fresh != Sample.replica(1))
    #expect(
      await other.notices == [.freshIdentity(.otherFile, old: Sample.replica(1), new: fresh)])
    #expect(try await original.report().replica == Sample.replica(1))
    #expect(await original.notices.isEmpty)
    #expect(try await other.report().knowledge[Sample.replica(1)] == SequenceSet(1...1))
    try await exchange(original, other)
  }

  @Test func `an older backup put back in place writes under a fresh id`() async throws {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    let backup = try await test.backup()
    try await write("second", to: test.store)
    try await write("third", to: test.store)
    try await test.restoreInPlace(backup)

    let store = try test.connect()
    try await write("after", to: store)
    let fresh = try await store.report().replica
    #expect(fresh != Sample.replica(1))
    #expect(
      await store.notices == [
        .freshIdentity(.rolledBack(issued: 3, found: 1), old: Sample.replica(1), new: fresh)
      ])
    #expect(try await store.report().knowledge[Sample.replica(1)] == SequenceSet(1...1))
    // From here on the fresh id is its own.
    let again = try test.connect()
    try await write("again", to: again)
    #expect(try await again.report().replica == fresh)
    #expect(await again.notices.isEmpty)
  }

  @Test func `without evidence, or with another machine's, the next write takes a fresh id`()
    async throws
  {
    let test = try TestStore(1)
    try await write("first", to: test.store)
    var options = test.options
    options.guardian = IdentityGuard(stateDirectory: test.evidence, machine: "another")
    #expect(
      try await ReplicaStore(folder: test.library, options: options).mismatch == .otherMachine)
    try FileManager.default.removeItem(at: test.evidence)
    let store = try test.connect()
    #expect(await store.mismatch == .noEvidence)
    #expect(try await store.report().replica == Sample.replica(1))
    try await write("second", to: store)
    #expect(try await store.report().replica != Sample.replica(1))
  }

  @Test func `a rehearsed write takes no fresh id`() async throws {
    let test = try TestStore(1)
    try FileManager.default.removeItem(at: test.evidence)
    let store = try test.connect()
    try await store.write(
      [Sample.article(1).edit(ArticleField.title, try .text("x"))], now: Sample.now,
      rehearsing: true)
    #expect(try await store.report().replica == Sample.replica(1))
    #expect(await store.notices.isEmpty)
  }

  @Test func `two connections to a copied database take one fresh id between them`() async throws {
    let test = try TestStore(1)
    try FileManager.default.removeItem(at: test.evidence)
    let stores = [try test.connect(), try test.connect()]
    for store in stores { try await write("by \(ObjectIdentifier(store).hashValue)", to: store) }
    let replicas = try await test.store.report().knowledge.sets.keys
    #expect(replicas.count == 1)
  }

  @Test func `evidence written by another connection meanwhile is no mismatch`() async throws {
    let test = try TestStore(1)
    // As if opened between another process's evidence and its commit.
    try test.options.guardian.record(
      Sample.replica(1), database: test.store.file, issued: 1)
    let store = try test.connect()
    try await write("by the other", to: test.store)
    try await write("by this one", to: store)
    #expect(try await store.report().replica == Sample.replica(1))
    #expect(try await store.report().knowledge[Sample.replica(1)] == SequenceSet(1...2))
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

  private func write(_ title: String, to store: ReplicaStore) async throws {
    let edit = Sample.article(1).edit(ArticleField.title, try .text(title))
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
