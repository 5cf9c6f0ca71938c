/// Cuts Markdown into blocks, line by line: CommonMark 0.31, chapters 3 to 5, and rows of tables.
///
/// It differs in these things: `[^1]: ` defines nothing, for the text of a note is to be seen; quotes
/// and lists nest as deep as a document does, and no deeper; a line that begins with `|` and goes on
/// with no paragraph is a row of a table.
struct MarkdownBlocks<Receiver: MarkdownReceiver> {
  var receiver: Receiver
  let source: ArraySlice<UInt8>
  var containers: [MarkdownContainer] = []
  var leaf = Leaf.none
  /// The lines of the paragraph or the HTML that is open.
  var lines = MarkdownLines()
  /// Blank lines of indented code that belong to it only if more code follows.
  var blankLines: [(spaces: Int, line: ArraySlice<UInt8>)] = []
  /// Whether the receiver has not been told of the containers that are open.
  var isPlaceOutdated = false
  /// The bytes looked at and the containers asked, for tests of how the work grows.
  var steps = 0

  init(_ source: ArraySlice<UInt8>, _ receiver: Receiver) {
    self.source = source
    self.receiver = receiver
  }

  /// Reads lines until `isDone` says that no more need be read.
  mutating func read(until isDone: (Receiver) -> Bool = { _ in false }) {
    var rest = source.lines
    while !isDone(receiver), let line = rest.next() { read(line) }
    endLeaf()
  }
}

extension MarkdownBlocks {
  /// The block that lines are added to.
  enum Leaf {
    case none
    case paragraph
    case table
    case indentedCode
    case fencedCode(MarkdownFence)
    case html(MarkdownHTMLBlock)
  }

  var isInParagraph: Bool {
    if case .paragraph = leaf { return true }
    return false
  }

  mutating func read(_ text: ArraySlice<UInt8>) {
    var line = MarkdownLine(text)
    var depth = matchContainers(&line)
    steps += text.count + containers.count + 1
    if depth == containers.count && continueVerbatim(line) { return }
    if openBlocks(&line, below: &depth) { return }
    if line.isBlank {
      endParagraphOrTable()
      if depth < containers.count { close(to: depth) }
    } else if isInParagraph {
      // Perhaps without the marks of the containers it is in.
      appendToParagraph(line)
    } else {
      begin(below: depth, .paragraph)
      appendToParagraph(line)
    }
  }

  /// How many of the open containers the line belongs to; goes past what stands for them.
  func matchContainers(_ line: inout MarkdownLine) -> Int {
    for (depth, container) in containers.enumerated() {
      guard container.matches(&line) else { return depth }
    }
    if containers.last?.isQuote == true && containers.holdsMostQuotes { skipQuoteMarks(&line) }
    return containers.count
  }

  func skipQuoteMarks(_ line: inout MarkdownLine) {
    while !line.isIndented, line.first == UInt8(ascii: ">") {
      line.take(1)
      line.skip(columns: 1)
    }
  }

  mutating func endParagraphOrTable() {
    switch leaf {
    case .paragraph, .table: endLeaf()
    default: break
    }
  }
}
