import Crypto

/// Signs in the name of a library (Ed25519, RFC 8032); it cannot open what is sealed.
package struct LibrarySigningKey: Sendable, Concealed {
  private let privateKey: Curve25519.Signing.PrivateKey

  init(seed: SymmetricKey) {
    privateKey = unfailing("any 32 bytes are an Ed25519 seed") {
      try Curve25519.Signing.PrivateKey(rawRepresentation: seed.withUnsafeBytes { Array($0) })
    }
  }

  /// The public half.
  package var libraryKey: LibraryKey {
    LibraryKey(publicKey: Array(privateKey.publicKey.rawRepresentation))
  }

  /// Signs a SHA-256 digest for one domain: 64 bytes. Two signatures of the same digest may
  /// differ, since some platforms add randomness.
  package func signature(of digest: some Sequence<UInt8>, in domain: SigningDomain) -> [UInt8] {
    let message = domain.message(for: digest)
    return unfailing("an Ed25519 key signs any message") {
      Array(try privateKey.signature(for: message))
    }
  }
}
