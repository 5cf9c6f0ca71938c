import Documents

/// The words with which a mirror names a page's original, such as
/// `原文地址（需翻墙访问）：https://example.org/a` or `<br/>原文链接：https://example.org/a`.
struct OriginalLine {
  /// Where they begin, with the line breaks before them.
  let start: Int
  let address: OriginalURL

  /// Finds them at the beginning of a line or behind a `<br>` in it, in time linear in its length.
  init?(in line: ArraySlice<UInt8>) {
    var rest = line
    while true {
      let words = rest.withoutLeadingBreaks
      if let address = OriginalLine.address(in: words) {
        start = rest.startIndex
        self.address = address
        return
      }
      guard let next = words.dropFirst().firstRange(of: "<br") else { return nil }
      rest = line[next.lowerBound...]
    }
  }
}

extension OriginalLine {
  /// What they begin with.
  static let label: StaticString = "原文"

  private static let kinds: [StaticString] = [
    "地址", "位址", "链接", "鏈接", "连结", "連結", "网址", "網址",
  ]

  /// How far behind the label an address may begin, in bytes: a remark in brackets fits between.
  private static let reach = 128

  private static func address(in words: ArraySlice<UInt8>) -> OriginalURL? {
    guard words.hasPrefix(label) else { return nil }
    let behind = words.dropFirst(label.utf8CodeUnitCount)
    guard let kind = kinds.first(where: { behind.hasPrefix($0) }) else { return nil }
    let rest = behind.dropFirst(kind.utf8CodeUnitCount)
    return OriginalURL.start(in: rest.prefix(reach)).flatMap { OriginalURL(in: rest, at: $0) }
  }
}

extension ArraySlice<UInt8> {
  /// What follows spaces and `<br>`, however that is written.
  fileprivate var withoutLeadingBreaks: ArraySlice<UInt8> {
    var rest = drop(while: \.isHTMLSpace)
    while rest.first == UInt8(ascii: "<"),
      rest.prefix(3).map(\.asciiLowercased) == Array("<br".utf8)
    {
      var tag = rest.dropFirst(3).drop(while: \.isHTMLSpace)
      if tag.first == UInt8(ascii: "/") { tag = tag.dropFirst() }
      guard tag.first == UInt8(ascii: ">") else { return rest }
      rest = tag.dropFirst().drop(while: \.isHTMLSpace)
    }
    return rest
  }
}
