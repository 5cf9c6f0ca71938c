/// Finds what a Markdown page is called.
public enum MarkdownTitle {
  /// The first heading, else the first line that is not blank.
  public static func find(in text: ArraySlice<UInt8>) -> String? {
    var blocks = MarkdownBlocks(text, TitleReader())
    blocks.read { $0.title != nil }
    return blocks.receiver.title ?? firstLine(of: text)
  }

  private static func firstLine(of text: ArraySlice<UInt8>) -> String? {
    for line in text.lines {
      if let title = line.asTitle { return title }
    }
    return nil
  }
}

/// Waits for the first heading that says something.
private struct TitleReader: MarkdownReceiver {
  private(set) var title: String?

  mutating func appendHeading(_ level: Int, _ text: ArraySlice<UInt8>) {
    title = title ?? text.asTitle
  }
}
