/// Whom a file is sealed for: an X25519 public key, 32 bytes.
public struct AgeRecipient: Hashable, Sendable {
  /// The size of a recipient, in bytes.
  package static let byteCount = 32

  /// The key as RFC 7748 encodes it.
  public let bytes: [UInt8]

  /// Takes up a stored key; throws ``SealingError/wrongLength(_:expected:found:)``.
  package init(bytes: some Collection<UInt8>) throws(SealingError) {
    guard bytes.count == Self.byteCount else {
      throw .wrongLength(.ageRecipient, expected: Self.byteCount, found: bytes.count)
    }
    self.bytes = Array(bytes)
  }

  init(publicKey: [UInt8]) {
    bytes = publicKey
  }

  /// Reads `age1…`, in lower case as age writes it; throws
  /// ``SealingError/unreadableText(_:_:)``.
  package init(text: String) throws(SealingError) {
    bytes = try AgeKeyText.recipient.decode(text)
  }

  /// The line that `age -r` takes: `age1…`, 62 characters.
  public var text: String { AgeKeyText.recipient.encode(bytes) }
}

extension AgeRecipient: CustomStringConvertible {
  /// The same as ``text``.
  public var description: String { text }
}
