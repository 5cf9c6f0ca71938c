/// An invitation as a line of text, in the characters that make the smallest QR code.
extension Invitation {
  /// The longest text that is read, in bytes, separators included.
  package static let textLimit = 1_024

  private static let version: UInt8 = 1
  private static let bech32 = Bech32(prefix: "satchel", checksum: .bech32m)

  /// The invitation in upper case, 67...170 characters, secret.
  ///
  ///     "SATCHEL1"            8 characters
  ///     payload, in Bech32   53...156 characters
  ///       version  1 byte, here 1
  ///       secret  32 bytes
  ///       label    0...64 bytes of UTF-8
  ///     checksum (Bech32m)    6 characters
  package var text: String {
    Self.bech32.encode([Self.version] + secret.bytes + Array(label.utf8)).uppercased()
  }

  /// Reads an invitation in either case, with white space and hyphens anywhere.
  ///
  /// Throws ``SealingError/unreadableText(_:_:)`` for what is mistyped or cut,
  /// ``SealingError/unknownInvitationVersion(_:)`` for what a newer program made, and the errors of
  /// a label.
  package init(text: String) throws(SealingError) {
    let payload = try Self.payload(of: text)
    guard let version = payload.first else {
      throw .unreadableText(.invitation, .length(byteCount: 0))
    }
    guard version == Self.version else { throw .unknownInvitationVersion(version) }
    guard payload.count > LibrarySecret.byteCount else {
      throw .unreadableText(.invitation, .length(byteCount: payload.count))
    }
    let secret = try LibrarySecret(bytes: payload.dropFirst().prefix(LibrarySecret.byteCount))
    let labelBytes = payload.dropFirst(1 + LibrarySecret.byteCount)
    let label = String(decoding: labelBytes, as: UTF8.self)
    // Decoding repairs what is not UTF-8; a label is taken as it is or not at all.
    guard label.utf8.elementsEqual(labelBytes) else { throw .malformedLabel }
    try self.init(secret: secret, label: label)
  }

  private static func payload(of text: String) throws(SealingError) -> [UInt8] {
    do throws(TextFault) {
      guard text.utf8.count <= textLimit else { throw .tooLong(limit: textLimit) }
      let scalars = text.unicodeScalars.filter { !isSeparator($0) }
      return try bech32.decode(String(scalars))
    } catch {
      throw .unreadableText(.invitation, error)
    }
  }

  /// Hyphens and white space, by the list of Protocol 4.5 rather than by this system's Unicode.
  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "\u{9}"..."\u{d}", " ", "\u{85}", "\u{a0}", "\u{1680}", "\u{2000}"..."\u{200a}",
      "\u{2028}", "\u{2029}", "\u{202f}", "\u{205f}", "\u{3000}":
      true
    default: false
    }
  }
}
