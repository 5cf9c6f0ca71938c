import Articles
import Files
import Foundation
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Two databases that write under one id, because the evidence was copied with the database, find
/// one another out when they meet, and neither loses what it wrote.
struct TwinTests {
  /// Twins of one database, and a peer that never shared their id.
  private struct Family {
    let one: TestStore
    let other: TestStore
    let peer: TestStore

    init() async throws {
      one = try TestStore(1)
      peer = try TestStore(2)
      try await note(0, "before", at: one.store)
      other = try await TestStore(twinOf: one)
    }

    var stores: [ReplicaStore] { [one.store, other.store, peer.store] }
  }

  @Test(arguments: Effort.seeds(8, 24))
  func `twins that meet in any order lose no note and converge`(order: UInt64) async throws {
    let family = try await Family()
    try await note(1, "by one", at: family.one.store)
    try await note(2, "second by one", at: family.one.store)
    try await note(1, "by the other", at: family.other.store)
    try await note(3, "second by the other", at: family.other.store)
    try await note(4, "by the peer", at: family.peer.store)
    var generator = SeededGenerator(seed: order)
    for _ in 0..<8 {
      let pair = family.stores.shuffled(using: &generator)
      try await send(from: pair[0], to: pair[1])
    }
    try await settle(family)
    for store in family.stores {
      let texts = try await texts(in: store)
      let all = [
        "before", "by one", "second by one", "by the other", "second by the other", "by the peer",
      ]
      #expect(Set(all).subtracting(texts) == [], "order \(order)")
    }
  }

  @Test func `what no peer acknowledged moves to a fresh id with its stamps`() async throws {
    let family = try await Family()
    try await note(1, "by one", at: family.one.store)
    try await note(1, "by the other", at: family.other.store)
    let before = try await family.one.store.registers()
    try await sendAll(from: family.other.store, to: family.one.store)

    let fresh = try await family.one.store.report().replica
    #expect(fresh != Sample.replica(1))
    let notices = await family.one.store.notices
    #expect(notices.first == .twinFound(old: Sample.replica(1), new: fresh, rewritten: 2))
    let register = try #require(try await family.one.store.registers()[noteRegister(1)])
    let own = try #require(before[noteRegister(1)]?.winner)
    let moved = try #require(register.siblings.first { $0.dot.replica == fresh })
    #expect(moved.stamp == own.stamp)
    #expect(moved.value == own.value)
    #expect(register.siblings.count == 2)
  }

  @Test func `a context no longer covers the dots that were left to the twin`() async throws {
    let family = try await Family()
    // One replaces its own text; the other's text bears the dot of what was replaced.
    try await note(1, "draft by one", at: family.one.store)
    try await note(1, "final by one", at: family.one.store)
    try await note(1, "by the other", at: family.other.store)
    try await sendAll(from: family.other.store, to: family.one.store)
    try await settle(family)
    for store in family.stores {
      let texts = try await texts(in: store)
      #expect(texts.isSuperset(of: ["final by one", "by the other"]), "\(texts)")
    }
  }

  @Test func `what was acknowledged stays under the old id`() async throws {
    let family = try await Family()
    try await send(from: family.one.store, to: family.peer.store)
    try await send(from: family.peer.store, to: family.one.store)
    try await note(1, "by one", at: family.one.store)
    try await note(1, "by the other", at: family.other.store)
    try await sendAll(from: family.other.store, to: family.one.store)
    let kept = try await family.one.store.registers()[noteRegister(0)]?.winner
    #expect(kept?.dot == Dot(replica: Sample.replica(1), sequence: 1))
  }

