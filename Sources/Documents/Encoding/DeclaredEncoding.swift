/// The encoding that a page names itself.
public enum DeclaredEncoding {
  /// The encoding that the byte order mark at the page's beginning stands for; nil without one.
  public static func mark(of page: [UInt8]) -> TextEncoding? {
    if page.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if page.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    return page.starts(with: [0xFE, 0xFF]) ? .utf16BigEndian : nil
  }

  /// The encoding that a `meta` element of an HTML page names, else its XML declaration; nil if
  /// neither names one that is known.
  ///
  /// Whoever reads the name reads ASCII, so a page that claims to be UTF-16 is UTF-8.
  public static func named(byHTML page: [UInt8]) -> TextEncoding? {
    let head = page[...].prefix(reach)
    guard let encoding = meta(in: head) ?? xmlDeclaration(in: head) else { return nil }
    let isWide = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
    return isWide ? .utf8 : encoding
  }
}

extension DeclaredEncoding {
  /// Browsers ask for the name in the first 1,024 bytes, and some pages have scripts before it.
  private static let reach = 16 << 10

  private static func meta(in head: ArraySlice<UInt8>) -> TextEncoding? {
    var tokens = HTMLTokenizer(head)
    while let token = tokens.next() {
      guard case .startTag(let tag) = token else { continue }
      if tag.name == "body" { return nil }
      guard tag.name == "meta" else { continue }
      if let encoding = tag.value(of: "charset").flatMap(TextEncoding.init) { return encoding }
      guard let equivalent = tag.rawValue(of: "http-equiv"),
        String(lowercasingASCII: equivalent.trimmed()) == "content-type",
        let content = tag.value(of: "content")
      else { continue }
      if let encoding = charset(in: Array(content.utf8)[...]) { return encoding }
    }
    return nil
  }

  /// `text/html; charset=gb2312`
  private static func charset(in content: ArraySlice<UInt8>) -> TextEncoding? {
    let lowered = content.map(\.asciiLowercased)[...]
    guard let label = lowered.firstRange(of: "charset") else { return nil }
    let rest = lowered[label.upperBound...].drop(while: \.isHTMLSpace)
    guard rest.first == UInt8(ascii: "=") else { return nil }
    return value(in: rest.dropFirst().drop(while: \.isHTMLSpace))
  }

  /// `<?xml version="1.0" encoding="gb2312"?>`
  private static func xmlDeclaration(in head: ArraySlice<UInt8>) -> TextEncoding? {
    guard head.hasPrefix("<?xml") else { return nil }
    let declaration = head.prefix { $0 != UInt8(ascii: ">") }
    guard let label = declaration.firstRange(of: "encoding") else { return nil }
    let rest = declaration[label.upperBound...].drop(while: \.isHTMLSpace)
    guard rest.first == UInt8(ascii: "=") else { return nil }
    return value(in: rest.dropFirst().drop(while: \.isHTMLSpace))
  }

  /// A name with quotes around it or without.
  private static func value(in text: ArraySlice<UInt8>) -> TextEncoding? {
    let isQuote = { (byte: UInt8) in byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
    let start = text.first.map(isQuote) == true ? text.dropFirst() : text
    let name = start.prefix { !isQuote($0) && !$0.isHTMLSpace && $0 != UInt8(ascii: ";") }
    return TextEncoding(label: String(decoding: name, as: UTF8.self))
  }
}
