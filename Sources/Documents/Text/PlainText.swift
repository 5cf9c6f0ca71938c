/// A document's text without its markup, as Protocol 5.10 says what it is.
///
/// Blocks are parted by blank lines, items of a list and rows of a table by line ends. An item begins
/// with `• ` or its number, indented by two for each list around its own; a quote's lines begin with
/// `> `; an image is `[image: alt]`; a rule is `---`. A link shows its text only. Nothing is wrapped
/// and nothing depends on a width, a locale or a version of Unicode: the same body is the same text
/// everywhere, and highlights count its scalars. It ends without a line feed. Characters are as the
/// page has them, no-break spaces and controls included; `TerminalEscape` is for printing them.
public enum PlainText {
  /// The version of the rules, raised whenever any input's plain text changes.
  public static let version = 1

  /// The text of a document.
  public static func text(of document: Document) -> String {
    document.handOverTextBlocks(to: PlainTextPage()).text
  }

  /// The text of a page, which is read without making a tree of it.
  public static func text(reading bytes: [UInt8], as format: DocumentFormat) -> String {
    Document.read(bytes, as: format, handingOverTo: PlainTextPage()).text
  }
}

/// The text of the blocks so far.
struct PlainTextPage: TextBlockReceiver {
  private var output: [UInt8] = []
  private var frame = PlainTextFrame()

  var text: String { String(decoding: output, as: UTF8.self) }

  mutating func append(_ block: TextBlock) {
    if !block.isContinuation { output += frame.beginning(of: block).utf8 }
    for run in block.runs { append(run) }
  }

  private mutating func append(_ run: TextRun) {
    var rest = run.visibleText[...].utf8
    while !frame.linePrefix.isEmpty, let end = rest.firstIndex(of: 0x0A) {
      output += rest[...end]
      output += frame.linePrefix.utf8
      rest = rest[rest.index(after: end)...]
    }
    output += rest
  }
}
