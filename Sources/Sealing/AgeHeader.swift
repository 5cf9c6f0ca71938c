import Crypto

/// The part of an age file before the payload: who can open it, and a code by which whoever can
/// sees that nobody else changed it.
struct AgeHeader {
  static let versionLine = Array("age-encryption.org/v1\n".utf8)
  static let macPrefix = Array("---".utf8)

  let stanzas: [AgeStanza]
  /// Everything up to and including the `---` of the last line.
  let authenticatedBytes: [UInt8]
  let mac: [UInt8]

  /// The header as it stands in a file.
  ///
  ///     "age-encryption.org/v1\n"
  ///     stanza, at least one
  ///     "--- " HMAC-SHA256 in base64 "\n"
  var encoded: [UInt8] {
    authenticatedBytes + Array(" ".utf8) + UnpaddedBase64.encode(mac) + Array("\n".utf8)
  }
}

extension AgeHeader {
  /// Writes a header for the stanzas, all of which wrap the file key.
  init(stanzas: [AgeStanza], fileKey: SymmetricKey) {
    self.stanzas = stanzas
    authenticatedBytes = Self.versionLine + stanzas.flatMap(\.encoded) + Self.macPrefix
    mac = Array(
      HMAC<SHA256>.authenticationCode(
        for: authenticatedBytes, using: Self.macKey(fileKey: fileKey)))
  }

  /// Finds the stanza an identity opens and checks the header with what it holds. `offsets` says
  /// where each stanza begins.
  func fileKey(
    for identity: AgeIdentity, offsets: [Int]
  ) throws(SealingError) -> SymmetricKey {
    for (stanza, offset) in zip(stanzas, offsets) {
      guard let fileKey = try fileKey(in: stanza, at: offset, for: identity) else { continue }
      guard isAuthentic(under: fileKey) else { throw .headerNotAuthentic }
      return fileKey
    }
    throw .notForThisKey
  }

  private func fileKey(
    in stanza: AgeStanza, at offset: Int, for identity: AgeIdentity
  ) throws(SealingError) -> SymmetricKey? {
    do {
      return try stanza.fileKey(for: identity)
    } catch {
      throw .malformedHeader(error, offset: offset)
    }
  }

  private func isAuthentic(under fileKey: SymmetricKey) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      mac, authenticating: authenticatedBytes, using: Self.macKey(fileKey: fileKey))
  }

  private static func macKey(fileKey: SymmetricKey) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: fileKey, info: Array("header".utf8), outputByteCount: 32)
  }
}
