import Crypto

/// What opens a sealed file: an X25519 private key, 32 bytes.
package struct AgeIdentity: Sendable, Concealed {
  /// The size of an identity, in bytes.
  package static let byteCount = 32

  private let key: SymmetricKey
  private let privateKey: Curve25519.KeyAgreement.PrivateKey

  init(key: SymmetricKey) {
    self.key = key
    privateKey = unfailing("any 32 bytes are an X25519 private key") {
      try Curve25519.KeyAgreement.PrivateKey(
        rawRepresentation: key.withUnsafeBytes { Array($0) })
    }
  }

  /// Takes up a stored key; throws ``SealingError/wrongLength(_:expected:found:)``.
  package init(bytes: some Collection<UInt8>) throws(SealingError) {
    guard bytes.count == Self.byteCount else {
      throw .wrongLength(.ageIdentity, expected: Self.byteCount, found: bytes.count)
    }
    self.init(key: SymmetricKey(data: Array(bytes)))
  }

  /// Makes a new key; the generator must be cryptographically secure.
  package init(using generator: inout some RandomNumberGenerator) {
    self.init(key: SymmetricKey(data: generator.bytes(count: Self.byteCount)))
  }

  /// Reads `AGE-SECRET-KEY-1…`, in upper case as age writes it; throws
  /// ``SealingError/unreadableText(_:_:)``.
  package init(text: String) throws(SealingError) {
    self.init(key: SymmetricKey(data: try AgeKeyText.identity.decode(text)))
  }

  /// The line of a file for `age -d -i`: `AGE-SECRET-KEY-1…`, 74 characters, secret.
  package var text: String { AgeKeyText.identity.encode(key.withUnsafeBytes { Array($0) }) }

  /// Whom to seal for, so that this identity opens it.
  package var recipient: AgeRecipient {
    AgeRecipient(publicKey: Array(privateKey.publicKey.rawRepresentation))
  }

  /// Nil for a share of low order.
  func sharedSecret(with share: [UInt8]) -> SymmetricKey? { privateKey.sharedKey(with: share) }
}
