import Documents

/// Collects a mirrored article's characters without its markup, one line for each block, as credits
/// and dates are looked for in them. It is not the text that is shown.
struct MirrorText {
  private(set) var bytes: [UInt8] = []
  private var needsLineFeed = false

  /// Elements that flow within a line; every other tag ends one. `ok` is what some mirrors write
  /// for the links they take out.
  static let inlineElements: Set<String> = [
    "a", "ok", "span", "strong", "b", "em", "i", "u", "s", "font", "big", "small", "sup", "sub",
    "img", "wbr", "mark", "code",
  ]

  /// Appends text without the line feeds and the indentation of the source's layout.
  mutating func append(_ text: ArraySlice<UInt8>) {
    for line in text.lines {
      let content = line.trimmed()
      if content.isEmpty { continue }
      if needsLineFeed { bytes.append(UInt8(ascii: "\n")) }
      needsLineFeed = false
      bytes += content
    }
  }

  mutating func breakLine() { needsLineFeed = !bytes.isEmpty }
}
