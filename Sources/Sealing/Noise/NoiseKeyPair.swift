import Crypto

/// One side's ephemeral X25519 key (Noise, revision 34, sections 4.1 and 12.1).
struct NoiseKeyPair: Sendable {
  /// The size of a public key, in bytes.
  static let byteCount = 32

  private let privateKey: Curve25519.KeyAgreement.PrivateKey

  /// Takes up 32 bytes of secret randomness.
  init(privateKey bytes: [UInt8]) {
    privateKey = unfailing("any 32 bytes are an X25519 private key") {
      try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
    }
  }

  /// GENERATE_KEYPAIR; the generator must be cryptographically secure.
  init(using generator: inout some RandomNumberGenerator) {
    self.init(privateKey: generator.bytes(count: Self.byteCount))
  }

  var publicKey: [UInt8] { Array(privateKey.publicKey.rawRepresentation) }

  /// DH; throws ``NoiseError/lowOrderKey``: Noise leaves it open whether a result of zero is refused.
  func sharedSecret(with publicKey: [UInt8]) throws(NoiseError) -> SymmetricKey {
    guard let key = privateKey.sharedKey(with: publicKey) else { throw .lowOrderKey }
    return key
  }
}
