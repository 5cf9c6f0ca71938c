import Coding
import LibraryStore
import Replication
import Sealing
import TestSupport
import Testing

@testable import Transports

/// Bundles of a member whose program is faulty or means harm: their checksums, their table and their
/// signature are right, and what stands in them is not.
struct MalformedBundleTests {
  private let fixture: BundleFixture
  private let frames: [OpenBundle.Part]
  private let receiver: ReplicaStore

  init() async throws {
    fixture = try BundleFixture()
    let sender = try await fixture.filled(1)
    try await fixture.pack(sender, "a.satchel")
    frames = try OpenBundle(fixture.read("a.satchel")).frames
    receiver = try fixture.replica(2)
  }

  /// Merges frames that say how many they are, and returns whether they were taken.
  private func merge(
    _ frames: [OpenBundle.Part], into other: ReplicaStore? = nil
  ) async throws -> Bool {
    var frames = frames
    var header = try BundleHeader(payload: frames[0].payload)
    header.frameCount = frames.count - 1
    frames[0].payload = header.payload
    let bytes = try OpenBundle(frames).bytes(key: fixture.secret.signingKey)
    do {
      _ = try await fixture.merge(fixture.write(bytes, to: "b.satchel"), into: other ?? receiver)
      return true
    } catch is BundleError {
      return false
    }
  }

  private func expectSound(_ comment: Comment) async throws {
    #expect(try await receiver.check(deep: true, repair: false).damage == [], comment)
  }

  @Test(arguments: [Grammar.Payload.operations, .bodies])
  func `a payload is taken where the grammar allows it, and refused where not`(
    kind: Grammar.Payload
  ) async throws {
    let place = try #require(
      frames.firstIndex { $0.kind == (kind == .bodies ? .bodies : .operations) })
    var (taken, refused) = (0, 0)
    for seed in Effort.seeds(150, 3_000) {
      var changed = frames
      changed[place].payload = Grammar.payload(kind, seed: seed)
      let isRight =
        switch kind {
        case .bodies: (try? BodyChunk(payload: changed[place].payload)) != nil
        default: (try? OperationBlock(payload: changed[place].payload)) != nil
        }
      // Of bodies the grammar says nothing about their names, which are looked at, too.
      let isTaken = try await merge(changed)
      #expect(isTaken == isRight || kind == .bodies && !isTaken, "seed \(seed)")
      if isTaken { taken += 1 } else { refused += 1 }
    }
    #expect(taken > 10 && refused > 10)
    try await expectSound("\(kind)")
    // Whoever means well is heard as before.
    #expect(try await merge(frames))
    try await expectSound("\(kind), afterwards")
  }

  @Test func `frames that a member leaves out, swaps or repeats are merged as what they are`()
    async throws
  {
    let last = frames.count - 1
    #expect(last >= 2)
    for one in 1...last {
      var fewer = frames
      fewer.remove(at: one)
      #expect(try await merge(fewer), "without \(one)")
      for other in 1...last where other != one {
        var swapped = frames
        swapped.swapAt(one, other)
        #expect(try await merge(swapped), "\(one) for \(other)")
      }
      #expect(try await merge(frames + [frames[one]]), "\(one) twice")
      try await expectSound("frame \(one)")
    }
    #expect(try await merge(frames))
    let other = try fixture.replica(3)
    _ = try await fixture.merge(fixture.path("a.satchel"), into: other)
    try await expectEqual(other, receiver)
  }

  /// Where what is in them is here already they are passed over; here it is not.
  @Test func `a payload that goes on behind its end is refused`() async throws {
    for place in frames.indices.dropFirst() {
      for bytes in [[0], [UInt8](repeating: 0xff, count: 40)] as [[UInt8]] {
        var longer = frames
        longer[place].payload += bytes
        let other = try fixture.replica(UInt64(100 * place + bytes.count))
        #expect(try await merge(longer, into: other) == false, "frame \(place)")
        #expect(try await other.check(deep: true, repair: false).damage == [])
      }
    }
  }

  @Test func `frames that a stranger leaves out, swaps, repeats or lengthens are refused`()
    async throws
  {
    let bytes = try fixture.read("a.satchel")
    let merging = BundleMerging(receiver, secret: fixture.secret)
    var bounds = [BundleFormat.preambleLength]
    while let start = bounds.last, start < bytes.count {
      let header = try FrameHeader(Array(bytes[start..<start + Frame.headerLength]))
      bounds.append(start + Frame.headerLength + header.storedLength)
    }
    let pieces = zip(bounds, bounds.dropFirst()).map { Array(bytes[$0..<$1]) }
    var arrangements: [[[UInt8]]] = []
    for one in pieces.indices {
      var fewer = pieces
      fewer.remove(at: one)
      arrangements.append(fewer)
      arrangements.append(pieces[...one] + [pieces[one]] + pieces[(one + 1)...])
      arrangements.append(pieces[..<one] + [pieces[one] + [0]] + pieces[(one + 1)...])
      for other in pieces.indices where other > one {
        var swapped = pieces
        swapped.swapAt(one, other)
        arrangements.append(swapped)
      }
    }
    let start = bytes[..<BundleFormat.preambleLength]
    for (number, arrangement) in arrangements.enumerated() {
      let path = try fixture.write(start + arrangement.joined(), to: "c.satchel")
      #expect(throws: BundleError.self, "arrangement \(number)") { try merging.verify(path) }
    }
    #expect(try await receiver.report().knowledge.isEmpty)
  }
}
