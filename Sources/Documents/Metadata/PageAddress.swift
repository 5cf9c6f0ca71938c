/// Which of the addresses that a page names is its own.
public struct PageAddress: Sendable {
  /// The host in lower case, without `www.` and without its scheme's port.
  let host: String
  /// What follows the host.
  let place: String

  /// Nil for what is no address of the web.
  init?(_ text: String) {
    let bytes = Array(text.utf8)[...].trimmed()
    guard let scheme = ["https://", "http://"].first(where: { bytes.hasPrefixInAnyCase($0) })
    else { return nil }
    let rest = bytes.dropFirst(scheme.utf8.count)
    let authority = rest.prefix { !"/?#\\".utf8.contains($0) }
    let name = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] }
    var host = String(lowercasingASCII: name ?? authority)
    for port in [":443", ":80", ":"] where host.hasSuffix(port) {
      host = String(host.dropLast(port.count))
    }
    if host.hasPrefix("www.") { host = String(host.dropFirst(4)) }
    if host.isEmpty { return nil }
    self.host = host
    place = String(decoding: rest[authority.endIndex...], as: UTF8.self)
  }

  /// Whether it is that of a site rather than of a page on it.
  var isRoot: Bool {
    ["", "/"].contains(place.prefix { $0 != "#" })
  }
}

extension PageAddress {
  /// A page's address.
  ///
  /// - Parameters:
  ///   - known: where the page was found, if somebody knows it.
  ///   - claimed: what the page says, the likeliest first. A claim is believed only of a page on the
  ///     claim's own host, where the host is known, and a site's root only of the root itself.
  public static func address(known: String?, claimed: [String]) -> String? {
    let own = known.flatMap { PageAddress($0) }
    for claim in claimed {
      guard let text = resolved(claim, against: known), let address = PageAddress(text) else {
        continue
      }
      if address.isRoot && !(own?.isRoot ?? false) { continue }
      if own == nil || address.host == own?.host { return text }
    }
    return known
  }

  /// The claim as an absolute address; a path alone stands for one on the known address's host.
  private static func resolved(_ claim: String, against known: String?) -> String? {
    let bytes = Array(claim.utf8)[...].trimmed()
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.first == UInt8(ascii: "/"), let known, let own = PageAddress(known) else {
      return text
    }
    let knownBytes = Array(known.utf8)[...].trimmed()
    // What begins with two slashes leaves out the scheme alone.
    let kept =
      bytes.hasPrefix("//")
      ? knownBytes.prefix { $0 != UInt8(ascii: "/") } : knownBytes.dropLast(own.place.utf8.count)
    return String(decoding: kept, as: UTF8.self) + text
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasPrefixInAnyCase(_ text: String) -> Bool {
    prefix(text.utf8.count).elementsEqual(text.utf8) { $0.asciiLowercased == $1 }
  }
}
