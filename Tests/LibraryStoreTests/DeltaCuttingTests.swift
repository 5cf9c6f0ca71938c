import Articles
import Coding
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// What is sent in frames that are shorter than those it lies in.
struct DeltaCuttingTests {
  @Test(arguments: UInt64(1)...12)
  func `frames of any length bring the same`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let (author, reader) = (try TestStore(1), try TestStore(2))
    let bodies = (0..<12).map {
      Sample.bytes(Int.random(in: 0...20_000, using: &generator), seed: seed << 8 | UInt64($0))
    }
    var builder = BodyChunkBuilder()
    for body in Set(bodies) {
      builder.append(body[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
    }
    try await author.store.write(
      bodies.enumerated().flatMap { number, body in
        [
          Sample.article(UInt64(number)).edit(
            ArticleField.body, try .data(ContentHash(of: body).bytes), .importing),
          Sample.article(UInt64(number)).mark(.starred),
        ]
      }, bodies: [VerifiedChunk(builder.frame())], now: Sample.now)
    let longest = Int.random(in: 1_024...30_000, using: &generator)
    let snapshot = try author.store.snapshot(
      .delta(since: Knowledge()), longestFrame: longest)
    var count = 0
    while let frame = try await snapshot.nextFrame() {
      count += 1
      // Noise does not deflate, so what can be told beforehand is right.
      #expect(frame.stored.count <= longest, "seed \(seed)")
      if frame.kind == .operations {
        let block = try OperationBlock(payload: frame.payload())
        _ = try await reader.store.merge(
          operations: [(frame, block)], bodies: [], now: Sample.now)
      } else {
        _ = try await reader.store.merge(
          operations: [], bodies: [VerifiedChunk(frame)], now: Sample.now)
      }
    }
    #expect(count == snapshot.plan.parts.count, "seed \(seed)")
    let (sent, taken) = (try await author.store.report(), try await reader.store.report())
    #expect(taken.knowledge == sent.knowledge && taken.fingerprint == sent.fingerprint)
    for body in bodies {
      #expect(try await reader.store.body(ContentHash(of: body)) == body, "seed \(seed)")
    }
  }

  @Test func `what a receiver holds of a body is left out`() async throws {
    let test = try TestStore(1)
    let body = Sample.bytes((5 << 20) + 7, seed: 1)
    for piece in BodyChunkBuilder.pieces(of: body) {
      var builder = BodyChunkBuilder()
      builder.append(
        piece.bytes, of: ContentHash(of: body), bodyLength: body.count, offset: piece.offset)
      _ = try await test.store.merge(
        operations: [], bodies: [VerifiedChunk(builder.frame())], now: Sample.now)
    }
    for offset in [1, 4 << 20, (4 << 20) + 1, body.count - 1, body.count, 16 << 20] {
      let snapshot = try test.store.snapshot(
        .bodies([WantedBody(ContentHash(of: body), from: offset)]), longestFrame: 1 << 20)
      var end = offset
      while let frame = try await snapshot.nextFrame() {
        for entry in try BodyChunk(payload: frame.payload()).entries {
          #expect(entry.offset == end && entry.bodyLength == body.count)
          end += entry.range.count
        }
      }
      #expect(end == max(offset, body.count))
    }
  }

  @Test func `sequences are divided evenly, and none is lost`() {
    for seed in UInt64(0)..<300 {
      var generator = SeededGenerator(seed: seed)
      let sequences = SequenceSet(
        sequences: (0..<Int.random(in: 1...60, using: &generator)).map { _ in
          UInt64.random(in: 1...90, using: &generator)
        })
      let count = Int.random(in: 1...70, using: &generator)
      let sets = sequences.divided(into: count)
      let size = (sequences.count + UInt64(count) - 1) / UInt64(count)
      #expect(sets.count <= count && sets.allSatisfy { 1...size ~= $0.count }, "seed \(seed)")
      #expect(sets.reduce(SequenceSet()) { $0.union($1) } == sequences, "seed \(seed)")
      #expect(
        zip(sets, sets.dropFirst()).allSatisfy { left, right in
          (left.last ?? 0) < (right.ranges.first?.lowerBound ?? 0)
        }, "seed \(seed)")
    }
    let last = SequenceSet(Limits.maximumSequence - 2...Limits.maximumSequence)
    #expect(last.divided(into: 2).map(\.count) == [2, 1])
  }
}
