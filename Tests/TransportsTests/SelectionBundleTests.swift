import Articles
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

/// Selections as bundles (Protocol 3.16): what they carry, and what they claim of it.
struct SelectionBundleTests {
  @Test func `Who knew nothing has the selection's knowledge and its fingerprint`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 5)
    try await sender.write([try fixture.article(1, 2).note("mine")], now: BundleFixture.now)
    try await sender.write([fixture.article(1, 2).mark(.unstarred)], now: BundleFixture.now)
    let receiver = try fixture.replica(2)
    let packed = try await BundlePacking(secret: fixture.secret, senderName: "sender").pack(
      sender, to: fixture.path("few.satchel"), since: Knowledge(), wanted: [],
      selecting: [1, 2].map { fixture.article(1, $0).entity }, now: BundleFixture.now)
    let path = try #require(packed.paths.first)
    // Title, body and mark of both, and a note; the mark that was replaced stays.
    #expect(packed.operationCount == 7 && packed.bodyCount == 2)
    let header = try BundleMerging(receiver, secret: fixture.secret).verify(path)
    #expect(header.isSelection && header.statement.carried.count == 7)
    let known = try await sender.report().knowledge
    #expect(header.statement.known != known && known.dominates(header.statement.known))

    let result = try await fixture.merge(path, into: receiver)
    #expect(result.diverged.isEmpty && result.missing.isEmpty && result.operations.new == 7)
    let report = try await receiver.report()
    #expect(report.knowledge == header.statement.known)
    #expect(report.fingerprint == header.sender.fingerprint)
    #expect(try await receiver.diverged().isEmpty)
  }

  @Test func `A selection takes the place of no other report, and is one where there is none`()
    async throws
  {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 5)
    let packing = BundlePacking(secret: fixture.secret, senderName: "sender")
    let few = try await packing.pack(
      sender, to: fixture.path("few.satchel"), since: Knowledge(), wanted: [],
      selecting: [fixture.article(1, 0).entity], now: BundleFixture.now)
    let all = try await fixture.pack(sender, "all.satchel")
    let whole = try await sender.report()
    for (number, order) in [(UInt64(2), [few, all]), (3, [all, few])] {
      let receiver = try fixture.replica(number)
      for packed in order { _ = try await fixture.merge(packed.paths[0], into: receiver) }
      #expect(try await receiver.report(of: whole.replica)?.knowledge == whole.knowledge)
      #expect(try await receiver.report().knowledge == whole.knowledge)
      #expect(try await receiver.report().fingerprint == whole.fingerprint)
    }
    let alone = try fixture.replica(4)
    _ = try await fixture.merge(few.paths[0], into: alone)
    #expect(try await alone.report(of: whole.replica)?.knowledge == few.sender?.knowledge)
  }
}
