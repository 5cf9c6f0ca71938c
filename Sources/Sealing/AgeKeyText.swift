/// How age spells its keys: Bech32 of 32 bytes, recipients in lower case, identities in upper.
struct AgeKeyText {
  static let recipient = AgeKeyText(kind: .ageRecipient, prefix: "age", isUpperCase: false)
  static let identity = AgeKeyText(
    kind: .ageIdentity, prefix: "age-secret-key-", isUpperCase: true)

  /// No key is longer; a text beyond it is refused unread.
  private static let limit = 100

  let kind: TextKind
  let prefix: String
  let isUpperCase: Bool

  func encode(_ bytes: [UInt8]) -> String {
    let text = bech32.encode(bytes)
    return isUpperCase ? text.uppercased() : text
  }

  func decode(_ text: String) throws(SealingError) -> [UInt8] {
    do throws(TextFault) {
      guard text.utf8.count <= Self.limit else { throw .tooLong(limit: Self.limit) }
      let otherCase: ClosedRange<Unicode.Scalar> = isUpperCase ? "a"..."z" : "A"..."Z"
      guard !text.unicodeScalars.contains(where: otherCase.contains) else { throw .wrongCase }
      let bytes = try bech32.decode(text)
      guard bytes.count == 32 else { throw .length(byteCount: bytes.count) }
      return bytes
    } catch {
      throw .unreadableText(kind, error)
    }
  }

  private var bech32: Bech32 { Bech32(prefix: prefix, checksum: .bech32) }
}
