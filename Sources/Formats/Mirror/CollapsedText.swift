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
    text.withUnsafeBufferPointer { text in
      var start = 0
      while let end = text.place(of: UInt8(ascii: "\n"), from: start) {
        append(line: UnsafeBufferPointer(rebasing: text[start..<end]))
        lineFeeds = min(2, lineFeeds + 1)
        start = end + 1
      }
      append(line: UnsafeBufferPointer(rebasing: text[start...]))
    }
  }

  /// Appends a tag, or the text of `pre`.
  mutating func appendVerbatim(_ content: ArraySlice<UInt8>) {
    endLines()
    bytes += content
  }

  /// Says that something was left out here: the line breaks around it count once.
  mutating func noteGap() {
    lineFeedsBeforeGap = max(lineFeedsBeforeGap, lineFeeds)
    lineFeeds = 0
  }
}

extension CollapsedText {
  private mutating func append(line: UnsafeBufferPointer<UInt8>) {
    var start = 0
    if bytes.isEmpty || lineFeeds > 0 || lineFeedsBeforeGap > 0 {
      while start < line.count, line[start].isHTMLSpace { start += 1 }
    }
    if start == line.count { return }
    endLines()
    bytes += UnsafeBufferPointer(rebasing: line[start...])
  }

  /// Writes the line feeds that are due.
  private mutating func endLines() {
    if !bytes.isEmpty {
      for _ in 0..<max(lineFeeds, lineFeedsBeforeGap) { bytes.append(UInt8(ascii: "\n")) }
    }
    (lineFeeds, lineFeedsBeforeGap) = (0, 0)
  }
}
