import Sealing
import TestSupport
import Testing

struct AgeFileTests {
  struct Vector: Decodable {
    let name: String
    let identity: String
    let file: Hex
    let expect: Hex?
    let refused: String?
  }

  @Test func `files open and are refused as the vectors say`() throws {
    for vector: Vector in try VectorFile.cases(of: "ageFile") {
      let identity = try AgeIdentity(text: vector.identity)
      for pieces in [Pieces.whole, .bytes, .random(seed: 5, upTo: 40)] {
        let opened = try outcome {
          try SealedFile.open(vector.file.bytes, with: identity, pieces: pieces)
        }
        #expect(
          opened == Outcome(expect: vector.expect?.bytes, refused: vector.refused),
          "\(vector.name)")
      }
    }
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 131_073])
  func `what was sealed opens`(byteCount: Int) throws {
    let plaintext = SealedFile.plaintext(count: byteCount)
    let file = try SealedFile.seal(plaintext)
    #expect(try SealedFile.open(file) == plaintext)
    let chunkCount = max(1, (byteCount + 65_535) / 65_536)
    #expect(file.count == SealedFile.headerByteCount + 16 + byteCount + 16 * chunkCount)
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `pieces of any size give the same file and the same text`(seed: UInt64) throws {
    let plaintext = SealedFile.plaintext(count: 200_000 + Int(seed))
    let limit = [1_000, 65_536, 70_000, 150_000][Int(seed % 4)]
    let pieces = Pieces.random(seed: seed, upTo: limit)
    let file = try SealedFile.seal(plaintext, pieces: pieces)
    #expect(try file == SealedFile.seal(plaintext), "seed \(seed)")
    #expect(try SealedFile.open(file, pieces: pieces) == plaintext, "seed \(seed)")
  }

  @Test(arguments: [1_024, 32_768, 65_536])
  func `pieces that end on chunk boundaries give the same file`(size: Int) throws {
    let plaintext = SealedFile.plaintext(count: 3 * 65_536)
    var generator = SeededGenerator(seed: 3)
    var encryptor = try AgeEncryptor(
      recipients: [SealedFile.identity.recipient], using: &generator)
    var file = encryptor.header
    for start in stride(from: 0, to: plaintext.count, by: size) {
      file += encryptor.update(plaintext[start...].prefix(size))
    }
    file += encryptor.finish()
    #expect(try file == SealedFile.seal(plaintext))
  }

  @Test func `each recipient opens a file, and nobody else`() throws {
    var generator = SeededGenerator(seed: 21)
    let identities = (0..<5).map { _ in AgeIdentity(using: &generator) }
    let file = try SealedFile.seal([1, 2, 3], for: identities.map(\.recipient))
    for identity in identities {
      #expect(try SealedFile.open(file, with: identity) == [1, 2, 3])
    }
    #expect(throws: SealingError.notForThisKey) {
      try SealedFile.open(file, with: AgeIdentity(using: &generator))
    }
  }

  @Test func `as many recipients as the limit allows fit the header's limit`() throws {
    let recipients = [AgeRecipient](
      repeating: SealedFile.identity.recipient, count: AgeEncryptor.recipientLimit)
    let file = try SealedFile.seal([9], for: recipients)
    #expect(try SealedFile.open(file) == [9])
  }

  @Test func `two files of the same text have nothing in common`() throws {
    let plaintext = SealedFile.plaintext(count: 100)
    let (first, second) = (
      try SealedFile.seal(plaintext, seed: 1), try SealedFile.seal(plaintext, seed: 2)
    )
    #expect(first.suffix(100) != second.suffix(100))
  }

  @Test func `a recipient of low order is refused`() throws {
    for lowOrder in [UInt8(0), 1] {
      let recipient = try AgeRecipient(bytes: [lowOrder] + [UInt8](repeating: 0, count: 31))
      #expect(throws: SealingError.unusableRecipient(recipient)) {
        try SealedFile.seal([], for: [recipient])
      }
    }
  }
}
