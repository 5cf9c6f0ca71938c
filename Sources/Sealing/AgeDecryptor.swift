import Crypto

/// Reads an age v1 file in its binary form from pieces of any size.
///
/// What `update` answers was written by somebody who knew the recipient, and stands where it stood.
/// That nothing is missing at the end is known only when ``finish()`` returns: until then, keep
/// what you do with the plaintext revocable.
///
/// After an error every further call throws the same error.
package struct AgeDecryptor: ~Copyable, Sendable {
  /// The longest header that is read, in bytes.
  package static let headerLimit = 65_536

  private let identity: AgeIdentity
  private var headerReader = AgeHeaderReader(limit: headerLimit)
  private var fileKey: SymmetricKey?
  private var payloadNonce: [UInt8] = []
  private var cipher: AgeChunkCipher?
  private var queue = ChunkQueue(chunkByteCount: AgeChunkCipher.sealedByteCount)
  private var failure: SealingError?

  /// Prepares to open a file with one identity.
  package init(identity: AgeIdentity) {
    self.identity = identity
  }

  /// Takes bytes of the file and answers plaintext, none until a chunk is known not to be the last.
  package mutating func update(_ bytes: ArraySlice<UInt8>) throws(SealingError) -> [UInt8] {
    if let failure { throw failure }
    do throws(SealingError) {
      return try open(bytes)
    } catch {
      failure = error
      throw error
    }
  }

  /// Takes bytes of the file and answers plaintext, none until a chunk is known not to be the last.
  package mutating func update(_ bytes: [UInt8]) throws(SealingError) -> [UInt8] {
    try update(bytes[...])
  }

  /// The last plaintext of the file, once its end is known to be its end.
  package consuming func finish() throws(SealingError) -> [UInt8] {
    if let failure { throw failure }
    guard var cipher, queue.held.count >= AgeChunkCipher.tagByteCount else {
      throw .truncated(offset: endOffset)
    }
    // age v1: an empty last chunk stands alone, so each plaintext has one division into chunks.
    guard cipher.index == 0 || queue.held.count > AgeChunkCipher.tagByteCount else {
      throw .emptyLastChunk(offset: chunkOffset)
    }
    var output: [UInt8] = []
    guard cipher.open(queue.held[...], isLast: true, into: &output) else {
      throw cipher.open(queue.held[...], isLast: false, into: &output)
        ? .truncated(offset: endOffset)
        : .damagedChunk(index: cipher.index, offset: chunkOffset)
    }
    return output
  }
}

extension AgeDecryptor {
  private mutating func open(_ bytes: ArraySlice<UInt8>) throws(SealingError) -> [UInt8] {
    var rest = bytes
    guard try readHeader(from: &rest), var cipher = readPayloadNonce(from: &rest) else {
      return []
    }
    let chunks = queue.chunks(adding: rest)
    var output: [UInt8] = []
    output.reserveCapacity(chunks.count * AgeChunkCipher.plaintextByteCount)
    for chunk in chunks {
      guard cipher.open(chunk, isLast: false, into: &output) else {
        throw refusal(of: chunk, by: cipher)
      }
    }
    self.cipher = cipher
    return output
  }

  private mutating func readHeader(
    from rest: inout ArraySlice<UInt8>
  ) throws(SealingError) -> Bool {
    guard fileKey == nil else { return true }
    guard let (header, offsets) = try headerReader.read(from: &rest) else { return false }
    fileKey = try header.fileKey(for: identity, offsets: offsets)
    return true
  }

  private mutating func readPayloadNonce(from rest: inout ArraySlice<UInt8>) -> AgeChunkCipher? {
    if let cipher { return cipher }
    let taken = rest.prefix(AgeChunkCipher.payloadNonceByteCount - payloadNonce.count)
    payloadNonce += taken
    rest = rest.dropFirst(taken.count)
    guard payloadNonce.count == AgeChunkCipher.payloadNonceByteCount, let fileKey else {
      return nil
    }
    cipher = AgeChunkCipher(fileKey: fileKey, payloadNonce: payloadNonce)
    return cipher
  }

  /// Why a chunk that something follows did not open. Opening it once more costs only a file that
  /// is refused anyway.
  private func refusal(of chunk: ArraySlice<UInt8>, by cipher: AgeChunkCipher) -> SealingError {
    var attempt = cipher
    var ignored: [UInt8] = []
    let offset = offset(ofChunk: cipher.index)
    return attempt.open(chunk, isLast: true, into: &ignored)
      ? .trailingData(offset: offset + chunk.count)
      : .damagedChunk(index: cipher.index, offset: offset)
  }

  private var chunkOffset: Int { offset(ofChunk: cipher?.index ?? 0) }

  /// How many bytes of the file have been seen.
  private var endOffset: Int {
    cipher == nil
      ? headerReader.byteCount + payloadNonce.count : chunkOffset + queue.held.count
  }

  private func offset(ofChunk index: UInt64) -> Int {
    headerReader.byteCount + AgeChunkCipher.payloadNonceByteCount
      + Int(index) * AgeChunkCipher.sealedByteCount
  }
}
