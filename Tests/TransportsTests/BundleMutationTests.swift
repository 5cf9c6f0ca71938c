import Coding
import LibraryStore
import Replication
import Sealing
import TestSupport
import Testing

@testable import Transports

/// Bundles whose every checksum and signature is right and whose contents are hostile: a member's
/// own, or one who has the secret. A reader refuses or takes them, and never traps.
struct BundleMutationTests {
  private static let mutations: UInt64 = Effort.isLong ? 5_000 : 800
  private static let headers: UInt64 = Effort.isLong ? 3_000 : 1_000

  @Test func `frames with mutated payloads are refused or merge soundly`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel")
    let frames = try OpenBundle(fixture.read("a.satchel")).frames
    let receiver = try fixture.replica(2)
    let merging = BundleMerging(receiver, secret: fixture.secret)
    var (refused, merged) = (0, 0)
    for seed in 0..<BundleMutationTests.mutations {
      var generator = SeededGenerator(seed: seed)
      var changed = frames
      let index = Int.random(in: 0..<frames.count, using: &generator)
      changed[index].payload = mutated(frames[index].payload, using: &generator)
      let bytes = try OpenBundle(changed).bytes(key: fixture.secret.signingKey)
      let path = try fixture.write(bytes, to: "mutated.satchel")
      do {
        _ = try merging.verify(path)
        // Merging is slow next to reading; a share of what reads is enough.
        if seed.isMultiple(of: 10) { _ = try await fixture.merge(path, into: receiver) }
        merged += 1
      } catch is BundleError {
        refused += 1
      } catch is CodingError {
        refused += 1
      } catch is StoreError {
        refused += 1
      }
    }
    #expect(refused > BundleMutationTests.mutations / 50)
    #expect(merged > BundleMutationTests.mutations / 50)
    #expect(try await receiver.check(deep: true, repair: false).damage == [])
  }

  @Test func `headers out of nowhere are refused`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel")
    let frames = try OpenBundle(fixture.read("a.satchel")).frames
    for seed in 0..<BundleMutationTests.headers {
      var generator = SeededGenerator(seed: seed)
      let payload = mutated(frames[0].payload, using: &generator)
      do {
        _ = try BundleHeader(payload: payload)
      } catch {
        guard case .malformed = error else {
          Issue.record("seed \(seed): \(error)")
          return
        }
      }
    }
  }

  @Test func `part numbers and counts out of bounds are refused`() async throws {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel")
    let header = try BundleReader(fixture.path("a.satchel"), secret: nil).header
    for (number, count) in [(0, 0), (1, 0), (0, 1), (2, 1), (5, 4)] {
      var changed = header
      changed.part = BundleHeader.Part(number: number, count: count)
      #expect {
        _ = try BundleHeader(payload: changed.payload)
      } throws: {
        if case BundleError.malformed = $0 { true } else { false }
      }
    }
    var huge = header
    for count in [Limits.bundleFrames + 1, Int(Int32.max), Int(Int32.max) + 1] {
      huge.frameCount = count
      #expect(throws: BundleError.self) { _ = try BundleHeader(payload: huge.payload) }
    }
    huge.frameCount = Limits.bundleFrames
    #expect(try BundleHeader(payload: huge.payload) == huge)
  }

  @Test func `declared lengths beyond the limits are refused before they are allocated`()
    async throws
  {
    let fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel")
    let bytes = try fixture.read("a.satchel")
    for field in [4, 8] {
      var changed = bytes
      for offset in 0..<4 { changed[12 + field + offset] = 0xff }
      let path = try fixture.write(changed, to: "huge-\(field).satchel")
      #expect {
        _ = try BundleReader(path, secret: nil)
      } throws: {
        if case BundleError.damaged(1, _, .frameTooLarge) = $0 { true } else { false }
      }
    }
  }

  /// Changes, inserts, drops or repeats a few bytes.
  private func mutated(
    _ bytes: [UInt8], using generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &generator)
      let byte = [UInt8]([0, 1, 0x7f, 0x80, 0xff]).randomElement(using: &generator) ?? 0
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[index] = byte
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes.insert(byte, at: index)
      default: bytes.remove(at: index)
      }
    }
    return bytes
  }
}
