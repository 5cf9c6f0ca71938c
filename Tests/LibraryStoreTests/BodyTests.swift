import Articles
import Coding
import Replication
import Testing

@testable import LibraryStore

/// Bodies: stored once in chunks, checked against their names, asked for while they are missing.
struct BodyTests {
  @Test func `recoded texts come out of their chunks as they went in`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    let bodies = (0..<5).map {
      Array(String(repeating: "<p>第\($0)座桥，七座桥 🌉</p>\n", count: 20 + $0).utf8)
    }
    let all = try chunk(bodies)
    #expect(try all.frame.payload().count < bodies.joined().count)
    try await author.store.write(
      naming(Array(bodies[..<2])), bodies: [chunk(Array(bodies[..<2]))], now: Sample.now)
    try await send(from: author.store, to: reader.store)
    // Stored in part, sent in part, and rewritten without those that are deleted.
    try await author.store.write(naming(bodies), bodies: [all], now: Sample.now)
    try await send(from: author.store, to: reader.store)
    for test in [author, reader] {
      for body in bodies { #expect(try await test.store.body(ContentHash(of: body)) == body) }
      try await test.store.write(
        [Sample.article(0).delete(true), Sample.article(3).delete(true)], now: Sample.now)
      #expect(try await test.store.compact(binDays: 0, now: Sample.now).bodies == 2)
      for number in [1, 2, 4] {
        #expect(try await test.store.body(ContentHash(of: bodies[number])) == bodies[number])
      }
      #expect(try await test.store.check(deep: true, repair: false).damage == [])
    }
  }

