import Articles
import Documents

/// An original's address and what can be read from it with certainty.
struct OriginalURL {
  let bytes: ArraySlice<UInt8>

  /// The longest address that is kept.
  static let lengthLimit = 8192

  /// The first web address in a line, up to white space, a bracket, or a quote that may not stand
  /// in addresses or that opened before it.
  init?(in line: ArraySlice<UInt8>) {
    guard let start = OriginalURL.start(in: line) else { return nil }
    let isQuoted = line[..<start].last == UInt8(ascii: "'")
    bytes = line[start...].prefix {
      !$0.isHTMLSpace && !OriginalURL.terminators.contains($0)
        && !(isQuoted && $0 == UInt8(ascii: "'"))
    }
    guard bytes.count <= OriginalURL.lengthLimit, !host.isEmpty else { return nil }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The host as canonical addresses have it.
  var site: String? { CanonicalURL.host(of: text) }

  /// The part that one owner's pages share: scheme, host and the path's first folder.
  var ownerPrefix: ArraySlice<UInt8> {
    let path = bytes[host.endIndex...].dropFirst()
    guard let slash = path.firstIndex(of: UInt8(ascii: "/")) else { return bytes }
    return bytes[...slash]
  }

  /// The date the address names in one of the shapes that leave no doubt.
  var published: String? { AddressDate.find(in: pathSegments)?.text }
}

extension OriginalURL {
  private static let terminators = Set("<>\"`".utf8)

  private static func start(in line: ArraySlice<UInt8>) -> Int? {
    let starts = [line.firstRange(of: "https://"), line.firstRange(of: "http://")]
    return starts.compactMap { $0?.lowerBound }.min()
  }

  private var host: ArraySlice<UInt8> {
    let rest = bytes.dropFirst(bytes.hasPrefix("https://") ? 8 : 7)
    return rest.prefix { $0 != UInt8(ascii: "/") && !OriginalURL.endsPath($0) }
  }

  private var pathSegments: [ArraySlice<UInt8>] {
    let path = bytes[host.endIndex...].prefix { !OriginalURL.endsPath($0) }
    return path.split(separator: UInt8(ascii: "/"))
  }

  private static func endsPath(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }
}
