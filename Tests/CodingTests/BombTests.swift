import Coding
import Replication
import Testing

/// A small stream that inflates to a great one costs no more than what it declares.
struct BombTests {
  @Test func `a mebibyte that inflates to a gibibyte is refused by its declared length`() throws {
    let bomb = try BombTests.bomb(storedBytes: 1 << 20)
    let gibibyte = 1 << 30
    #expect(throws: CodingError.frameTooLarge(declared: gibibyte, limit: 8 << 20)) {
      try Frame(kind: .bodies, isDeflated: true, inflatedLength: gibibyte, stored: bomb)
    }
    var header = ByteWriter()
    header.append([3, 1, 0, 0])
    header.word32(UInt32(bomb.count))
    header.word32(UInt32(gibibyte))
    header.word32(Zlib.checksum(bomb, seed: Zlib.checksum(header.bytes)))
    #expect(throws: CodingError.frameTooLarge(declared: gibibyte, limit: 8 << 20)) {
      try FrameHeader(header.bytes)
    }
  }

  @Test func `the same behind a modest declared length stops there`() throws {
    let bomb = try BombTests.bomb(storedBytes: 1 << 20)
    for declared in [2 << 20, 8 << 20] {
      let frame = try Frame(
        kind: .bodies, isDeflated: true, inflatedLength: declared, stored: bomb)
      #expect(throws: CodingError.inflateFailed(declared: declared)) { try frame.payload() }
    }
  }

  /// Zeros deflate to one byte for each 1,032 of them, always the same byte; here it stands as
  /// often as the size asks for. The stream's own checksum at its end no longer fits, which no
  /// reader that stops in time gets to see.
  private static func bomb(storedBytes: Int) throws -> [UInt8] {
    let zeros = try Zlib.deflate([UInt8](repeating: 0, count: 4 << 20))
    let middle = zeros.count / 2
    let repeated = zeros[middle]
    try #require(zeros[(middle - 100)..<(middle + 100)].allSatisfy { $0 == repeated })
    let filling = [UInt8](repeating: repeated, count: storedBytes - zeros.count)
    return zeros[..<middle] + filling + zeros[middle...]
  }
}
