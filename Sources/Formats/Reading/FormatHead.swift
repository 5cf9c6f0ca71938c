import Documents

/// The first bytes of a file in lower case, as far as formats are told by them.
struct FormatHead: Sendable {
  private let bytes: ArraySlice<UInt8>
  /// The name of the first file in an archive; nil if the file is none.
  private let archived: ArraySlice<UInt8>?
  /// Whose table it is; `other` for any other table and for what is none.
  let table: TableProfile

  /// Nil for a file that begins as no format but pages does.
  init?(_ head: [UInt8]) {
    let text = head[...].withoutByteOrderMark.drop(while: \.isHTMLSpace)
    guard let first = text.first else { return nil }
    let isTable = first.isASCIILetter || first == UInt8(ascii: "\"")
    guard isTable || "<[{".utf8.contains(first) else { return nil }
    table = isTable ? TableProfile(head: text) : .other
    archived = FormatHead.firstName(in: head)
    // A page of text is not looked at any further.
    guard !isTable || table != .other || archived != nil else { return nil }
    bytes = text.map(\.asciiLowercased)[...]
  }

  /// A list of links in `<DT>`, with or without the declaration that it is one.
  var isBookmarks: Bool {
    guard isHTML else { return false }
    if bytes.contains("<!doctype netscape-bookmark-file") { return true }
    return bytes.contains("<dl>")
      && (bytes.contains("<dt><a href=") || bytes.contains("<dt><h3 "))
      && bytes.contains(" add_date=")
  }

  /// A list of links with the time at which each was saved.
  var isPocketList: Bool {
    hasTitle("pocket export")
      || (isHTML && bytes.contains("<li><a href=") && bytes.contains(" time_added="))
  }

  /// A feed in XML, or a list of feeds: the first element says so.
  var isFeed: Bool {
    guard isHTML, !bytes.contains("<!doctype html") else { return false }
    var rest = bytes
    // Behind the declaration, comments and instructions.
    while rest.hasPrefix("<?") || rest.hasPrefix("<!"), let end = rest.place(of: UInt8(ascii: ">"))
    {
      rest = rest[(end + 1)...].drop(while: \.isHTMLSpace)
    }
    let name = rest.dropFirst().prefix { !$0.isHTMLSpace && $0 != UInt8(ascii: ">") }
    return ["rss", "feed", "rdf:rdf", "opml"].contains { name.elementsEqual($0.utf8) }
  }

  /// A book names itself in its archive's first file.
  var isBook: Bool {
    holdsFile("mimetype") && bytes.prefix(128).contains("application/epub+zip")
  }

  func hasTitle(_ title: StaticString) -> Bool {
    guard isHTML, let start = bytes.firstRange(of: "<title>") else { return false }
    return bytes[start.upperBound...].drop(while: \.isHTMLSpace).hasPrefix(title)
  }

  /// Whether it is JSON in which these keys stand.
  func hasKeys(_ keys: StaticString...) -> Bool {
    guard bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "{") else { return false }
    return keys.allSatisfy { bytes.contains($0) }
  }

  /// Whether it is an archive whose first file is named so.
  func holdsFile(_ name: StaticString) -> Bool { archived?.hasPrefix(name) == true }

  private var isHTML: Bool { bytes.first == UInt8(ascii: "<") }

  /// What a zip archive's first local header names (APPNOTE 4.3.7).
  private static func firstName(in head: [UInt8]) -> ArraySlice<UInt8>? {
    guard head.starts(with: [0x50, 0x4B, 0x03, 0x04]), head.count >= 30 else { return nil }
    let length = Int(head[26]) | Int(head[27]) << 8
    return head[30...].prefix(length)
  }
}
