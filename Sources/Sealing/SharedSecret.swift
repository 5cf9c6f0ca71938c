import Crypto

extension Curve25519.KeyAgreement.PrivateKey {
  /// X25519 (RFC 7748) with a share of 32 bytes, or `nil` where the share is of low order and the
  /// result would be known to anyone. Not every cryptographic library checks this, so it is checked
  /// here.
  func sharedKey(with share: [UInt8]) -> SymmetricKey? {
    let secret = unfailing("32 bytes are an X25519 public key") {
      let publicKey = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: share)
      return try? sharedSecretFromKeyAgreement(with: publicKey)
    }
    guard let bytes = secret?.withUnsafeBytes({ Array($0) }), bytes.reduce(0, |) != 0 else {
      return nil
    }
    return SymmetricKey(data: bytes)
  }
}
