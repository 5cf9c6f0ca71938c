/// Cuts Markdown into blocks, line by line: CommonMark 0.31, chapters 3 to 5, and rows of tables.
///
/// It differs in these things: `[^1]: ` defines nothing, for the text of a note is to be seen; quotes
/// and lists nest as deep as a document does, and no deeper; a line that begins with `|` and goes on
/// with no paragraph is a row of a table.
struct MarkdownBlocks<Receiver: MarkdownReceiver> {
  private(set) var receiver: Receiver
  private let source: ArraySlice<UInt8>
  private var containers: [MarkdownContainer] = []
  private var leaf = Leaf.none
  /// The lines of the paragraph or the HTML that is open.
  private var lines = MarkdownLines()
  /// Blank lines of indented code that belong to it only if more code follows.
  private var blankLines: [(spaces: Int, line: ArraySlice<UInt8>)] = []
  /// Whether the receiver has not been told of the containers that are open.
  private var isPlaceOutdated = false
  /// The bytes looked at and the containers asked, for tests of how the work grows.
  private(set) var steps = 0

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
  fileprivate enum Leaf {
    case none
    case paragraph
    case table
    case indentedCode
    case fencedCode(MarkdownFence)
    case html(MarkdownHTMLBlock)
  }

  fileprivate var isInParagraph: Bool {
    if case .paragraph = leaf { return true }
    return false
  }

  fileprivate mutating func read(_ text: ArraySlice<UInt8>) {
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
  private func matchContainers(_ line: inout MarkdownLine) -> Int {
    for (depth, container) in containers.enumerated() {
      guard container.matches(&line) else { return depth }
    }
    if containers.last?.isQuote == true && containers.holdsMostQuotes { skipQuoteMarks(&line) }
    return containers.count
  }

  fileprivate func skipQuoteMarks(_ line: inout MarkdownLine) {
    while !line.isIndented, line.first == UInt8(ascii: ">") {
      line.take(1)
      line.skip(columns: 1)
    }
  }

  private mutating func endParagraphOrTable() {
    switch leaf {
    case .paragraph, .table: endLeaf()
    default: break
    }
  }
}

// MARK: What a line begins

extension MarkdownBlocks {
  /// Opens the containers and the block that begin on the line; true if nothing of it is left.
  fileprivate mutating func openBlocks(_ line: inout MarkdownLine, below depth: inout Int) -> Bool {
    // Until a container opens, the paragraph above may go on with the line.
    var isBelowParagraph = isInParagraph
    while let first = line.first {
      if line.isIndented {
        return !isBelowParagraph && openIndented(line, below: depth)
      }
      if first == UInt8(ascii: ">") {
        openQuote(&line, below: depth)
      } else if openLeaf(line, first, below: depth, isBelowParagraph: isBelowParagraph) {
        return true
      } else if !openItem(&line, below: depth, isBelowParagraph: isBelowParagraph) {
        return false
      }
      depth = containers.count
      isBelowParagraph = false
    }
    return false
  }

  private mutating func openLeaf(
    _ line: MarkdownLine, _ first: UInt8, below depth: Int, isBelowParagraph: Bool
  ) -> Bool {
    let continues = isBelowParagraph && depth == containers.count
    switch first {
    case UInt8(ascii: "#"): return openHeading(line, below: depth)
    case UInt8(ascii: "`"), UInt8(ascii: "~"): return openFence(line, below: depth)
    case UInt8(ascii: "<"):
      return openHTML(line, below: depth, isBelowParagraph: isBelowParagraph)
    case UInt8(ascii: "|"): return !isBelowParagraph && appendTableRow(line, below: depth)
    case UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
      if continues, let level = line.underlineLevel, endHeading(level) { return true }
      return line.isRule && appendRule(below: depth)
    default: return false
    }
  }

  private mutating func openHeading(_ line: MarkdownLine, below depth: Int) -> Bool {
    guard let heading = line.heading else { return false }
    begin(below: depth)
    updatePlace()
    receiver.appendHeading(heading.level, heading.text)
    return true
  }

