/// Reads Markdown into a document, line by line.
///
/// A readable subset of CommonMark: `#` and underlined headings, paragraphs with hard breaks,
/// bulleted and numbered lists, quotes, fenced code, rules, the rows of pipe tables, and HTML, block
/// or inline, which goes to the HTML reader. Inside a line: emphasis, code, links and images
/// (inline, by reference, automatic), backslash escapes, character references.
///
/// Not CommonMark: four spaces do not make code, for mirrored pages indent their HTML; a nested
/// list need only be two columns further in; a quote around a list and one inside an item are
/// told apart, deeper alternation is not; markers of emphasis treat Chinese punctuation as letters.
struct MarkdownReader {
  var builder = DocumentBuilder()
  var html = HTMLReader()
  let references: LinkReferences
  /// The lines of the paragraph being read, joined by line feeds.
  private var paragraph: [UInt8] = []
  private var openBlock: MarkdownVerbatim?
  /// The text of `openBlock` so far.
  private var verbatim: [UInt8] = []
  var lists: [MarkdownList] = []
  /// The quotes that stand around the lists, and those inside the innermost item.
  private var outerQuotes: [Container] = []
  private var innerQuotes: [Container] = []
  /// Whether the line before is a row of a table.
  private var isInTable = false

  static func document(in source: ArraySlice<UInt8>) -> Document {
    let lines = source.split(separator: 0x0A, omittingEmptySubsequences: false)
    var reader = MarkdownReader(references: LinkReferences(lines))
    for line in lines { reader.read(line) }
    reader.endParagraph()
    reader.endOpenBlock()
    return reader.builder.finish()
  }

  private init(references: LinkReferences) { self.references = references }
}

extension MarkdownReader {
  fileprivate mutating func read(_ line: ArraySlice<UInt8>) {
    if openBlock != nil && continueOpenBlock(line) { return }
    var cursor = MarkdownCursor(line)
    let isInItem =
      outerQuotes.isEmpty && lists.first.map { cursor.indent >= $0.textIndent } ?? false
    let quotes = isInItem ? 0 : cursor.takeQuoteMarks()
    if cursor.isBlank { return readBlankLine(quotes: quotes) }
    if continuesParagraph(cursor, quotes: quotes) { return appendToParagraph(cursor) }
    if quotes != outerQuotes.count { leaveQuotes(for: quotes) }
    readItems(&cursor)
    readBlock(cursor)
  }

  fileprivate mutating func readBlankLine(quotes: Int) {
    endParagraph()
    isInTable = false
    if quotes != outerQuotes.count { leaveQuotes(for: quotes) }
  }

  /// Whether the line is more of a quoted paragraph though it lacks the quote's marks.
  fileprivate func continuesParagraph(_ cursor: MarkdownCursor, quotes: Int) -> Bool {
    !paragraph.isEmpty && quotes < outerQuotes.count && !cursor.interruptsParagraph
      && cursor.underlineLevel == nil
  }

  fileprivate mutating func leaveQuotes(for quotes: Int) {
    endParagraph()
    outerQuotes = builder.quotes(quotes, with: outerQuotes)
    innerQuotes = []
    lists = []
    updateNesting()
  }

  fileprivate mutating func updateNesting() {
    builder.setMarkdown(outerQuotes + lists.flatMap { [$0.list, $0.item] } + innerQuotes)
  }
}

// MARK: Lists

extension MarkdownReader {
  /// Goes past the markers of items that begin on this line, or leaves the lists it is not part of.
  fileprivate mutating func readItems(_ cursor: inout MarkdownCursor) {
    var isNew = false
    while let item = cursor.listMarker, !cursor.isRule, isNew || beginsItem(cursor),
      !isNew || lists.count < Document.deepestNesting
    {
      endParagraph()
      innerQuotes = []
      builder.pendingMarker = lists.open(item.marker, at: cursor.column, in: &builder)
      cursor.advance(by: item.count)
      isNew = true
    }
    if !isNew { leaveLists(cursor) }
    readInnerQuotes(&cursor)
    updateNesting()
  }

  /// Leaves the lists that the line is not far enough in for, unless it goes on with a paragraph.
  fileprivate mutating func leaveLists(_ cursor: MarkdownCursor) {
    guard let last = lists.last, cursor.column < last.textIndent,
      paragraph.isEmpty || cursor.interruptsParagraph
    else { return }
    endParagraph()
    lists.leave(before: cursor.column)
    builder.pendingMarker = nil
  }

  /// Whether a marker is one, and not a number that a line of text happens to begin with.
  fileprivate func beginsItem(_ cursor: MarkdownCursor) -> Bool {
    paragraph.isEmpty || !lists.isEmpty || cursor.interruptsParagraph
  }

