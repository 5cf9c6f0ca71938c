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
  private let marks: [Range<Int>]
  private let isAway: @Sendable (String) -> Bool

  /// A smaller width is taken as this.
  public static let narrowestWidth = 8

  /// - Parameters:
  ///   - width: The columns of the terminal.
  ///   - color: Whether to print ANSI styles.
  ///   - marks: Passages to print in reverse video, in scalars of the page's plain text; they may
  ///     overlap. Without color they are not marked.
  ///   - isAway: Whether a picture is not here and could be had at its address, which the page wrote
  ///     so: then that is printed with its words.
  public init(
    width: Int, color: Bool, marks: [Range<Int>] = [],
    isAway: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    self.isAway = isAway
    self.width = max(width, TerminalText.narrowestWidth)
    self.color = color
    self.marks = color ? marks : []
  }

  /// The text of a document.
  public func text(of document: Document) -> String {
    finished(document.handOverTextBlocks(to: page))
  }

  /// The text of a page, which is read without making a tree of it.
  public func text(reading bytes: [UInt8], as format: DocumentFormat) -> String {
    finished(Document.read(bytes, as: format, handingOverTo: page))
  }

  private var page: TerminalPage {
    TerminalPage(width: width, color: color, marks: marks, isAway: isAway)
  }

  private func finished(_ page: TerminalPage) -> String {
    var page = page
    page.endBlock()
    page.appendFootnotes()
    return page.output
  }
}