  @Test func `a chunk is stored and sent in the bytes it came in`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    let bodies = (0..<5).map { Sample.bytes(3_000, seed: $0) }
    let chunk = try chunk(bodies)
    try await author.store.write(naming(bodies), bodies: [chunk], now: Sample.now)
    let letter = try await author.store.letter()
    #expect(letter.chunks.map(\.frame) == [chunk.frame])
    try await reader.store.take(letter)
    #expect(try await reader.store.letter().chunks.map(\.frame) == [chunk.frame])
    for body in bodies {
      #expect(try await reader.store.body(ContentHash(of: body)) == body)
    }
    #expect(try await reader.store.check(deep: true, repair: false).bodiesChecked == 5)
  }

  @Test func `of a chunk only what the receiver lacks is sent`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    let bodies = (0..<5).map { Sample.bytes(3_000, seed: $0) }
    try await author.store.write(
      naming(Array(bodies[..<2])), bodies: [chunk(Array(bodies[..<2]))], now: Sample.now)
    try await send(from: author.store, to: reader.store)
    try await author.store.write(naming(bodies), bodies: [chunk(bodies)], now: Sample.now)
    let known = try await reader.store.report().knowledge
    let letter = try await author.store.letter(since: known)
    #expect(letter.chunks.flatMap(\.entries).count == 3)
    try await reader.store.take(letter)
    for body in bodies { #expect(try await reader.store.body(ContentHash(of: body)) == body) }
  }

  @Test func `a body goes along while the register that names it does`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    let bodies = (0..<2).map { Sample.bytes(3_000, seed: $0) }
    try await author.store.write(naming([bodies[0]]), bodies: [chunk([bodies[0]])], now: Sample.now)
    try await send(from: author.store, to: reader.store)
    try await author.store.write(naming(bodies), bodies: [chunk([bodies[1]])], now: Sample.now)
    let known = try await reader.store.report().knowledge
    for (isDeleted, sent) in [(false, [1]), (true, []), (false, [1])] {
      try await author.store.write([Sample.article(1).delete(isDeleted)], now: Sample.now)
      let hashes = try await author.store.letter(since: known).chunks.flatMap(\.entries).map(\.hash)
      #expect(hashes == sent.map { ContentHash(of: bodies[$0]) })
    }
  }

  @Test func `a body past 4 MiB travels in pieces, in any order`() async throws {
    let body = Sample.bytes((9 << 20) + 5, seed: 1)
    let hash = ContentHash(of: body)
    let pieces = try pieces(of: body)
    #expect(pieces.count == 3)
    let test = try TestStore(1)
    for (number, piece) in pieces.reversed().enumerated() {
      #expect(try await test.store.body(hash) == nil)
      let result = try await test.store.merge(operations: [], bodies: [piece], now: Sample.now)
      #expect(result.newBodies == (number == 2 ? 1 : 0))
    }
    #expect(try await test.store.body(hash) == body)
    try await test.store.write(naming([body]), now: Sample.now)
    let reader = try TestStore(2)
    try await send(from: test.store, to: reader.store)
    #expect(try await reader.store.body(hash) == body)
  }

  @Test func `a body of which a piece is missing counts as missing and is asked for`() async throws
  {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    let body = Sample.bytes((4 << 20) + 5, seed: 1)
    let hash = ContentHash(of: body)
    try await author.store.write(naming([body]), bodies: pieces(of: body), now: Sample.now)
    var letter = try await author.store.letter()
    letter.chunks.removeLast()
    try await reader.store.take(letter)
    #expect(try await reader.store.status(now: Sample.now).missingBodies == 1)
    #expect(try await reader.store.report().wanted == [hash])
    // It knows the operation already, and gets the body because it asked.
    try await send(from: author.store, to: reader.store)
    #expect(try await reader.store.body(hash) == body)
    #expect(try await reader.store.report().wanted.isEmpty)
  }

  @Test func `a body that is not what its name says is refused`() throws {
    let body = Sample.bytes(100, seed: 1)
    var builder = BodyChunkBuilder()
    builder.append(body[...], of: ContentHash(of: [1, 2, 3]), bodyLength: 100, offset: 0)
    let frame = try builder.frame()
    #expect { try VerifiedChunk(frame) } throws: {
      if case StoreError.damaged = $0 { true } else { false }
    }
  }

  @Test func `wrong pieces are thrown away, and right ones then make the body`() async throws {
    let test = try TestStore(1)
    let body = Sample.bytes((4 << 20) + 5, seed: 1)
    var wrong = body
    wrong[body.count - 1] ^= 1
    let hash = ContentHash(of: body)
    let bad = try pieces(of: wrong, as: hash)
    let result = try await test.store.merge(operations: [], bodies: bad, now: Sample.now)
    #expect(result.newBodies == 0)
    #expect(try await test.store.body(hash) == nil)
    _ = try await test.store.merge(operations: [], bodies: pieces(of: body), now: Sample.now)
    #expect(try await test.store.body(hash) == body)
    _ = try await test.store.compact(binDays: 0, now: Sample.now)
    #expect(try await test.store.count("SELECT count(*) FROM chunk") == 0)
  }

  @Test func `a false piece does not keep the whole body out`() async throws {
    let test = try TestStore(1)
    let body = Sample.bytes(5_000, seed: 1)
    let hash = ContentHash(of: body)
    var builder = BodyChunkBuilder()
    builder.append(body[..<10], of: hash, bodyLength: 6_000, offset: 0)
    let impostor = try VerifiedChunk(builder.frame())
    _ = try await test.store.merge(operations: [], bodies: [impostor], now: Sample.now)
    _ = try await test.store.merge(operations: [], bodies: [chunk([body])], now: Sample.now)
    #expect(try await test.store.body(hash) == body)
  }

  @Test func `compacting drops the bodies nothing names, and no others`() async throws {
    let test = try TestStore(1)
    let bodies = (0..<6).map { Sample.bytes(3_000, seed: $0) } + [[]]
    try await test.store.write(naming(bodies), bodies: [chunk(bodies)], now: Sample.now)
    try await test.store.write(
      [Sample.article(0).delete(true), Sample.article(3).delete(true)], now: Sample.now)
    #expect(try await test.store.compact(binDays: 0, now: Sample.now).bodies == 2)
    for (number, body) in bodies.enumerated() {
      let isKept = number != 0 && number != 3
      #expect(try await test.store.body(ContentHash(of: body)) == (isKept ? body : nil))
    }
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
    #expect(try await test.store.report().wanted.isEmpty)
  }

  func naming(_ bodies: [[UInt8]]) throws -> [Edit] {
    try bodies.enumerated().map { number, body in
      Sample.article(UInt64(number)).edit(
        ArticleField.body, try .data(ContentHash(of: body).bytes), .importing)
    }
  }

  func chunk(_ bodies: [[UInt8]]) throws -> VerifiedChunk {
    var builder = BodyChunkBuilder()
    for body in bodies {
      builder.append(body[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
    }
    return try VerifiedChunk(builder.frame())
  }

  func pieces(of body: [UInt8], as hash: ContentHash? = nil) throws -> [VerifiedChunk] {
    try BodyChunkBuilder.pieces(of: body).map { piece in
      var builder = BodyChunkBuilder()
      builder.append(
        piece.bytes, of: hash ?? ContentHash(of: body), bodyLength: body.count,
        offset: piece.offset)
      return try VerifiedChunk(builder.frame())
    }
  }
}
