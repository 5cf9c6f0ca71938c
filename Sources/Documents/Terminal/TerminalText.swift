/// A document's text laid out for a terminal.
///
/// Paragraphs are wrapped to the width, at spaces and between Chinese characters; lists and quotes
/// are indented, code is kept and cut only where a line is full. Links are underlined and numbered;
/// their addresses follow at the end, unwrapped so that they can be copied, and are the only lines
/// that may pass the width. With color, headings and strong text are bold, emphasis is italic. All
/// text goes through `TerminalEscape`; the only escape sequences are the styles printed here. The
/// result ends without a line feed.
public struct TerminalText: Sendable {
  private let width: Int
  private let color: Bool

  /// A smaller width is taken as this.
  public static let narrowestWidth = 8

  /// - Parameters:
  ///   - width: The columns of the terminal.
  ///   - color: Whether to print ANSI styles.
  public init(width: Int, color: Bool) {
    self.width = max(width, TerminalText.narrowestWidth)
    self.color = color
  }

  /// The text of a document.
  public func text(of document: Document) -> String {
    var page = TerminalPage(width: width, color: color)
    for block in document.textBlocks { page.append(block) }
    page.appendFootnotes()
    return page.output
  }
}
