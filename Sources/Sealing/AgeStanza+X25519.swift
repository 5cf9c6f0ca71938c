import Crypto

/// The stanza of type X25519: the file key, encrypted with a key that only the holder of the
/// ephemeral key and the recipient can agree on (age v1, "X25519 recipient stanza").
extension AgeStanza {
  static let fileKeyByteCount = 16
  private static let x25519 = "X25519"
  private static let tagByteCount = 16

  /// Wraps a file key for one recipient; throws ``SealingError/unusableRecipient(_:)``.
  init(
    wrapping fileKey: SymmetricKey, for recipient: AgeRecipient, ephemeral: AgeIdentity
  ) throws(SealingError) {
    guard let secret = ephemeral.sharedSecret(with: recipient.bytes) else {
      throw .unusableRecipient(recipient)
    }
    let share = ephemeral.recipient.bytes
    let wrapKey = Self.wrapKey(secret: secret, share: share, recipient: recipient)
    let box = unfailing("a file key can be sealed") {
      try ChaChaPoly.seal(
        fileKey.withUnsafeBytes { Array($0) }, using: wrapKey, nonce: Self.zeroNonce())
    }
    arguments = [Self.x25519, String(decoding: UnpaddedBase64.encode(share), as: UTF8.self)]
    body = Array(box.ciphertext + box.tag)
  }

  /// The file key, or `nil` if the stanza is of another type or for another identity; throws what
  /// the format says a reader must refuse.
  func fileKey(for identity: AgeIdentity) throws(HeaderFault) -> SymmetricKey? {
    guard arguments.first == Self.x25519 else { return nil }
    guard arguments.count == 2, let share = UnpaddedBase64.decode(Array(arguments[1].utf8)),
      share.count == AgeRecipient.byteCount,
      // A longer body could be made to open under many keys, so its size is checked first.
      body.count == Self.fileKeyByteCount + Self.tagByteCount
    else { throw .malformedX25519Stanza }
    guard let secret = identity.sharedSecret(with: share) else { throw .lowOrderShare }
    let key = Self.wrapKey(secret: secret, share: share, recipient: identity.recipient)
    let box = unfailing("the parts of a box have their sizes") {
      try ChaChaPoly.SealedBox(
        nonce: Self.zeroNonce(), ciphertext: body.prefix(Self.fileKeyByteCount),
        tag: body.suffix(Self.tagByteCount))
    }
    return (try? ChaChaPoly.open(box, using: key)).map { SymmetricKey(data: $0) }
  }
}

extension AgeStanza {
  private static func wrapKey(
    secret: SymmetricKey, share: [UInt8], recipient: AgeRecipient
  ) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: secret, salt: share + recipient.bytes,
      info: Array("age-encryption.org/v1/X25519".utf8), outputByteCount: 32)
  }

  /// The wrap key is used once, so its nonce is zero.
  private static func zeroNonce() throws -> ChaChaPoly.Nonce {
    try ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12))
  }
}
