import Documents

/// Collects markup while it drops the indentation of lines and all but one of neighboring blank
/// lines.
struct CollapsedText {
  private(set) var bytes: [UInt8] = []
  /// Line feeds seen since the last content, two standing for any more; not yet written.
  private var lineFeeds = 0
  /// The same for the white space before something that was left out.
  private var lineFeedsBeforeGap = 0

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  mutating func append(_ text: ArraySlice<UInt8>) {
    var rest = text
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      appendLine(rest[..<end])
      lineFeeds = min(2, lineFeeds + 1)
      rest = rest[(end + 1)...]
    }
    appendLine(rest)
  }

  /// Appends a tag, or the text of `pre`.
  mutating func appendVerbatim(_ content: ArraySlice<UInt8>) {
    if !bytes.isEmpty {
      bytes += repeatElement(UInt8(ascii: "\n"), count: max(lineFeeds, lineFeedsBeforeGap))
    }
    (lineFeeds, lineFeedsBeforeGap) = (0, 0)
    bytes += content
  }

  /// Says that something was left out here: the line breaks around it count once.
  mutating func noteGap() {
    lineFeedsBeforeGap = max(lineFeedsBeforeGap, lineFeeds)
    lineFeeds = 0
  }
}

extension CollapsedText {
  private mutating func appendLine(_ line: ArraySlice<UInt8>) {
    let isAtLineStart = bytes.isEmpty || lineFeeds > 0 || lineFeedsBeforeGap > 0
    let content = isAtLineStart ? line.drop(while: \.isHTMLSpace) : line
    if !content.isEmpty { appendVerbatim(content) }
  }
}
