import Crypto

/// The 32 bytes that open a library: whoever holds them is a member, and every other key is
/// derived from them (Protocol 4.2).
package struct LibrarySecret: Equatable, Sendable, Concealed {
  /// The size of a secret, in bytes.
  package static let byteCount = 32

  let key: SymmetricKey

  /// Takes up a secret that was made before; throws ``SealingError/wrongLength(_:expected:found:)``.
  package init(bytes: some Collection<UInt8>) throws(SealingError) {
    guard bytes.count == Self.byteCount else {
      throw .wrongLength(.librarySecret, expected: Self.byteCount, found: bytes.count)
    }
    key = SymmetricKey(data: Array(bytes))
  }

  /// Makes the secret of a new library; the generator must be cryptographically secure.
  package init(using generator: inout some RandomNumberGenerator) {
    key = SymmetricKey(data: generator.bytes(count: Self.byteCount))
  }

  /// The secret itself, for the one file that keeps it.
  package var bytes: [UInt8] { key.withUnsafeBytes { Array($0) } }
}
