import Coding
import Files
import LibraryStore
import Replication
import Testing

@testable import Transports

/// A member's faulty program cuts a body into pieces that do not make it.
struct SpoiltBodyTests {
  @Test func `a body in pieces that fails its hash is counted, and stays wanted`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 1, bodyBytes: 3_000)
    try await fixture.pack(sender, "good.satchel")
    let hash = ContentHash(of: fixture.bytes(3_000, seed: 1 << 32))
    try rewrite("good.satchel", as: "bad.satchel", fixture) { frame in
      guard frame.kind == .bodies else { return [frame] }
      return try [0, 1_500].map { start in
        var builder = BodyChunkBuilder()
        builder.append(
          [UInt8](repeating: 7, count: 1_500)[...], of: hash, bodyLength: 3_000, offset: start)
        return try builder.frame()
      }
    }
    let receiver = try fixture.replica(2)
    let result = try await fixture.merge(fixture.path("bad.satchel"), into: receiver)
    #expect(result.spoiltBodyCount == 1)
    #expect(result.bodyCount == 0)
    #expect(result.operations.new > 0)
    #expect(try await receiver.report().wanted == [hash])
    #expect(try await receiver.check(deep: true, repair: false).damage == [])
    let healed = try await fixture.merge(fixture.path("good.satchel"), into: receiver)
    #expect(healed.spoiltBodyCount == 0)
    #expect(healed.bodyCount == 1)
    #expect(try await receiver.report().wanted == [])
  }

  @Test func `a whole body that is not its name's is found by checking, and salvage ends there`()
    async throws
  {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 1, bodyBytes: 3_000)
    try await fixture.pack(sender, "good.satchel")
    let hash = ContentHash(of: fixture.bytes(3_000, seed: 1 << 32))
    try rewrite("good.satchel", as: "bad.satchel", fixture) { frame in
      guard frame.kind == .bodies else { return [frame] }
      var builder = BodyChunkBuilder()
      builder.append(
        [UInt8](repeating: 7, count: 3_000)[...], of: hash, bodyLength: 3_000, offset: 0)
      return [try builder.frame()]
    }
    let receiver = try fixture.replica(2)
    let bad = fixture.path("bad.satchel")
    let merging = BundleMerging(receiver, secret: fixture.secret)
    #expect(throws: BundleError.self) { try merging.verify(bad, decoding: true) }
    await #expect(throws: BundleError.self) { try await merging.dryRun([bad]) }
    let run = try await merging.dryRun([], found: [bad])
    #expect(run.changes.newOperations == 0 && run.skipped.map(\.path) == [bad])
    await #expect(throws: BundleError.self) { try await fixture.merge(bad, into: receiver) }
    #expect(try await receiver.report().knowledge == Knowledge())
    let salvaged = try await fixture.merge(bad, into: receiver, salvage: true)
    #expect(salvaged.isSalvaged)
    #expect(salvaged.operations.new > 0 && salvaged.bodyCount == 0)
    #expect(try await receiver.report().wanted == [hash])
  }

  /// Writes a bundle's frames anew, signed as a member can.
  private func rewrite(
    _ name: String, as other: String, _ fixture: BundleFixture,
    _ change: (Frame) throws -> [Frame]
  ) throws {
    let reader = try BundleReader(fixture.path(name), secret: fixture.secret)
    var frames: [Frame] = []
    while let frame = try reader.next() { frames += try change(frame) }
    var header = reader.header
    header.frameCount = frames.count
    let writer = try BundleWriter(
      .path(fixture.path(other)), header: header, secret: fixture.secret, isOpen: true,
      using: .system)
    for frame in frames { try writer.append(frame) }
    _ = try writer.finish()
  }
}
