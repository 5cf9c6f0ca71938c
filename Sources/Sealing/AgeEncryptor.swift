import Crypto

/// Writes an age v1 file from pieces of any size: ``header``, then what each `update` answers, then
/// what ``finish()`` answers. It cannot be copied, for two plaintexts under one key would give both
/// away.
package struct AgeEncryptor: ~Copyable, Sendable {
  /// How many recipients one file may have here, so that its header stays within every reader's
  /// limit.
  package static let recipientLimit = 128

  /// The first bytes of the file.
  package let header: [UInt8]

  private var cipher: AgeChunkCipher
  private var queue = ChunkQueue(chunkByteCount: AgeChunkCipher.plaintextByteCount)

  /// Starts a file for 1...``recipientLimit`` recipients; throws
  /// ``SealingError/unusableRecipient(_:)``. The generator must be cryptographically secure.
  package init(
    recipients: [AgeRecipient], using generator: inout some RandomNumberGenerator
  ) throws(SealingError) {
    precondition(
      (1...Self.recipientLimit).contains(recipients.count),
      "a file is sealed for 1...\(Self.recipientLimit) recipients")
    let fileKey = SymmetricKey(data: generator.bytes(count: AgeStanza.fileKeyByteCount))
    var stanzas: [AgeStanza] = []
    for recipient in recipients {
      let ephemeral = AgeIdentity(using: &generator)
      stanzas.append(try AgeStanza(wrapping: fileKey, for: recipient, ephemeral: ephemeral))
    }
    let nonce = generator.bytes(count: AgeChunkCipher.payloadNonceByteCount)
    header = AgeHeader(stanzas: stanzas, fileKey: fileKey).encoded + nonce
    cipher = AgeChunkCipher(fileKey: fileKey, payloadNonce: nonce)
  }

  /// Starts a file with the system's randomness; throws ``SealingError/unusableRecipient(_:)``.
  package init(recipients: [AgeRecipient]) throws(SealingError) {
    var generator = SystemRandomNumberGenerator()
    try self.init(recipients: recipients, using: &generator)
  }

  /// Takes plaintext and answers the next bytes of the file, none until 64 KiB are exceeded.
  package mutating func update(_ plaintext: ArraySlice<UInt8>) -> [UInt8] {
    let chunks = queue.chunks(adding: plaintext)
    var output: [UInt8] = []
    output.reserveCapacity(chunks.count * AgeChunkCipher.sealedByteCount)
    for chunk in chunks { cipher.seal(chunk, isLast: false, into: &output) }
    return output
  }

  /// Takes plaintext and answers the next bytes of the file, none until 64 KiB are exceeded.
  package mutating func update(_ plaintext: [UInt8]) -> [UInt8] { update(plaintext[...]) }

  /// The last bytes of the file, without which it is refused as truncated.
  package consuming func finish() -> [UInt8] {
    var output: [UInt8] = []
    cipher.seal(queue.held[...], isLast: true, into: &output)
    return output
  }
}
