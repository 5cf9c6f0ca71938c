import Articles
import Files
import Foundation
import LibraryStore
import Replication
import SyncSession
import TestSupport
import Testing

@testable import Transports

/// What runs for days, and what many hold: an hour and a half of pretended time, in a soak two days.
@Suite(
  .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/statm"), "there is no /proc"))
struct EnduranceTests {
  private static let rounds = Effort.isLong ? 2_880 : 90
  private static let minute: Int64 = 60_000

  @Test func `a folder that is synchronized every minute for days costs no more at the end`()
    async throws
  {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    var now = BundleFixture.now
    var (files, memory) = (0, 0)
    for round in 0..<EnduranceTests.rounds {
      now += EnduranceTests.minute
      if round.isMultiple(of: 30) {
        let progress = ArticleField.progress
        try await one.write(
          [fixture.article(1, 0).edit(progress, .integer(Int64(round % 100)))], now: now)
      }
      for store in [one, two] { _ = try await fixture.synchronize(store, now: now) }
      if round == EnduranceTests.rounds / 3 {
        (files, memory) = (try fixture.openFileCount, try BundleFixture.residentBytes)
      }
    }
    // A connection more for reading may have been opened; one a round would be dozens.
    #expect(try fixture.openFileCount < files + 8)
    // Others run beside this one, but in the soak's stage for days.
    if Effort.isLong { #expect(try BundleFixture.residentBytes - memory < 24 << 20) }
    // A day's changes, half as many again that take their place, and what they all began with.
    #expect(try await fixture.exchangeFiles().count < 80)
    try await expectEqual(one, two)
  }

  @Test func `ten thousand replicas make a hello no longer, and a report by their number`() throws {
    var knowledge = Knowledge()
    for number in UInt64(0)..<10_000 {
      knowledge.insert(
        SequenceSet(1...(1 + number)), of: ReplicaID(Identifier(high: number, low: ~number)))
    }
    let report = PeerReport(
      replica: ReplicaID(Identifier(high: 1, low: ~1)), clock: .zero, knowledge: knowledge,
      fingerprint: .empty, wanted: [])
    #expect(Hello(report).bytes.count == 47)
    let frame = try Message.report(report).frame()
    #expect(frame.inflatedLength < 22 * 10_000)
    #expect(try Message(frame) == .report(report))
  }
}
