import Articles
import Files
import Foundation
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// What becomes of a choice of texts where a database takes another id, or is restored.
struct KeepingIdentityTests {
  private let test: TestStore

  init() throws { test = try TestStore(1) }

  @Test func `a database that goes on as another replica says anew that it keeps not all`()
    async throws
  {
    try await test.store.put(1, title: "one")
    _ = try await test.store.keep(TextPolicy(query: "is:unread"), now: Sample.now)
    let before = try await test.store.report()
    #expect(before.knowledge.contains(Dot(replica: before.replica, sequence: try ceased(before))))
    // Its evidence is gone, as on another machine.
    try FileManager.default.removeItem(at: test.evidence)
    try await test.store.write([Sample.article(1).mark(.starred)], now: Sample.now)
    let between = try await test.store.report()
    #expect(between.replica != before.replica)
    #expect(between.keeping?.ceased != nil)
    try await test.store.settleKeeping(now: Sample.now)
    let after = try await test.store.report()
    #expect(after.replica == between.replica)
    #expect(after.knowledge.contains(Dot(replica: after.replica, sequence: try ceased(after))))
    #expect(try await test.store.ceasedReplica() == after.replica)
    #expect(try await test.store.keeping().policy == TextPolicy(query: "is:unread"))
  }

  @Test func `what is chosen twice ceases once, and all again writes that`() async throws {
    try await test.store.put(1, title: "one")
    _ = try await test.store.keep(TextPolicy(query: "is:unread"), now: Sample.now)
    let first = try ceased(try await test.store.report())
    _ = try await test.store.keep(TextPolicy(maximumBytes: 5 << 20), now: Sample.now)
    #expect(try ceased(try await test.store.report()) == first)
    _ = try await test.store.keep(nil, now: Sample.now)
    let report = try await test.store.report()
    #expect(report.keeping == .everything)
    // A second ceasing is another operation, though the card says the same.
    _ = try await test.store.keep(TextPolicy(query: "is:unread"), now: Sample.now)
    let second = try await test.store.report()
    #expect(try ceased(second) > report.knowledge[report.replica].last ?? 0)
  }

  @Test func `a replica of a backup keeps every text, and wants what is not in it`() async throws {
    try await test.store.put(1, title: "one", text: "One.", withBody: false)
    let status = try await test.store.keep(TextPolicy(query: "is:read"), now: Sample.now)
    #expect(status.leftOut == 1 && status.wanted == 0)
    let folder = try TemporaryFolder()
    let path = FilePath(folder.url.path)
    let output = try OutputFile(path.appending(ReplicaStore.fileName), .owner)
    _ = try await test.store.backUp(into: output, invitation: nil, now: Sample.now)
    try output.commit()
    let copy = try ReplicaStore(folder: path, options: test.options)
    let copied = try await copy.keeping()
    #expect(copied.policy == nil && copied.wanted == 1 && copied.leftOut == 0)
  }

  private func ceased(_ report: PeerReport) throws -> UInt64 {
    try #require(report.keeping?.ceased)
  }
}

extension ReplicaStore {
  /// By which id the database last said that it keeps not every text.
  fileprivate func ceasedReplica() throws -> ReplicaID? {
    try read { db in
      let interner = try StoreTransaction(db).interner
      return try KeepingTable(db).entry().map { try interner.replica($0.replica) }
    }
  }
}
