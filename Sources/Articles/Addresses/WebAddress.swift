/// An `http` or `https` address, its escapes settled and taken apart (Protocol 5.3, steps 2 to 5).
struct WebAddress {
  /// The host and, unless it is a default one, the port.
  private let authority: ArraySlice<UInt8>
  private let path: ArraySlice<UInt8>
  private let query: ArraySlice<UInt8>
  private let fragment: ArraySlice<UInt8>

  /// Nil for any other scheme, and where nothing is left of the authority.
  init?(_ address: ArraySlice<UInt8>) {
    let scheme = address.prefix { $0 != UInt8(ascii: ":") }
    let name = scheme.map(\.asciiLowercased)
    let afterScheme = address.dropFirst(scheme.count)
    guard name.elementsEqual("http".utf8) || name.elementsEqual("https".utf8),
      afterScheme.starts(with: "://".utf8)
    else { return nil }
    let settled = URLEscapes.settled(afterScheme.dropFirst(3))[...]
    let page = settled.prefix { $0 != UInt8(ascii: "#") }
    fragment = settled.dropFirst(page.count + 1)
    let authority = page.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    let target = page.dropFirst(authority.count)
    path = target.prefix { $0 != UInt8(ascii: "?") }
    query = target.dropFirst(path.count + 1)
    self.authority = WebAddress.canonical(authority)
    guard !self.authority.isEmpty else { return nil }
  }

  /// The host alone; empty where only a port is left.
  var host: ArraySlice<UInt8> { HostName.part(of: authority) }

  /// The canonical address: steps 6 to 9.
  var canonicalBytes: [UInt8] {
    var path = path
    while path.last == UInt8(ascii: "/") { path = path.dropLast() }
    var bytes = Array("https://".utf8) + authority + path
    let parameters = query.split(separator: UInt8(ascii: "&"))
      .filter { !WebAddress.isTracking($0) }
    if !parameters.isEmpty {
      bytes += Array("?".utf8) + parameters.joined(separator: Array("&".utf8))
    }
    if WebAddress.namesPage(fragment) { bytes += Array("#".utf8) + fragment }
    return bytes
  }
}

extension WebAddress {
  private static func canonical(_ authority: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = authority
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) { rest = rest[(at + 1)...] }
    rest = HostName.lowercased(rest)[...]
    let name = HostName.part(of: rest)
    var result = (HostName.canonical(name) + rest.dropFirst(name.count))[...]
    while let port = [":443", ":80", ":"].first(where: { result.hasSuffix($0) }) {
      result = result.dropLast(port.utf8.count)
    }
    while result.starts(with: "www.".utf8) { result = result.dropFirst(4) }
    return result
  }

  private static func isTracking(_ parameter: ArraySlice<UInt8>) -> Bool {
    let name = parameter.prefix { $0 != UInt8(ascii: "=") }.map(\.asciiLowercased)
    return name.starts(with: "utm_".utf8)
      || ["fbclid", "gclid", "mc_cid", "mc_eid"].contains { name.elementsEqual($0.utf8) }
  }

  /// Whether a script shows another page for this fragment, as those of `#!/news/1` do.
  private static func namesPage(_ fragment: ArraySlice<UInt8>) -> Bool {
    guard ["!", "/", "%21", "%2F"].contains(where: { fragment.starts(with: $0.utf8) }) else {
      return false
    }
    return !isWikiPicture(fragment)
  }

  /// `/media/File:Map.png`: a picture shown over the page of a wiki, which stays the same page.
  private static func isWikiPicture(_ fragment: ArraySlice<UInt8>) -> Bool {
    let media = "/media/"
    guard fragment.starts(with: media.utf8) else { return false }
    let name = fragment.dropFirst(media.utf8.count)
    return name.contains(UInt8(ascii: ":"))
      || name.indices.contains { name[$0...].starts(with: "%3A".utf8) }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
