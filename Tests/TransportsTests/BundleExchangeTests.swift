import Articles
import Coding
import Files
import Foundation
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

/// What bundles carry, and that it arrives whatever happens to them on the way.
struct BundleExchangeTests {
  private static let orders = Effort.seeds(4, 10)

  @Test(arguments: [true, false])
  func `a bundle makes an empty replica its sender's equal`(isOpen: Bool) async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 4, bodyBytes: 3_000)
    try await fixture.add(
      fixture.article(1, 9), body: fixture.bytes((5 << 20) + 1, seed: 9), to: sender)
    let receiver = try fixture.replica(2)
    let packed = try await fixture.pack(sender, "a.satchel", isOpen: isOpen)
    #expect(packed.operationCount == 15)
    #expect(packed.bodyCount == 5)
    #expect(try fixture.read("a.satchel").count == packed.bytes)

    let path = try #require(packed.paths.first)
    let header = try BundleMerging(receiver, secret: fixture.secret).verify(path)
    #expect(try await header.statement.known == sender.report().knowledge)
    #expect(header.senderName == "sender")
    #expect(try BundleReader(path, secret: fixture.secret).isSealed == !isOpen)
    let result = try await fixture.merge(path, into: receiver)
    #expect(result.operations.new == 15)
    #expect(result.bodyCount == 5)
    #expect(result.missing.isEmpty)
    #expect(result.touchedArticles.count == 5)
    try await expectEqual(sender, receiver)

    let again = try await fixture.merge(path, into: receiver)
    #expect(again.operations.new == 0)
    #expect(again.bodyCount == 0)
    try await expectEqual(sender, receiver)
  }

  @Test func `a bundle for a peer that reported holds only what it lacks`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 20, bodyBytes: 2_000)
    let receiver = try fixture.replica(2)
    let full = try await fixture.pack(sender, "full.satchel")
    _ = try await fixture.merge(full.paths[0], into: receiver)
    // The way back tells what arrived.
    let back = try await fixture.pack(
      receiver, "back.satchel", since: receiver.report().knowledge)
    _ = try await fixture.merge(back.paths[0], into: sender)
    try await fixture.add(
      fixture.article(1, 99), body: fixture.bytes(500, seed: 5), to: sender)
    let replica = try await receiver.report().replica
    let basis = try #require(try await sender.report(of: replica)).knowledge
    let small = try await fixture.pack(sender, "small.satchel", since: basis)
    #expect(small.operationCount == 3)
    #expect(small.bodyCount == 1)
    #expect(small.bytes * 10 < full.bytes)
    _ = try await fixture.merge(small.paths[0], into: receiver)
    try await expectEqual(sender, receiver)
  }

  @Test(arguments: orders)
  func `bundles merge in any order, part and repetition, and converge`(seed: UInt64) async throws {
    let fixture = try BundleFixture(seed: seed)
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    var bundles: [FilePath] = []
    for step in 0..<4 {
      for (name, from, to) in [("one", one, two), ("two", two, one)] {
        let bundle = try await fixture.pack(
          from, "\(name)-\(step).satchel", since: to.report().knowledge)
        bundles += bundle.paths
        if step.isMultiple(of: 2) { _ = try await fixture.merge(bundle.paths[0], into: to) }
        try await fixture.add(
          fixture.article(7, step), body: Array("\(name) \(step)".utf8), to: from)
      }
    }
    var generator = SeededGenerator(seed: seed)
    let subset = bundles.shuffled(using: &generator).prefix(4)
    let receiver = try fixture.replica(3)
    for path in subset {
      let result = try await fixture.merge(path, into: receiver)
      let known = try await receiver.report().knowledge
      let header = try BundleReader(path, secret: fixture.secret).header
      #expect(result.missing == header.statement.known.subtracting(known), "seed \(seed)")
      #expect(try await receiver.check(deep: true, repair: false).damage == [], "seed \(seed)")
    }
    for path in (bundles + subset).shuffled(using: &generator) {
      _ = try await fixture.merge(path, into: receiver)
    }
    for (name, store) in [("one", one), ("two", two), ("three", receiver)] {
      for (other, peer) in [("one", one), ("two", two), ("three", receiver)] where name != other {
        let bundle = try await fixture.pack(
          store, "\(name)-\(other).satchel", since: peer.report().knowledge)
        _ = try await fixture.merge(bundle.paths[0], into: peer)
      }
    }
    let bundle = try await fixture.pack(two, "last.satchel", since: one.report().knowledge)
    _ = try await fixture.merge(bundle.paths[0], into: one)
    try await expectEqual(one, two, "seed \(seed)")
    try await expectEqual(one, receiver, "seed \(seed)")
  }

  @Test(arguments: orders)
  func `parts are valid alone and merge in any order`(seed: UInt64) async throws {
    let fixture = try BundleFixture(seed: seed)
    let sender = try await fixture.filled(1, articles: 12, bodyBytes: 3_000)
    let packed = try await fixture.pack(
      sender, "big.satchel", isOpen: seed.isMultiple(of: 2), partLimit: 16 << 10)
    #expect(packed.paths.count > 2)
    let receiver = try fixture.replica(2)
    var generator = SeededGenerator(seed: seed)
    let paths = packed.paths.shuffled(using: &generator)
    for (number, path) in paths.enumerated() {
      #expect(try fixture.read(path.lastComponent?.string ?? "").count <= 16 << 10)
      let header = try BundleMerging(receiver, secret: fixture.secret).verify(path)
      #expect(header.part.count == paths.count)
      let result = try await fixture.merge(path, into: receiver)
      if number == paths.count - 1 { #expect(result.missing.isEmpty, "seed \(seed)") }
      #expect(try await receiver.check(deep: true, repair: false).damage == [], "seed \(seed)")
    }
    try await expectEqual(sender, receiver, "seed \(seed)")
  }

  @Test func `a part too small for one frame is refused before anything is written`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 2, bodyBytes: 100_000)
    await #expect {
      try await fixture.pack(sender, "a.satchel", partLimit: 8 << 10)
    } throws: {
      if case BundleError.partTooSmall = $0 { true } else { false }
    }
    #expect(try fixture.files() == [])
  }

  @Test func `bodies left out are missing, asked for, and come when asked for`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    let receiver = try fixture.replica(2)
    let lean = try await fixture.pack(sender, "lean.satchel", bodies: false)
    #expect(lean.bodyCount == 0)
    _ = try await fixture.merge(lean.paths[0], into: receiver)
    #expect(try await receiver.report().wanted.count == 3)
    let ask = try await fixture.pack(receiver, "ask.satchel", since: sender.report().knowledge)
    _ = try await fixture.merge(ask.paths[0], into: sender)
    let replica = try await receiver.report().replica
    let report = try #require(try await sender.report(of: replica))
    let answer = try await fixture.pack(
      sender, "answer.satchel", since: report.knowledge, wanted: report.wanted)
    #expect(answer.operationCount == 0)
    #expect(answer.bodyCount == 3)
    _ = try await fixture.merge(answer.paths[0], into: receiver)
    try await expectEqual(sender, receiver)
  }

  @Test func `a dry run tells what merging would change and changes nothing`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    let receiver = try fixture.replica(2)
    let packed = try await fixture.pack(sender, "a.satchel")
    let before = try await receiver.report()
    let plan = try await BundleMerging(receiver, secret: fixture.secret)
      .dryRun(packed.paths).changes
    #expect(plan.newOperations == 9)
    #expect(plan.articlesAdded == 3)
    #expect(try await receiver.report() == before)
  }

  @Test func `an older bundle's report does not replace a newer one's`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    let receiver = try fixture.replica(2)
    let old = try await fixture.pack(sender, "old.satchel")
    try await fixture.add(fixture.article(1, 8), body: [1], to: sender)
    let new = try await fixture.pack(sender, "new.satchel")
    for path in [new.paths[0], old.paths[0]] {
      _ = try await fixture.merge(path, into: receiver)
    }
    let replica = try await sender.report().replica
    let report = try await receiver.report(of: replica)
    #expect(try await report?.knowledge == sender.report().knowledge)
  }
}
