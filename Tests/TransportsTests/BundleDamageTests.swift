import Coding
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

/// A bundle that was cut or changed is refused, and nothing of it is applied.
struct BundleDamageTests {
  @Test(arguments: [true, false])
  func `every truncation is refused as one, and nothing is applied`(isOpen: Bool) async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 1, bodyBytes: 100)
    try await fixture.pack(sender, "a.satchel", isOpen: isOpen)
    let bytes = try fixture.read("a.satchel")
    let receiver = try fixture.replica(2)
    let before = try await receiver.report()
    let merging = BundleMerging(receiver, secret: fixture.secret)
    // Before its first bytes are there a file is not known to be a bundle.
    let recognized = isOpen ? BundleFormat.magic.count : BundleFormat.sealedMagic.count
    for length in 0..<bytes.count {
      let path = try fixture.write(bytes[..<length], to: "cut.satchel")
      #expect {
        _ = try merging.verify(path)
      } throws: { error in
        switch error as? BundleError {
        case .notABundle: length < recognized
        case .truncated: length >= recognized
        // The last chunk of a seal bears a mark; without it, cut and changed look alike.
        case .sealDamaged: !isOpen && length >= recognized
        default: false
        }
      }
    }
    await #expect(throws: BundleError.self) {
      try await fixture.merge(fixture.path("cut.satchel"), into: receiver)
    }
    #expect(try await receiver.report() == before)
  }

  @Test func `every changed byte of an open bundle is refused`() async throws {
    try await expectFlipsRefused(isOpen: true, masks: [0x01, 0x80, 0xff])
  }

  @Test func `every changed byte of a sealed bundle is refused`() async throws {
    try await expectFlipsRefused(isOpen: false, masks: [0x01, 0x20])
  }

  private func expectFlipsRefused(isOpen: Bool, masks: [UInt8]) async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 2, bodyBytes: 100)
    try await fixture.pack(sender, "a.satchel", isOpen: isOpen)
    let bytes = try fixture.read("a.satchel")
    let receiver = try fixture.replica(2)
    let merging = BundleMerging(receiver, secret: fixture.secret)
    for index in bytes.indices {
      for mask in Effort.isLong ? masks : [masks[0]] {
        var changed = bytes
        changed[index] ^= mask
        let path = try fixture.write(changed, to: "changed.satchel")
        #expect(throws: BundleError.self, "byte \(index), mask \(mask)") {
          _ = try merging.verify(path)
        }
      }
    }
    #expect(try merging.verify(fixture.path("a.satchel")).operationCount == 6)
  }

  @Test(arguments: [true, false])
  func `salvage takes the whole frames of a cut file and claims nothing`(isOpen: Bool) async throws
  {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 40, bodyBytes: 6_000)
    try await fixture.pack(sender, "a.satchel", isOpen: isOpen)
    let bytes = try fixture.read("a.satchel")
    let receiver = try fixture.replica(2)
    var bodyCount = 0
    for share in isOpen ? [1, 5, 9] : [5, 9] {
      let path = try fixture.write(
        bytes[..<(bytes.count * share / 10)], to: "cut-\(share).satchel")
      let result = try await fixture.merge(path, into: receiver, salvage: true)
      #expect(result.isSalvaged)
      bodyCount += result.bodyCount
      #expect(try await receiver.check(deep: true, repair: false).damage == [])
      // Nothing is known of the sender, for a cut file bears no signature.
      #expect(try await receiver.report(of: sender.report().replica) == nil)
    }
    let expected = isOpen ? 33...38 : 25...38
    #expect(expected.contains(bodyCount), "\(bodyCount)")
    // Its operations came in whole frames, and were learnt one by one.
    #expect(try await receiver.report().knowledge == sender.report().knowledge)
    _ = try await fixture.merge(fixture.path("a.satchel"), into: receiver)
    try await expectEqual(sender, receiver)
  }

  @Test func `salvage of a file damaged in the middle takes what stands before`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1, articles: 10, bodyBytes: 3_000)
    try await fixture.pack(sender, "a.satchel")
    var bytes = try fixture.read("a.satchel")
    bytes[bytes.count / 2] ^= 1
    let path = try fixture.write(bytes, to: "damaged.satchel")
    let receiver = try fixture.replica(2)
    await #expect {
      try await fixture.merge(path, into: receiver)
    } throws: {
      if case BundleError.damaged(let frame, let total, .checksumDiffers) = $0 {
        frame == 8 && total == 14
      } else {
        false
      }
    }
    #expect(try await receiver.report().knowledge.isEmpty)
    let result = try await fixture.merge(path, into: receiver, salvage: true)
    #expect(result.bodyCount == 4)
    #expect(result.operations.new == 30)
  }
}
