import Crypto
import Testing

@testable import Sealing

struct AgeDamageTests {
  private let headerByteCount = SealedFile.headerByteCount

  @Test func `every flipped bit of a small file is refused`() throws {
    let file = try SealedFile.seal(Array("twelve bytes".utf8))
    for bit in 0..<(file.count * 8) {
      var flipped = file
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: SealingError.self, "bit \(bit)") { try SealedFile.open(flipped) }
    }
  }

  @Test func `a small file cut anywhere is truncated there`() throws {
    let file = try SealedFile.seal(Array("twelve bytes".utf8))
    for count in 0..<file.count {
      let refusal = #expect(throws: SealingError.self) {
        try SealedFile.open(Array(file.prefix(count)))
      }
      // With a whole tag's bytes there, a cut chunk looks like a damaged one.
      let isWithinChunk = count >= headerByteCount + 32
      #expect(
        refusal
          == (isWithinChunk
            ? .damagedChunk(index: 0, offset: headerByteCount + 16) : .truncated(offset: count)))
    }
  }

  @Test(arguments: [1, 2, 3])
  func `a file cut around a chunk's end is refused`(chunk: Int) throws {
    let file = try SealedFile.seal(SealedFile.plaintext(count: 4 * 65_536))
    let end = headerByteCount + 16 + chunk * 65_552
    #expect(throws: SealingError.truncated(offset: end)) {
      try SealedFile.open(Array(file.prefix(end)))
    }
    for change in [-65_536, -17, -16, -1, 1, 15, 17, 65_535] {
      #expect(throws: SealingError.self) { try SealedFile.open(Array(file.prefix(end + change))) }
    }
    #expect(throws: SealingError.emptyLastChunk(offset: end)) {
      try SealedFile.open(Array(file.prefix(end + 16)))
    }
  }

  @Test func `chunks exchanged, repeated or left out are refused by number`() throws {
    let file = try SealedFile.seal(SealedFile.plaintext(count: 4 * 65_536))
    let front = Array(file.prefix(headerByteCount + 16))
    let chunks = (0..<4).map { Array(file[(front.count + $0 * 65_552)...].prefix(65_552)) }
    for (order, index) in [([1, 0, 2, 3], 0), ([0, 0, 1, 3], 1), ([0, 2, 3], 1)] {
      let shuffled = front + order.flatMap { chunks[$0] }
      let offset = front.count + index * 65_552
      #expect(throws: SealingError.damagedChunk(index: UInt64(index), offset: offset)) {
        try SealedFile.open(shuffled)
      }
    }
  }

  @Test func `bytes after the last chunk are refused`() throws {
    let full = try SealedFile.seal(SealedFile.plaintext(count: 65_536))
    for count in [1, 16, 17, 70_000] {
      #expect(throws: SealingError.trailingData(offset: full.count)) {
        try SealedFile.open(full + [UInt8](repeating: 0, count: count))
      }
    }
    let short = try SealedFile.seal([1])
    #expect(throws: SealingError.self) { try SealedFile.open(short + [0]) }
    #expect(throws: SealingError.self) { try SealedFile.open(short + short) }
  }

  @Test func `an empty last chunk stands alone or not at all`() throws {
    let (front, cipher) = try payloadWriter()
    var (alone, following) = (front, front)
    var writer = cipher
    writer.seal([], isLast: true, into: &alone)
    #expect(try SealedFile.open(alone) == [])
    writer = cipher
    writer.seal(SealedFile.plaintext(count: 65_536)[...], isLast: false, into: &following)
    writer.seal([], isLast: true, into: &following)
    #expect(throws: SealingError.emptyLastChunk(offset: front.count + 65_552)) {
      try SealedFile.open(following)
    }
  }

  @Test func `a short chunk that is not the last is refused`() throws {
    let (front, cipher) = try payloadWriter()
    var (file, writer) = (front, cipher)
    writer.seal([1, 2, 3], isLast: false, into: &file)
    #expect(throws: SealingError.truncated(offset: file.count)) { try SealedFile.open(file) }
    writer.seal([4], isLast: true, into: &file)
    #expect(throws: SealingError.self) { try SealedFile.open(file) }
  }

  @Test func `a header is read up to its limit and no further`() throws {
    let fileKey = SymmetricKey(size: .bits128)
    let mine = try AgeStanza(
      wrapping: fileKey, for: SealedFile.identity.recipient, ephemeral: SealedFile.identity)
    let spare =
      AgeDecryptor.headerLimit
      - AgeHeader(stanzas: [mine], fileKey: fileKey).encoded.count
    for (excess, isRead) in [(-1, true), (0, true), (1, false)] {
      // "-> " + argument + "\n" + "\n": five bytes and the argument.
      let filler = AgeStanza(
        arguments: [String(repeating: "x", count: spare + excess - 5)], body: [])
      let header = AgeHeader(stanzas: [mine, filler], fileKey: fileKey).encoded
      var file = header + [UInt8](repeating: 7, count: 16)
      var cipher = AgeChunkCipher(
        fileKey: fileKey, payloadNonce: [UInt8](repeating: 7, count: 16))
      cipher.seal([42], isLast: true, into: &file)
      let opened = try outcome { try SealedFile.open(file) }
      #expect(opened == (isRead ? .accepted([42]) : .refused("header")))
    }
  }

  @Test func `what is no age file is refused at its first wrong byte`() throws {
    var decryptor = AgeDecryptor(identity: SealedFile.identity)
    #expect(try decryptor.update(Array("age-encryption".utf8)) == [])
    var refusal: SealingError?
    do throws(SealingError) { _ = try decryptor.update([0]) } catch { refusal = error }
    #expect(refusal == .notAnAgeFile)
    // The error stays, whatever comes next.
    refusal = nil
    do throws(SealingError) { _ = try decryptor.finish() } catch { refusal = error }
    #expect(refusal == .notAnAgeFile)
  }

  @Test func `stanzas of every length are written as they are read`() throws {
    for byteCount in [0, 1, 2, 3, 47, 48, 49, 95, 96, 97, 1_000] {
      let stanza = AgeStanza(
        arguments: ["type", "~!", "x"], body: SealedFile.plaintext(count: byteCount))
      let header = AgeHeader(stanzas: [stanza, stanza], fileKey: SymmetricKey(size: .bits128))
      var reader = AgeHeaderReader(limit: 65_536)
      var input = header.encoded[...]
      let (read, _) = try #require(try reader.read(from: &input))
      #expect(read.stanzas == [stanza, stanza])
      #expect(read.mac == header.mac && input.isEmpty)
    }
  }

  /// A file's header and payload nonce, and what seals the chunks that follow.
  private func payloadWriter() throws -> ([UInt8], AgeChunkCipher) {
    let fileKey = SymmetricKey(size: .bits128)
    let stanza = try AgeStanza(
      wrapping: fileKey, for: SealedFile.identity.recipient, ephemeral: SealedFile.identity)
    let nonce = SealedFile.plaintext(count: 16)
    let front = AgeHeader(stanzas: [stanza], fileKey: fileKey).encoded + nonce
    return (front, AgeChunkCipher(fileKey: fileKey, payloadNonce: nonce))
  }
}
