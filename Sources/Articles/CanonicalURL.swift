/// One spelling for addresses that name the same page (Protocol 5.3): identity, so never change
/// a rule here without a new field for the old ones.
///
/// Works on bytes: what a Swift `Character` is depends on the Unicode version, and identity must
/// not. Taking the spelling of a spelling changes nothing.
public enum CanonicalURL {
  /// Scheme and host in lower case (ASCII only), `http` written as `https`; no user, no `www.`,
  /// default port, fragment or tracking parameters, no final slash. Text that is no http address
  /// is only trimmed of ASCII white space.
  public static func text(of address: String) -> String {
    let trimmed = trim(Array(address.utf8)[...])
    guard let parts = Parts(trimmed) else { return String(decoding: trimmed, as: UTF8.self) }
    let parameters = parts.query.split(separator: UInt8(ascii: "&")).map(trim)
      .filter { !$0.isEmpty && !isTracking($0) }
    var path = parts.path
    while let last = path.last, last == UInt8(ascii: "/") || isSpace(last) {
      path = path.dropLast()
    }
    var bytes = Array("https://".utf8) + parts.authority + path
    if !parameters.isEmpty {
      bytes += Array("?".utf8) + parameters.joined(separator: Array("&".utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The host of an http address without `www.`; nil for anything else.
  public static func host(of address: String) -> String? {
    guard let parts = Parts(trim(Array(address.utf8)[...])) else { return nil }
    return String(
      decoding: parts.authority.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
  }

  private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest = rest.dropLast() }
    return rest
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte)
  }

  private static func isTracking(_ parameter: ArraySlice<UInt8>) -> Bool {
    let name = parameter.prefix { $0 != UInt8(ascii: "=") }.map(\.asciiLowercased)
    return name.starts(with: "utm_".utf8)
      || ["fbclid", "gclid", "mc_cid", "mc_eid"].contains { name.elementsEqual($0.utf8) }
  }
}

/// An http address taken apart.
private struct Parts {
  let authority: [UInt8]
  let path: ArraySlice<UInt8>
  let query: ArraySlice<UInt8>

  init?(_ address: ArraySlice<UInt8>) {
    let scheme = address.prefix { $0 != UInt8(ascii: ":") }
    let name = scheme.map(\.asciiLowercased)
    let afterScheme = address.dropFirst(scheme.count)
    guard name.elementsEqual("http".utf8) || name.elementsEqual("https".utf8),
      afterScheme.starts(with: "://".utf8)
    else { return nil }
    let rest = afterScheme.dropFirst(3).prefix { $0 != UInt8(ascii: "#") }
    let ends = [UInt8(ascii: "/"), UInt8(ascii: "?")]
    let authority = rest.prefix { !ends.contains($0) }
    let target = rest.dropFirst(authority.count)
    path = target.prefix { $0 != UInt8(ascii: "?") }
    query = target.dropFirst(path.count + 1)
    self.authority = Parts.canonical(authority)
    guard !self.authority.isEmpty else { return nil }
  }

  private static func canonical(_ authority: ArraySlice<UInt8>) -> [UInt8] {
    var host = authority.map(\.asciiLowercased)[...]
    if let at = host.lastIndex(of: UInt8(ascii: "@")) { host = host[(at + 1)...] }
    while let port = [":443", ":80"].first(where: { host.hasSuffix($0) }) {
      host = host.dropLast(port.utf8.count)
    }
    while host.starts(with: "www.".utf8) { host = host.dropFirst(4) }
    return Array(host)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ text: String) -> Bool {
    reversed().starts(with: text.utf8.reversed())
  }
}
