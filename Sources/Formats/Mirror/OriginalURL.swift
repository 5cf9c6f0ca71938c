import Articles
import Documents

/// An original's address and what can be read from it with certainty.
struct OriginalURL {
  let bytes: ArraySlice<UInt8>

  /// The longest address that is kept.
  static let lengthLimit = 8192

  /// The first web address in a line: see ``init(in:at:)``.
  init?(in line: ArraySlice<UInt8>) {
    guard let start = OriginalURL.start(in: line) else { return nil }
    self.init(in: line, at: start)
  }

  /// The web address that begins there, up to white space, a quote that may not stand in addresses,
  /// or what closes the bracket or quote that opened before it.
  init?(in line: ArraySlice<UInt8>, at start: Int) {
    let bytes = line[start...].prefix { !$0.isHTMLSpace && !OriginalURL.terminators.contains($0) }
    self.bytes = bytes.prefix(closing: line[..<start].last)
    guard bytes.count <= OriginalURL.lengthLimit, !host.isEmpty else { return nil }
  }

  /// Where the first web address in a line begins.
  static func start(in line: ArraySlice<UInt8>) -> Int? {
    let starts = [line.firstRange(of: "https://"), line.firstRange(of: "http://")]
    return starts.compactMap { $0?.lowerBound }.min()
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The host as canonical addresses have it.
  var site: String? { CanonicalURL.host(of: text) }

  /// The part that one owner's pages share: scheme and host, and the path's first folder unless
  /// that is the one in which a site of its own keeps its pages.
  var ownerPrefix: ArraySlice<UInt8> {
    let path = bytes[host.endIndex...].dropFirst()
    guard let slash = path.firstIndex(of: UInt8(ascii: "/")) else { return bytes }
    let isSite = MirrorFolder.holdsAllPages(path[..<slash])
    return isSite ? bytes[...host.endIndex] : bytes[...slash]
  }

  /// The date the address names in one of the shapes that leave no doubt.
  var published: String? { AddressDate.find(in: pathSegments)?.text }
}

extension OriginalURL {
  private static let terminators = Set("<>\"`".utf8)

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

extension ArraySlice<UInt8> {
  private static let pairs: [UInt8: UInt8] = [0x27: 0x27, 0x28: 0x29, 0x5B: 0x5D]

  /// What lies before the quote or bracket that closes `opening`; everything if that opens nothing.
  fileprivate func prefix(closing opening: UInt8?) -> ArraySlice<UInt8> {
    guard let opening, let closing = ArraySlice.pairs[opening] else { return self }
    var depth = 0
    for index in indices {
      if self[index] == closing {
        if depth == 0 { return self[..<index] }
        depth -= 1
      } else if self[index] == opening {
        depth += 1
      }
    }
    return self
  }
}
