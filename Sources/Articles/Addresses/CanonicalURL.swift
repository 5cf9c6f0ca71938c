/// One spelling for addresses that name the same page (Protocol 5.3): identity, so never change
/// a rule here without a new field for the old ones.
///
/// Works on bytes: what a Swift `Character` is depends on the Unicode version, and identity must
/// not. Taking the spelling of a spelling changes nothing.
package enum CanonicalURL {
  /// `https`, the host in ASCII and lower case, escapes settled; no user, no `www.`, default port,
  /// tracking parameters, final slash, and no fragment but one that names a page. Text that is no
  /// web address is only trimmed of ASCII white space.
  package static func text(of address: String) -> String {
    let trimmed = trim(Array(address.utf8)[...])
    let bytes = WebAddress(trimmed)?.canonicalBytes ?? Array(trimmed)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The host of a web address without `www.` and port; nil for anything else.
  package static func host(of address: String) -> String? {
    guard let host = WebAddress(trim(Array(address.utf8)[...]))?.host, !host.isEmpty else {
      return nil
    }
    return String(decoding: host, as: UTF8.self)
  }

  private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest = rest.dropLast() }
    return rest
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte)
  }
}
