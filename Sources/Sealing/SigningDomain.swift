/// What kind of thing a signature is for, so that one made for a bundle means nothing elsewhere.
package struct SigningDomain: Hashable, Sendable {
  /// A bundle's trailer.
  package static let bundle = SigningDomain(label: "bundle")

  /// 1...64 bytes of ASCII.
  package let label: String

  /// Names a domain; labels are written in the specification, never made at run time.
  package init(label: StaticString) {
    self.label = label.description
    precondition(
      (1...64).contains(self.label.utf8.count) && self.label.utf8.allSatisfy { $0 < 0x80 },
      "a signing domain's label is 1...64 bytes of ASCII")
  }

  /// The bytes that are signed for a SHA-256 digest.
  ///
  ///     "satchel v1 signature"  20 bytes of ASCII
  ///     length of label          1 byte
  ///     label                    1...64 bytes
  ///     digest                  32 bytes
  func message(for digest: some Sequence<UInt8>) -> [UInt8] {
    let digest = Array(digest)
    precondition(digest.count == 32, "what is signed is a SHA-256 digest")
    return Array("satchel v1 signature".utf8) + [UInt8(label.utf8.count)] + Array(label.utf8)
      + digest
  }
}
