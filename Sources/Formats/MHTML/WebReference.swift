import Documents

/// Addresses as pages write them, which may leave out what they share with the page's own.
enum WebReference {
  /// The whole address (RFC 3986, 5.2) without its fragment; what it says itself where no base helps.
  static func resolved(_ reference: String, against base: String?) -> String {
    let reference = String(reference.trimmed.prefix { $0 != "#" })
    guard !hasScheme(reference), let base, let parts = Parts(base) else { return reference }
    if reference.isEmpty { return String(base.prefix { $0 != "#" }) }
    if reference.hasPrefix("//") { return parts.scheme + reference }
    if reference.hasPrefix("?") { return parts.root + parts.path + reference }
    let path = reference.prefix { $0 != "?" }
    let whole = path.hasPrefix("/") ? String(path) : parts.folder + path
    return parts.root + withoutDots(whole) + reference[path.endIndex...]
  }

  private static func hasScheme(_ text: String) -> Bool {
    let name = text.utf8.prefix { $0 != UInt8(ascii: ":") }
    guard name.endIndex < text.utf8.endIndex, name.first?.isASCIILetter == true else {
      return false
    }
    return name.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) }
  }

  /// RFC 3986, 5.2.4.
  private static func withoutDots(_ path: String) -> String {
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for segment in segments {
      switch segment {
      case ".": break
      case "..": _ = kept.popLast()
      default: kept.append(segment)
      }
    }
    if segments.last == "." || segments.last == ".." { kept.append("") }
    return "/" + kept.joined(separator: "/")
  }

  /// An address with a host.
  private struct Parts {
    /// With its colon.
    let scheme: String
    /// All before the path.
    let root: String
    /// At least a slash.
    let path: String

    init?(_ address: String) {
      guard let mark = address.firstRange(of: "://") else { return nil }
      let rest = address[mark.upperBound...]
      let host = rest.prefix { !"/?#".contains($0) }
      scheme = address[..<mark.lowerBound] + ":"
      root = String(address[..<host.endIndex])
      let path = rest[host.endIndex...].prefix { !"?#".contains($0) }
      self.path = path.isEmpty ? "/" : String(path)
    }

    /// Up to its last slash.
    var folder: String {
      path[...(path.lastIndex(of: "/") ?? path.startIndex)].description
    }
  }
}