  @Test func `a context that names more than was issued proves a twin, and notes can be written`()
    async throws
  {
    let family = try await Family()
    try await note(1, "by the other", at: family.other.store)
    try await note(1, "again by the other", at: family.other.store)
    try await send(from: family.other.store, to: family.peer.store)
    try await note(1, "by the peer", at: family.peer.store)
    // A bundle that was cut, of which only the peer's own frame came through.
    let cut = try await family.peer.store.letter().items
      .filter { $0.block.replica == Sample.replica(2) }
    _ = try await family.one.store.merge(operations: cut, bodies: [], now: Sample.now)
    let fresh = try await family.one.store.report().replica
    #expect(
      await family.one.store.notices
        == [.twinFound(old: Sample.replica(1), new: fresh, rewritten: 1)])
    try await note(1, "by one", at: family.one.store)
    try await settle(family)
    for store in family.stores {
      #expect(try await store.article(Sample.article(1))?.article.note == "by one")
    }
  }

  @Test func `a twin that is met while the library was away is left when it is at home again`()
    async throws
  {
    let family = try await Family()
    try await note(1, "by one", at: family.one.store)
    try await note(1, "by the other", at: family.other.store)
    let away = ReplicaStore.Options(
      stateDirectory: FilePath((family.one.library.appending(path: "away")).path))
    let elsewhere = try ReplicaStore(folder: FilePath(family.one.library.path), options: away)
    try await sendAll(from: family.other.store, to: elsewhere)
    #expect(await elsewhere.notices.isEmpty)
    try await note(2, "at home", at: family.one.store)
    let fresh = try await family.one.store.report().replica
    #expect(fresh != Sample.replica(1))
    #expect(
      await family.one.store.notices.contains {
        if case .twinFound(old: Sample.replica(1), fresh, _) = $0 { true } else { false }
      })
    try await settle(family)
    for store in family.stores {
      let texts = try await texts(in: store)
      #expect(texts.isSuperset(of: ["before", "by one", "by the other", "at home"]), "\(texts)")
    }
  }

  @Test func `own operations that come back unchanged are no twin`() async throws {
    let family = try await Family()
    try await note(1, "by one", at: family.one.store)
    try await send(from: family.one.store, to: family.peer.store)
    try await sendAll(from: family.peer.store, to: family.one.store)
    #expect(try await family.one.store.report().replica == Sample.replica(1))
    #expect(await family.one.store.notices.isEmpty)
  }

  @Test func `replicas that differ under equal knowledge notice it and heal`() async throws {
    let left = try TestStore(1)
    let right = try TestStore(2)
    // One dot, two contents: each side holds the other's sequence and not its operation.
    for (store, text) in [(left.store, "left"), (right.store, "right")] {
      let operation = try Operation(
        dot: Dot(replica: Sample.replica(9), sequence: 1), stamp: Sample.stamp(5),
        register: noteRegister(text == "left" ? 1 : 2), value: .text(text), context: .empty)
      _ = try await store.merge(
        operations: [Sample.frame([operation])], bodies: [], now: Sample.now)
    }
    for _ in 0..<3 {
      try await reply(from: left.store, to: right.store)
      try await reply(from: right.store, to: left.store)
    }
    #expect(await right.store.notices.contains(.diverged(from: Sample.replica(1))))
    #expect(try await left.store.report().fingerprint == right.store.report().fingerprint)
    #expect(try await left.store.registers() == right.store.registers())
  }

  /// Sends as a bundle for a peer does: on what the peer last said, and not on what it knows.
  private func reply(from sender: ReplicaStore, to receiver: ReplicaStore) async throws {
    let replica = try await receiver.report().replica
    let basis = try await sender.report(of: replica)?.knowledge ?? Knowledge()
    try await receiver.take(try await sender.letter(since: basis))
  }

  private func sendAll(from sender: ReplicaStore, to receiver: ReplicaStore) async throws {
    try await receiver.take(try await sender.letter())
  }

  /// Exchanges on what peers last said until everyone is equal.
  private func settle(_ family: Family) async throws {
    for _ in 0..<4 {
      for sender in family.stores {
        for receiver in family.stores where sender !== receiver {
          try await reply(from: sender, to: receiver)
        }
      }
    }
    let first = try await family.peer.store.report()
    for store in family.stores {
      let report = try await store.report()
      #expect(report.knowledge == first.knowledge)
      #expect(report.fingerprint == first.fingerprint)
      #expect(try await store.check(deep: true, repair: false).damage == [])
    }
    let ids = try await Set([
      family.one.store.report().replica, family.other.store.report().replica,
      family.peer.store.report().replica,
    ])
    #expect(ids.count == 3)
  }

  private func texts(in store: ReplicaStore) async throws -> Set<String> {
    Set(try await store.registers().values.flatMap(\.held).compactMap(\.value.text))
  }
}

private func noteRegister(_ article: UInt64) -> RegisterID {
  RegisterID(Sample.article(article).entity, ArticleField.note)
}

private func note(_ article: UInt64, _ text: String, at store: ReplicaStore) async throws {
  let edit = Sample.article(article).edit(ArticleField.note, try .text(text), .author)
  try await store.write([edit], now: Sample.now)
}
