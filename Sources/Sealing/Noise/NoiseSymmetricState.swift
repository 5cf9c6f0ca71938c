import Crypto

/// What the two sides of a handshake have in common so far (Noise, revision 34, section 5.2).
struct NoiseSymmetricState: Sendable {
  private static let keyByteCount = 32

  /// Everything secret that went in, ck.
  private var chainingKey: SymmetricKey
  /// Everything that was said, h.
  private(set) var digest: [UInt8]
  /// For the next payload. The pattern mixes a key in before each payload, so that each is the
  /// first message under its key.
  private var key: NoiseKey

  /// InitializeSymmetric with a name of more than 32 bytes, MixHash of the prologue, and
  /// MixKeyAndHash of the pre-shared key. The latter is the pattern's first token, the same on both
  /// sides; being done here, it leaves no state without a key, and no pre-shared key to keep.
  init(protocolName: String, prologue: [UInt8], presharedKey: SymmetricKey) {
    let name = Self.digest(of: Array(protocolName.utf8))
    let keys = Self.derive(3, from: presharedKey, chainingKey: SymmetricKey(data: name))
    chainingKey = keys[0]
    digest = Self.digest(of: name + prologue)
    key = NoiseKey(keys[2])
    mixHash(keys[1].withUnsafeBytes { Array($0) })
  }

  mutating func mixKey(_ input: SymmetricKey) {
    let keys = Self.derive(2, from: input, chainingKey: chainingKey)
    chainingKey = keys[0]
    key = NoiseKey(keys[1])
  }

  mutating func mixHash(_ data: some Sequence<UInt8>) {
    digest = Self.digest(of: digest + data)
  }

  /// Appends a payload, sealed.
  mutating func encryptAndHash(_ payload: [UInt8], into message: inout [UInt8]) {
    let start = message.endIndex
    key.seal(payload[...], number: 0, authenticating: digest, into: &message)
    mixHash(message[start...])
  }

  /// The payload, or `nil` if it is not authentic here.
  mutating func decryptAndHash(_ sealed: ArraySlice<UInt8>) -> [UInt8]? {
    var payload: [UInt8] = []
    guard key.open(sealed, number: 0, authenticating: digest, into: &payload) else { return nil }
    mixHash(sealed)
    return payload
  }

  /// The ciphers of what the initiator and of what the responder sends.
  func split() -> (initiator: NoiseCipher, responder: NoiseCipher) {
    let keys = Self.derive(2, from: SymmetricKey(data: [UInt8]()), chainingKey: chainingKey)
    return (NoiseCipher(key: keys[0]), NoiseCipher(key: keys[1]))
  }
}

extension NoiseSymmetricState {
  private static func digest(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// The framework's HKDF (4.3) is that of RFC 5869 with the chaining key as salt and no `info`.
  private static func derive(
    _ count: Int, from input: SymmetricKey, chainingKey: SymmetricKey
  ) -> [SymmetricKey] {
    let bytes = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: input, salt: chainingKey.withUnsafeBytes { Array($0) }, info: [UInt8](),
      outputByteCount: count * keyByteCount
    ).withUnsafeBytes { Array($0) }
    return (0..<count).map {
      SymmetricKey(data: bytes[($0 * keyByteCount)...].prefix(keyByteCount))
    }
  }
}
