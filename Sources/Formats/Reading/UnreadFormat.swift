import Documents

/// Formats that are known by sight and cannot be read yet, so that people are told what their file
/// is, and a list of a thousand links never becomes one article.
///
/// A format that gets a reader leaves this list.
enum UnreadFormat: String, CaseIterable {
  /// What browsers export, and services that are like them: Netscape's bookmarks.
  case bookmarks
  case pocket, instapaper, omnivore, wallabag, readwise, raindrop
}

extension UnreadFormat {
  /// The format of the file that begins so; nil for any other.
  init?(of sample: FormatSample) {
    guard let head = UnreadHead(sample),
      let format = UnreadFormat.allCases.first(where: { $0.isFormat(of: head) })
    else { return nil }
    self = format
  }

  var skipReason: SkipReason { .unsupported(format: rawValue) }

  /// Whether a file of that name may be of one of these formats, as far as it is no page.
  static func mayBe(fileName: String) -> Bool {
    let name = String(lowercasingASCII: Array(fileName.utf8)[...])
    return [".csv", ".json", ".zip"].contains { name.hasSuffix($0) }
  }
}

extension UnreadFormat {
  private func isFormat(of head: UnreadHead) -> Bool {
    switch self {
    case .bookmarks: head.isBookmarks
    case .pocket: head.isPocket
    case .instapaper:
      head.hasColumns("url,title,selection,folder") || head.hasTitle("instapaper: export")
    case .omnivore:
      head.hasKeys("\"slug\"", "\"readingprogress\"") || head.holdsFile("metadata_")
    case .wallabag: head.hasKeys("\"is_archived\"", "\"is_starred\"")
    case .readwise: head.hasColumns("title,url,id,document tags,")
    case .raindrop: head.hasColumns("id,title,note,excerpt,url,folder,")
    }
  }
}

/// The first bytes of a file in lower case, as far as formats are told by them.
private struct UnreadHead {
  private let bytes: ArraySlice<UInt8>
  /// The name of the first file in an archive; nil if the file is none.
  private let archived: ArraySlice<UInt8>?

  /// Nil for a file that begins as none of the formats does.
  init?(_ sample: FormatSample) {
    let head = sample.head[...].withoutByteOrderMark.drop(while: \.isHTMLSpace)
    guard let first = head.first else { return nil }
    // A page of text is not looked at any further.
    guard "<[{PITUitu".utf8.contains(first) else { return nil }
    bytes = head.map(\.asciiLowercased)[...]
    archived = UnreadHead.firstName(in: sample.head)
  }

  /// A list of links in `<DT>`, with or without the declaration that it is one.
  var isBookmarks: Bool {
    guard bytes.first == UInt8(ascii: "<") else { return false }
    if bytes.contains("<!doctype netscape-bookmark-file") { return true }
    return bytes.contains("<dl>")
      && (bytes.contains("<dt><a href=") || bytes.contains("<dt><h3 "))
      && bytes.contains(" add_date=")
  }

  var isPocket: Bool {
    hasColumns("title,url,time_added,") || hasTitle("pocket export") || holdsFile("part_000")
      || (bytes.first == UInt8(ascii: "<") && bytes.contains("<li><a href=")
        && bytes.contains(" time_added="))
  }

  func hasColumns(_ names: StaticString) -> Bool { bytes.hasPrefix(names) }

  func hasTitle(_ title: StaticString) -> Bool {
    guard bytes.first == UInt8(ascii: "<"), let start = bytes.firstRange(of: "<title>") else {
      return false
    }
    return bytes[start.upperBound...].drop(while: \.isHTMLSpace).hasPrefix(title)
  }

  /// Whether it is JSON in which these keys stand.
  func hasKeys(_ keys: StaticString...) -> Bool {
    guard bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "{") else { return false }
    return keys.allSatisfy { bytes.contains($0) }
  }

  /// Whether it is an archive whose first file is named so.
  func holdsFile(_ name: StaticString) -> Bool { archived?.hasPrefix(name) == true }

  /// What a zip archive's first local header names (APPNOTE 4.3.7).
  private static func firstName(in head: [UInt8]) -> ArraySlice<UInt8>? {
    guard head.starts(with: [0x50, 0x4B, 0x03, 0x04]), head.count >= 30 else { return nil }
    let length = Int(head[26]) | Int(head[27]) << 8
    return head[30...].prefix(length)
  }
}
