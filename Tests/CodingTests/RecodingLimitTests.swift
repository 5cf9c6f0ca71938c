import Coding
import Replication
import Testing

/// The limits of 2.7 at one below, at it, and one above.
struct RecodingLimitTests {
  @Test(arguments: [0, 1], [true, false])
  func `the pieces of a chunk have at most 8 MiB together`(over: Int, recoded: Bool) throws {
    let count = Limits.frameInflatedBytes + over
    let start = Array((recoded ? "桥" : "\u{1}").utf8)
    // Doubled, since that takes a moment and character after character seconds.
    var body = start
    while body.count < count { body += body }
    body.removeLast(body.count - count / start.count * start.count)
    body += [UInt8](repeating: 0x20, count: count - body.count)
    let hash = ContentHash(of: body)
    var builder = BodyChunkBuilder()
    for piece in [body[..<Limits.pieceBytes], body[Limits.pieceBytes...]] {
      builder.append(
        piece, of: hash, bodyLength: count, offset: piece.startIndex)
    }
    let payload = builder.payload
    #expect((payload.count < Limits.pieceBytes) == recoded)
    if over > 0 {
      let refusal = CodingError.tooLarge(
        what: "chunk bytes", count: UInt64(count), limit: 8 << 20)
      #expect(throws: refusal) { try BodyChunk(payload: payload) }
    } else {
      #expect(try BodyChunk(payload: payload).pieces(in: 0..<count) == body[...])
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a table that is read has at most 65,281 characters`(over: Int) throws {
    let count = Limits.chunkCharacters + over
    var writer = ByteWriter()
    for number in [0, 1, count, 2] { writer.number(number) }
    // All of them are U+0001, and the markup is empty.
    writer.append([UInt8](repeating: 0, count: count))
    let payload = writer.bytes
    if over > 0 {
      let refusal = CodingError.tooLarge(
        what: "characters", count: UInt64(count), limit: UInt64(Limits.chunkCharacters))
      #expect(throws: refusal) { try BodyChunk(payload: payload) }
    } else {
      #expect(try BodyChunk(payload: payload).entries.isEmpty)
    }
  }

  @Test(arguments: [(-1, 1), (0, 1), (1, 0)])
  func `a text of more characters stays as it is`(over: Int, form: UInt8) throws {
    let scalars = (0x80...).lazy.compactMap { Unicode.Scalar(UInt32($0)) }
      .prefix(Limits.chunkCharacters + over)
    let once = Array(String(String.UnicodeScalarView(scalars)).utf8)
    let body = once + once
    var builder = BodyChunkBuilder()
    builder.append(body[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
    let payload = builder.payload
    #expect(payload[1 + 32 + 7] == form)
    #expect(try BodyChunk(payload: payload).pieces(in: 0..<body.count) == body[...])
  }

  @Test(arguments: [-1, 0, 1])
  func `pieces are at most four times the bytes of markup and text`(over: Int) throws {
    let length = 8 + over
    var writer = ByteWriter()
    writer.number(1)
    writer.append(ContentHash(of: [] as [UInt8]).bytes)
    // Form 1, and a table of one bridge. One byte of markup and one code make four bytes of text.
    for number in [length, 0, length, 1, 1, 2 * 0x1f309, 1] { writer.number(number) }
    writer.append([0x80, 0])
    let refusal: CodingError =
      over > 0
      ? .tooLarge(what: "recoded bytes", count: 9, limit: 8)
      : .endsEarly(offset: writer.count)
    #expect(throws: refusal) { try BodyChunk(payload: writer.bytes) }
  }
}
