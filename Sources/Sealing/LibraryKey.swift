import Crypto

/// A library's public key, which is also its name: 32 bytes that check its signatures (Ed25519).
package struct LibraryKey: Hashable, Sendable {
  /// The size of a key, in bytes.
  package static let byteCount = 32

  /// The key as RFC 8032 encodes it.
  package let bytes: [UInt8]

  /// Takes up a key that was stored or received; throws
  /// ``SealingError/wrongLength(_:expected:found:)``. Bytes that are no point of the curve make a
  /// key that verifies nothing.
  package init(bytes: some Collection<UInt8>) throws(SealingError) {
    guard bytes.count == Self.byteCount else {
      throw .wrongLength(.libraryKey, expected: Self.byteCount, found: bytes.count)
    }
    self.bytes = Array(bytes)
  }

  init(publicKey: [UInt8]) {
    bytes = publicKey
  }

  /// Whether this library signed the SHA-256 digest for the domain. Any malformed signature or
  /// key answers `false`.
  package func verifies(
    _ signature: some Collection<UInt8>, of digest: some Sequence<UInt8>, in domain: SigningDomain
  ) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(Array(signature), for: domain.message(for: digest))
  }
}

extension LibraryKey: CustomStringConvertible {
  /// Lower-case hexadecimal.
  package var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
