import Crypto

/// Seals and opens the chunks of a payload in order: ChaCha20-Poly1305 under a nonce that counts
/// the chunks and marks the last (age v1, "Payload"; the STREAM construction of Hoang, Reyhanitabar,
/// Rogaway and Vizár).
struct AgeChunkCipher {
  /// What every chunk but the last holds.
  static let plaintextByteCount = 65_536
  static let tagByteCount = 16
  static let sealedByteCount = plaintextByteCount + tagByteCount
  static let payloadNonceByteCount = 16

  /// The number of the next chunk.
  private(set) var index: UInt64 = 0
  private let key: SymmetricKey

  init(fileKey: SymmetricKey, payloadNonce: [UInt8]) {
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: fileKey, salt: payloadNonce, info: Array("payload".utf8),
      outputByteCount: 32)
  }

  /// Appends the next chunk, sealed.
  mutating func seal(_ chunk: ArraySlice<UInt8>, isLast: Bool, into output: inout [UInt8]) {
    let box = unfailing("a chunk of at most 64 KiB can be sealed") {
      try ChaChaPoly.seal(chunk, using: key, nonce: nonce(isLast: isLast))
    }
    output += box.combined.dropFirst(12)
    index += 1
  }

  /// Appends the next chunk, opened; `false` if it is not authentic as what it is taken for.
  mutating func open(
    _ chunk: ArraySlice<UInt8>, isLast: Bool, into output: inout [UInt8]
  ) -> Bool {
    let box = unfailing("a chunk is longer than its tag") {
      try ChaChaPoly.SealedBox(
        nonce: nonce(isLast: isLast), ciphertext: chunk.dropLast(Self.tagByteCount),
        tag: chunk.suffix(Self.tagByteCount))
    }
    guard let opened = try? ChaChaPoly.open(box, using: key) else { return false }
    output += opened
    index += 1
    return true
  }

  /// Eleven bytes of index, most significant first, then 1 for the last chunk and 0 for others.
  private func nonce(isLast: Bool) throws -> ChaChaPoly.Nonce {
    let counter = withUnsafeBytes(of: index.bigEndian) { Array($0) }
    return try ChaChaPoly.Nonce(data: [0, 0, 0] + counter + [isLast ? 1 : 0])
  }
}