  fileprivate mutating func readInnerQuotes(_ cursor: inout MarkdownCursor) {
    let quotes = lists.isEmpty ? 0 : cursor.takeQuoteMarks()
    guard quotes != innerQuotes.count,
      quotes > 0 || paragraph.isEmpty || cursor.interruptsParagraph
    else { return }
    endParagraph()
    innerQuotes = builder.quotes(quotes, with: innerQuotes)
  }
}

// MARK: Blocks

extension MarkdownReader {
  fileprivate mutating func readBlock(_ cursor: MarkdownCursor) {
    if cursor.isBlank { return }
    if cursor.first == UInt8(ascii: "|") && paragraph.isEmpty { return readTableRow(cursor.rest) }
    isInTable = false
    if let level = cursor.underlineLevel, !paragraph.isEmpty { return endParagraph(heading: level) }
    if let heading = cursor.heading { return appendHeading(heading.level, heading.text) }
    if cursor.isRule {
      endParagraph()
      return builder.appendRule()
    }
    if let fence = cursor.fence { return openCode(fence, cursor) }
    if cursor.opensHTML { return openHTML(cursor) }
    if paragraph.isEmpty && LinkReferences.definition(in: cursor.rest) != nil { return }
    appendToParagraph(cursor)
  }

  fileprivate mutating func appendToParagraph(_ cursor: MarkdownCursor) {
    if !paragraph.isEmpty { paragraph.append(0x0A) }
    paragraph += cursor.rest
  }

  fileprivate mutating func endParagraph(heading level: Int? = nil) {
    guard !paragraph.isEmpty else { return }
    let text = paragraph
    paragraph = []
    if let level { appendHeading(level, text[...]) } else { appendInline(text[...]) }
  }

  fileprivate mutating func appendHeading(_ level: Int, _ text: ArraySlice<UInt8>) {
    endParagraph()
    builder.flush()
    let outer = builder.kind
    builder.kind = .heading(level: level)
    appendInline(text)
    builder.kind = outer
  }

  /// Reads the text of one block.
  fileprivate mutating func appendInline(_ text: ArraySlice<UInt8>) {
    builder.flush()
    MarkdownInline.append(text, references, html: &html, to: &builder)
    builder.flush()
  }

  fileprivate mutating func readTableRow(_ line: ArraySlice<UInt8>) {
    if !isInTable { builder.beginTable() }
    defer { isInTable = true }
    guard let cells = MarkdownTable.cells(of: line) else { return builder.markHeader() }
    builder.flush()
    let outer = builder.kind
    builder.kind = .tableRow
    builder.beginRow()
    for (index, cell) in cells.enumerated() {
      if index > 0 { builder.endCell() }
      MarkdownInline.append(cell, references, html: &html, to: &builder)
    }
    builder.flush()
    builder.kind = outer
  }
}

// MARK: Code and HTML

extension MarkdownReader {
  fileprivate mutating func openCode(_ fence: (mark: UInt8, count: Int), _ cursor: MarkdownCursor) {
    endParagraph()
    openBlock = .code(
      MarkdownFence(
        mark: fence.mark, count: fence.count, indent: cursor.column,
        quotes: outerQuotes.count + innerQuotes.count))
  }

  fileprivate mutating func openHTML(_ cursor: MarkdownCursor) {
    endParagraph()
    var block = MarkdownHTML(quotes: outerQuotes.count + innerQuotes.count)
    block.follow(cursor.rest)
    openBlock = .html(block)
    appendVerbatim(cursor.rest)
  }

  fileprivate mutating func appendVerbatim(_ line: ArraySlice<UInt8>, indent: Int = 0) {
    verbatim.append(contentsOf: repeatElement(0x20, count: indent))
    verbatim += line
    verbatim.append(0x0A)
  }

  /// Gives the line to the code or the HTML that is open; false if that ended before the line.
  fileprivate mutating func continueOpenBlock(_ line: ArraySlice<UInt8>) -> Bool {
    switch openBlock?.take(line) {
    case .text(let text, let indent):
      appendVerbatim(text, indent: indent)
      return true
    case .endedWithLine:
      endOpenBlock()
      return true
    case .endedBeforeLine, nil:
      endOpenBlock()
      return false
    }
  }

  fileprivate mutating func endOpenBlock() {
    guard let block = openBlock else { return }
    builder.flush()
    switch block {
    case .code:
      builder.preformattedDepth += 1
      builder.append(verbatim[...])
      builder.flush()
      builder.preformattedDepth -= 1
    case .html:
      html.read(verbatim[...], into: &builder)
      builder.flush()
    }
    openBlock = nil
    verbatim.removeAll(keepingCapacity: true)
  }
}
