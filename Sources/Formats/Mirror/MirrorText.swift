import Documents

/// Collects a mirrored article's characters without its markup, one line for each block, as credits
/// and dates are looked for in them. It is not the text that is shown.
struct MirrorText {
  private(set) var bytes: [UInt8] = []
  private var needsLineFeed = false

  /// Whether elements of that name flow within a line; every other tag ends one. `ok` is what some
  /// mirrors write for the links they take out.
  static func isInline(_ name: String) -> Bool {
    // Few have a length in common, and lengths are compared sooner than names.
    switch name.utf8.count {
    case 1: name == "a" || name == "b" || name == "i" || name == "u" || name == "s"
    case 2: name == "em" || name == "ok"
    case 3: name == "big" || name == "img" || name == "sub" || name == "sup" || name == "wbr"
    case 4: name == "code" || name == "font" || name == "mark" || name == "span"
    case 5: name == "small"
    case 6: name == "strong"
    default: false
    }
  }

  /// Appends text without the line feeds and the indentation of the source's layout.
  mutating func append(_ text: ArraySlice<UInt8>) {
    text.withUnsafeBufferPointer { text in
      var start = 0
      while start < text.count {
        let end = text.place(of: UInt8(ascii: "\n"), from: start) ?? text.count
        append(line: UnsafeBufferPointer(rebasing: text[start..<end]))
        start = end + 1
      }
    }
  }

  mutating func breakLine() { needsLineFeed = !bytes.isEmpty }
}

extension MirrorText {
  private mutating func append(line: UnsafeBufferPointer<UInt8>) {
    var (start, end) = (0, line.count)
    while start < end, line[start].isHTMLSpace { start += 1 }
    while start < end, line[end - 1].isHTMLSpace { end -= 1 }
    if start == end { return }
    if needsLineFeed { bytes.append(UInt8(ascii: "\n")) }
    needsLineFeed = false
    bytes += UnsafeBufferPointer(rebasing: line[start..<end])
  }
}
