import Crypto

/// The derived keys. Each has its own HKDF label, so that none tells anything about another or
/// about the secret.
extension LibrarySecret {
  /// Signs what this library publishes.
  package var signingKey: LibrarySigningKey {
    LibrarySigningKey(seed: derivedKey(label: "satchel v1 signing key"))
  }

  /// Names the library and checks its signatures.
  package var libraryKey: LibraryKey { signingKey.libraryKey }

  /// Opens what is sealed for the members of the library.
  package var ageIdentity: AgeIdentity {
    AgeIdentity(key: derivedKey(label: "satchel v1 age identity"))
  }

  /// Proves membership at both ends of a connection: 32 bytes, never to be sent.
  package var noisePresharedKey: [UInt8] {
    derivedKey(label: "satchel v1 noise psk").withUnsafeBytes { Array($0) }
  }

  /// HKDF-SHA256 (RFC 5869) with an empty salt and the label as `info`.
  private func derivedKey(label: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, info: Array(label.utf8), outputByteCount: Self.byteCount)
  }
}
