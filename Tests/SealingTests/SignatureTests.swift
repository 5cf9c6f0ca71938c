import Sealing
import TestSupport
import Testing

struct SignatureTests {
  struct Vector: Decodable {
    let name: String
    let libraryKey: Hex
    let domain: String
    let digest: Hex
    let signature: Hex
    let expect: String?
  }

  private let digest = [UInt8](1...32)
  private var secret: LibrarySecret {
    var generator = SeededGenerator(seed: 7)
    return LibrarySecret(using: &generator)
  }

  @Test func `signatures are taken and refused as the vectors say`() throws {
    for vector: Vector in try VectorFile.cases(of: "signature") {
      try #require(vector.domain == SigningDomain.bundle.label)
      let key = try LibraryKey(bytes: vector.libraryKey.bytes)
      let verifies = key.verifies(
        vector.signature.bytes, of: vector.digest.bytes, in: .bundle)
      #expect(verifies == (vector.expect != nil), "\(vector.name)")
    }
  }

  @Test func `a signature speaks for one digest in one domain of one library`() {
    let signature = secret.signingKey.signature(of: digest, in: .bundle)
    #expect(signature.count == 64)
    #expect(secret.libraryKey.verifies(signature, of: digest, in: .bundle))
    #expect(!secret.libraryKey.verifies(signature, of: digest.reversed(), in: .bundle))
    #expect(
      !secret.libraryKey.verifies(signature, of: digest, in: SigningDomain(label: "bundles")))
    var generator = SeededGenerator(seed: 8)
    let stranger = LibrarySecret(using: &generator).libraryKey
    #expect(!stranger.verifies(signature, of: digest, in: .bundle))
  }

  @Test func `every flipped bit of a signature is refused`() {
    let signature = secret.signingKey.signature(of: digest, in: .bundle)
    for bit in 0..<512 {
      var flipped = signature
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(!secret.libraryKey.verifies(flipped, of: digest, in: .bundle), "bit \(bit)")
    }
  }

  @Test func `a library key of the wrong size is refused`() {
    for count in [0, 31, 33] {
      #expect(throws: SealingError.wrongLength(.libraryKey, expected: 32, found: count)) {
        try LibraryKey(bytes: [UInt8](repeating: 9, count: count))
      }
    }
  }
}
