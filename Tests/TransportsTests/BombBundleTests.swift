import LibraryStore
import Testing

@testable import Transports

/// Small files of a member that come to much: refused with a word, or merged, and the library is sound
/// and goes on either way.
struct BombBundleTests {
  @Test func `there are forty of them, and some must be refused`() {
    #expect(Bomb.all.count >= 40)
    #expect(Bomb.all.count { $0.isRefused } >= 8)
  }

  @Test(arguments: Bomb.all)
  func `what a member sends to do harm does none`(bomb: Bomb) async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel")
    var frames = try OpenBundle(fixture.read("a.satchel")).frames
    var header = try BundleHeader(payload: frames[0].payload)
    frames += try bomb.frames()
    header.frameCount = frames.count - 1
    try bomb.header(&header)
    frames[0].payload = header.payload
    let bytes = try OpenBundle(frames).bytes(key: fixture.secret.signingKey)
    let path = try fixture.write(bytes, to: "bomb.satchel")

    let receiver = try fixture.replica(2)
    do {
      _ = try await fixture.merge(path, into: receiver)
      #expect(!bomb.isRefused)
    } catch let error as BundleError {
      #expect(bomb.isRefused, "\(error)")
    }
    #expect(try await receiver.check(deep: true, repair: false).damage == [])
    // It lists, sends, receives and is written to as before.
    _ = try await receiver.articles(.all, today: 0)
    _ = try await receiver.conflictCount()
    try await fixture.add(fixture.article(2, 1), body: [1, 2, 3], to: receiver)
    let third = try fixture.replica(3)
    try await fixture.pack(receiver, "b.satchel")
    _ = try await fixture.merge(fixture.path("b.satchel"), into: third)
    _ = try await fixture.merge(fixture.path("a.satchel"), into: third)
    _ = try await fixture.merge(fixture.path("a.satchel"), into: receiver)
    #expect(try await third.report().fingerprint == receiver.report().fingerprint)
    #expect(try await third.check(deep: true, repair: false).damage == [])
  }
}
