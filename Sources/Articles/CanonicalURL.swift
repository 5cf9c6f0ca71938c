/// One spelling for addresses that name the same page (Protocol 5.3): identity, so never change
/// a rule here without a new field for the old ones.
public enum CanonicalURL {
  /// Lower-case scheme and host, `http` written as `https`, no `www.`, default port, fragment or
  /// tracking parameters, no final slash. Text that is no http address is only trimmed.
  public static func text(of address: String) -> String {
    let trimmed = trim(address)
    guard let parts = Parts(trimmed) else { return trimmed }
    let query = parts.query.split(separator: "&", omittingEmptySubsequences: true)
      .filter { !isTracking($0) }.joined(separator: "&")
    var path = parts.path[...]
    while path.last == "/" { path = path.dropLast() }
    return "https://\(parts.authority)\(path)" + (query.isEmpty ? "" : "?\(query)")
  }

  /// The host of an http address without `www.`; nil for anything else.
  public static func host(of address: String) -> String? {
    guard let parts = Parts(trim(address)) else { return nil }
    return parts.authority.split(separator: ":").first.map(String.init)
  }

  private static func trim(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }

  private static func isTracking(_ parameter: Substring) -> Bool {
    let name = parameter.prefix { $0 != "=" }.lowercased()
    return name.hasPrefix("utm_") || ["fbclid", "gclid", "mc_cid", "mc_eid"].contains(name)
  }
}

/// An http address taken apart.
private struct Parts {
  let authority: String
  let path: String
  let query: String

  init?(_ address: String) {
    let scheme = address.prefix { $0 != ":" }.lowercased()
    guard scheme == "http" || scheme == "https",
      address.dropFirst(scheme.count).hasPrefix("://")
    else { return nil }
    let rest = address.dropFirst(scheme.count + 3).prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest.dropFirst(authority.count)
    let path = target.prefix { $0 != "?" }
    guard let host = Parts.canonical(authority, scheme: scheme), !host.isEmpty else { return nil }
    self.authority = host
    self.path = String(path)
    query = String(target.dropFirst(path.count).dropFirst())
  }

  private static func canonical(_ authority: Substring, scheme: String) -> String? {
    var host = authority.split(separator: "@").last.map { $0.lowercased() } ?? ""
    let port = scheme == "https" ? ":443" : ":80"
    if host.hasSuffix(port) { host.removeLast(port.count) }
    if host.hasPrefix("www.") { host.removeFirst(4) }
    return host
  }
}