  private mutating func appendRule(below depth: Int) -> Bool {
    begin(below: depth)
    updatePlace()
    receiver.appendRule()
    return true
  }

  /// Makes a heading of the paragraph above; false if it holds nothing but definitions.
  private mutating func endHeading(_ level: Int) -> Bool {
    let text = definitionsTaken()
    guard !text.isBlankText else { return false }
    lines.removeAll()
    leaf = .none
    updatePlace()
    receiver.appendHeading(level, text)
    return true
  }

  private mutating func openFence(_ line: MarkdownLine, below depth: Int) -> Bool {
    guard let fence = line.fence else { return false }
    begin(below: depth, .fencedCode(fence))
    updatePlace()
    receiver.beginCode()
    return true
  }

  private mutating func openHTML(
    _ line: MarkdownLine, below depth: Int, isBelowParagraph: Bool
  ) -> Bool {
    guard let block = MarkdownHTMLBlock(openedBy: line.content),
      block.endsParagraph || !isBelowParagraph
    else { return false }
    begin(below: depth, .html(block))
    appendToHTML(line, block)
    return true
  }

  private mutating func openIndented(_ line: MarkdownLine, below depth: Int) -> Bool {
    begin(below: depth, .indentedCode)
    updatePlace()
    receiver.beginCode()
    appendCode(line, withoutColumns: MarkdownLine.codeIndent)
    return true
  }

  private mutating func appendTableRow(_ line: MarkdownLine, below depth: Int) -> Bool {
    var isFirst = true
    if case .table = leaf, depth == containers.count { isFirst = false }
    if isFirst { begin(below: depth, .table) }
    updatePlace()
    receiver.appendTableRow(line.content, isFirst: isFirst)
    return true
  }
}

// MARK: Containers

extension MarkdownBlocks {
  private mutating func openQuote(_ line: inout MarkdownLine, below depth: Int) {
    begin(below: depth)
    if containers.holdsMostQuotes {
      skipQuoteMarks(&line)
    } else {
      line.take(1)
      line.skip(columns: 1)
      open(.quote, receiver.newContainer(.quote))
    }
  }

  private mutating func openItem(
    _ line: inout MarkdownLine, below depth: Int, isBelowParagraph: Bool
  ) -> Bool {
    guard let mark = line.listMark else { return false }
    // A number that a line of text happens to begin with is no item's.
    if isBelowParagraph && depth == containers.count {
      let isFirst = mark.marker == .bullet || mark.marker == .number(1)
      guard isFirst, !line.content.dropFirst(mark.count).isBlankText else { return false }
    }
    var indent = line.indent + mark.count
    var depth = depth
    if containers.prefix(depth).holdsMostLists, depth > 0, !containers[depth - 1].isList {
      // The item is the innermost list's.
      guard case .item(let outer) = containers[depth - 1].kind else { return false }
      indent += outer
      depth -= 1
    }
    line.take(mark.count)
    let isBlankItem = line.isBlank
    let padding = isBlankItem || line.indent > MarkdownLine.codeIndent ? 1 : line.indent
    line.skip(columns: padding)
    openItem(mark, indent: indent + (isBlankItem ? 1 : padding), below: depth)
    return true
  }

  private mutating func openItem(_ mark: MarkdownListMark, indent: Int, below depth: Int) {
    endLeaf()
    close(to: depth)
    var marker = mark.marker
    if let last = containers.last, case .list(mark.byte, let next) = last.kind {
      // Numbers go on from the first, however the others are written: `1. 1. 1.` counts to three.
      if case .number = marker { marker = .number(next) }
    } else {
      closeList()
      open(.list(mark: mark.byte, next: 0), receiver.newContainer(.list))
    }
    if case .number(let number) = marker {
      containers[containers.count - 1].kind = .list(mark: mark.byte, next: number + 1)
    }
    open(.item(indent: indent), receiver.newContainer(.item(marker)))
    receiver.beginItem(marker)
  }

