import Articles
import Coding
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Bodies that come in pieces of any length, in any order, more than once, from several senders.
struct BodyPieceTests {
  @Test(arguments: Effort.seeds(3, 12))
  func `pieces make a body however they are cut, and leave nothing else`(seed: UInt64) async throws
  {
    var generator = SeededGenerator(seed: seed)
    let body = Sample.bytes(Int.random(in: 2...6_000, using: &generator), seed: seed)
    let test = try TestStore(1)
    var covered = [Bool](repeating: false, count: body.count)
    while covered.contains(false) {
      let start = Int.random(in: 0..<body.count, using: &generator)
      let length = Int.random(in: 0...min(3_000, body.count - start), using: &generator)
      guard length < body.count else { continue }
      for index in start..<start + length { covered[index] = true }
      let result = try await test.store.merge(
        operations: [], bodies: [chunk(body, [start..<start + length])], now: Sample.now)
      #expect(result.newBodies == (covered.contains(false) ? 0 : 1), "seed \(seed)")
      let prefix = covered.firstIndex(of: false) ?? 0
      #expect(try await test.held(ContentHash(of: body)) == prefix, "seed \(seed)")
    }
    #expect(try await test.store.body(ContentHash(of: body)) == body)
    #expect(try await test.store.check(deep: true, repair: false).damage == [], "seed \(seed)")
    for (table, rows) in [("body", 1), ("chunk", 1), ("piece", 0), ("partial", 0)] {
      #expect(try await test.store.count("SELECT count(*) FROM \(table)") == rows, "seed \(seed)")
    }
  }

  @Test func `a large body in small pieces ends in pieces of the usual length`() async throws {
    let body = Sample.bytes((9 << 20) + 5, seed: 1)
    let test = try TestStore(1)
    for start in stride(from: 0, to: body.count, by: 1_500_000) {
      let piece = try chunk(body, [start..<min(start + 1_500_000, body.count)])
      _ = try await test.store.merge(operations: [], bodies: [piece], now: Sample.now)
    }
    #expect(try await test.store.body(ContentHash(of: body)) == body)
    #expect(try await test.store.count("SELECT count(*) FROM piece") == 3)
    #expect(try await test.store.count("SELECT count(*) FROM chunk") == 3)
    #expect(try await test.store.count("SELECT count(*) FROM partial") == 0)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `one chunk may hold a body twice, whole and in pieces`() async throws {
    let (body, other) = (Sample.bytes(500, seed: 1), Sample.bytes(400, seed: 2))
    var builder = BodyChunkBuilder()
    for bytes in [other, body, body] {
      builder.append(bytes[...], of: ContentHash(of: bytes), bodyLength: bytes.count, offset: 0)
    }
    builder.append(body[100..<300], of: ContentHash(of: body), bodyLength: 500, offset: 100)
    let test = try TestStore(1)
    let result = try await test.store.merge(
      operations: [], bodies: [VerifiedChunk(builder.frame())], now: Sample.now)
    #expect(result.newBodies == 2)
    for bytes in [body, other] {
      #expect(try await test.store.body(ContentHash(of: bytes)) == bytes)
    }
    #expect(try await test.store.count("SELECT count(*) FROM piece") == 0)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `pieces in one chunk are kept apart`() async throws {
    let body = Sample.bytes(500, seed: 1)
    let test = try TestStore(1)
    _ = try await test.store.merge(
      operations: [], bodies: [chunk(body, [300..<400, 0..<100, 90..<120])], now: Sample.now)
    #expect(try await test.store.count("SELECT count(*) FROM chunk") == 3)
    #expect(try await test.held(ContentHash(of: body)) == 120)
    let result = try await test.store.merge(
      operations: [], bodies: [chunk(body, [110..<350, 399..<500])], now: Sample.now)
    #expect(result.newBodies == 1)
    #expect(try await test.store.body(ContentHash(of: body)) == body)
  }

  @Test func `of pieces that name two lengths the last ones count`() async throws {
    let body = Sample.bytes(500, seed: 1)
    let test = try TestStore(1)
    var builder = BodyChunkBuilder()
    builder.append(body[..<10], of: ContentHash(of: body), bodyLength: 6_000, offset: 0)
    let falsePiece = try VerifiedChunk(builder.frame())
    for piece in [try chunk(body, [0..<200]), falsePiece, try chunk(body, [200..<500])] {
      let result = try await test.store.merge(operations: [], bodies: [piece], now: Sample.now)
      #expect(result.newBodies == 0)
    }
    let result = try await test.store.merge(
      operations: [], bodies: [chunk(body, [0..<200])], now: Sample.now)
    #expect(result.newBodies == 1)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `what is held of a body that nobody names any more goes with compacting`() async throws
  {
    let body = Sample.bytes(500, seed: 1)
    let test = try TestStore(1)
    _ = try await test.store.merge(
      operations: [], bodies: [chunk(body, [0..<200])], now: Sample.now)
    _ = try await test.store.compact(now: Sample.now)
    for table in ["chunk", "piece", "partial"] {
      #expect(try await test.store.count("SELECT count(*) FROM \(table)") == 0)
    }
  }

  /// Pieces of a body in one chunk.
  private func chunk(_ body: [UInt8], _ pieces: [Range<Int>]) throws -> VerifiedChunk {
    var builder = BodyChunkBuilder()
    for piece in pieces {
      builder.append(
        body[piece], of: ContentHash(of: body), bodyLength: body.count, offset: piece.lowerBound)
    }
    return try VerifiedChunk(builder.frame())
  }
}

extension TestStore {
  /// How much of the beginning of a body is here in pieces.
  fileprivate func held(_ hash: ContentHash) async throws -> Int {
    try await store.read { try BodyTable($0).heldBeginning(of: hash) }
  }
}