  private mutating func open(_ kind: MarkdownContainer.Kind, _ container: Container) {
    if let last = containers.indices.last { containers[last].isEmpty = false }
    containers.append(MarkdownContainer(kind: kind, container: container))
    isPlaceOutdated = true
  }

  /// Ends what the block that begins is not part of.
  fileprivate mutating func begin(below depth: Int, _ next: Leaf = .none) {
    endLeaf()
    close(to: depth)
    closeList()
    if let last = containers.indices.last { containers[last].isEmpty = false }
    leaf = next
  }

  fileprivate mutating func close(to depth: Int) {
    guard depth < containers.count else { return }
    endLeaf()
    if containers[depth...].contains(where: { !$0.isQuote && !$0.isList }) { receiver.endItem() }
    containers.removeSubrange(depth...)
    isPlaceOutdated = true
  }

  /// Ends a list that no item goes on with.
  private mutating func closeList() {
    if containers.last?.isList == true { close(to: containers.count - 1) }
  }

  private mutating func updatePlace() {
    guard isPlaceOutdated else { return }
    receiver.setContainers(containers.map(\.container))
    isPlaceOutdated = false
  }
}

// MARK: Lines of a block

extension MarkdownBlocks {
  /// Adds the line to the code or the HTML that is open; false if that does not go on.
  fileprivate mutating func continueVerbatim(_ line: MarkdownLine) -> Bool {
    switch leaf {
    case .none, .paragraph, .table: return false
    case .fencedCode(let fence):
      if line.closes(fence) { endLeaf() } else { appendCode(line, withoutColumns: fence.indent) }
    case .indentedCode:
      guard line.isIndented || line.isBlank else { return false }
      appendCode(line, withoutColumns: MarkdownLine.codeIndent)
    case .html(let block):
      if line.isBlank && block.endsAtBlankLine { endLeaf() } else { appendToHTML(line, block) }
    }
    return true
  }

  fileprivate mutating func appendToParagraph(_ line: MarkdownLine) {
    lines.append(line.contentStart..<line.text.endIndex, of: source, .collapsed)
  }

  private mutating func appendToHTML(_ line: MarkdownLine, _ block: MarkdownHTMLBlock) {
    lines.append(line.position..<line.text.endIndex, of: source, .kept)
    if block.ends(with: line.content) { endLeaf() }
  }

  private mutating func appendCode(_ line: MarkdownLine, withoutColumns columns: Int) {
    var line = line
    line.skip(columns: columns)
    let margin = line.margin
    let code = line.text[min(margin.start, line.text.endIndex)...]
    if case .indentedCode = leaf, line.isBlank { return blankLines.append((margin.spaces, code)) }
    for blank in blankLines { receiver.appendCode(spaces: blank.spaces, blank.line) }
    blankLines.removeAll()
    receiver.appendCode(spaces: margin.spaces, code)
  }

  fileprivate mutating func endLeaf() {
    let ended = leaf
    leaf = .none
    switch ended {
    case .none, .table: return
    case .fencedCode, .indentedCode:
      blankLines.removeAll()
      return receiver.endCode()
    case .paragraph:
      let text = definitionsTaken()
      if !text.isBlankText {
        updatePlace()
        receiver.appendParagraph(text)
      }
    case .html:
      updatePlace()
      receiver.appendHTML(lines.text(in: source))
    }
    lines.removeAll()
  }

  /// The paragraph's text behind the definitions that it begins with.
  private mutating func definitionsTaken() -> ArraySlice<UInt8> {
    var text = lines.text(in: source)
    while text.first == UInt8(ascii: "[") {
      var scanner = LinkDefinitionScanner(text)
      let definition = scanner.scan()
      steps += scanner.steps
      guard let definition else { break }
      receiver.define(definition)
      text = text[scanner.end...].drop(while: \.isBlankByte)
    }
    return text
  }
}
