/// Reads HTML into blocks: a page at once, or fragment by fragment as Markdown meets it.
///
/// It is no tree builder. It follows which elements are open, closes what HTML closes by itself
/// (`p`, `li`, cells), survives what is closed twice or never, and drops what a reader does not see:
/// scripts, styles, embedded frames, `hidden` and `display:none`, and images of one pixel.
struct HTMLReader {
  private var open = OpenElements()
  /// The place in `open` of the element whose content is not shown.
  private var droppedIndex: Int?
  /// The number of the next item in each open list; nil where the list has bullets.
  private var nextNumbers: [Int?] = []

  static func blocks(of source: ArraySlice<UInt8>) -> [TextBlock] {
    var builder = BlockBuilder()
    var reader = HTMLReader()
    reader.read(source, into: &builder)
    builder.flush()
    return builder.blocks
  }

  /// Reads a fragment; elements it leaves open stay open for the next.
  mutating func read(_ source: ArraySlice<UInt8>, into builder: inout BlockBuilder) {
    var tokenizer = HTMLTokenizer(source)
    while let token = tokenizer.next() {
      switch token {
      case .text(let range): appendText(source[range], to: &builder)
      case .startTag(let tag): startElement(tag, in: &builder)
      case .endTag(let tag): endElement(named: tag.name, in: &builder)
      case .comment, .doctype: break
      }
      builder.isSuppressed = droppedIndex != nil
    }
  }
}

extension HTMLReader {
  fileprivate func appendText(_ bytes: ArraySlice<UInt8>, to builder: inout BlockBuilder) {
    guard bytes.contains(UInt8(ascii: "&")) else { return builder.append(bytes) }
    var decoded: [UInt8] = []
    HTMLCharacterReferences.append(bytes, to: &decoded)
    builder.append(decoded[...])
  }
}

// MARK: Start tags

extension HTMLReader {
  fileprivate mutating func startElement(_ tag: HTMLTag, in builder: inout BlockBuilder) {
    let element = HTMLElement(named: tag.name)
    closeImplied(by: element, named: tag.name, in: &builder)
    if element.isVoid { return appendVoid(element, tag, to: &builder) }
    let isDropped = droppedIndex == nil && isInvisible(element, tag)
    guard !open.isFull || isDropped else { return }
    if element.isBlock && !(element.isCell && builder.kind == .tableRow) { builder.flush() }
    if isDropped { droppedIndex = open.count }
    open.push(OpenElement(name: tag.name, element: element, outerLink: builder.link))
    begin(element, tag, in: &builder)
  }

  fileprivate func isInvisible(_ element: HTMLElement, _ tag: HTMLTag) -> Bool {
    if case .dropped = element { return true }
    return tag.isHidden
  }

  fileprivate func appendVoid(
    _ element: HTMLElement, _ tag: HTMLTag, to builder: inout BlockBuilder
  ) {
    switch element {
    case .rule: builder.appendRule()
    case .lineBreak: builder.breakLine()
    case .image: appendImage(tag, to: &builder)
    default: break
    }
  }

  fileprivate func appendImage(_ tag: HTMLTag, to builder: inout BlockBuilder) {
    guard !builder.isSuppressed, !tag.isHidden, !tag.isPixel else { return }
    let address = tag.value(of: "src") ?? tag.value(of: "data-src") ?? ""
    let words = tag.value(of: "alt")?.split { $0.isWhitespace } ?? []
    guard !address.isEmpty || !words.isEmpty else { return }
    builder.appendImage(alternativeText: words.joined(separator: " "), address: address)
  }

  fileprivate mutating func begin(
    _ element: HTMLElement, _ tag: HTMLTag, in builder: inout BlockBuilder
  ) {
    switch element {
    case .heading(let level): builder.kind = .heading(level: level)
    case .tableRow: builder.kind = .tableRow
    case .tableCell: beginCell(in: &builder)
    case .list(let isOrdered): beginList(isOrdered: isOrdered, tag, in: &builder)
    case .listItem: beginItem(tag, in: &builder)
    case .quote: builder.htmlNesting.quotes += 1
    case .preformatted: builder.preformattedDepth += 1
    case .emphasis: builder.emphasis += 1
    case .strong: builder.strong += 1
    case .code: builder.code += 1
    case .link: builder.link = tag.value(of: "href")?.nonEmpty
    default: break
    }
  }

  fileprivate func beginCell(in builder: inout BlockBuilder) {
    if builder.kind == .tableRow && !builder.isEmpty { builder.append(" | ") }
  }

  fileprivate mutating func beginList(
    isOrdered: Bool, _ tag: HTMLTag, in builder: inout BlockBuilder
  ) {
    builder.htmlNesting.lists += 1
    let start = tag.value(of: "start").flatMap { Int($0) } ?? 1
    nextNumbers.append(isOrdered ? start : nil)
  }

  fileprivate mutating func beginItem(_ tag: HTMLTag, in builder: inout BlockBuilder) {
    guard let last = nextNumbers.indices.last, let next = nextNumbers[last] else {
      builder.pendingMarker = .bullet
      return
    }
    let number = tag.value(of: "value").flatMap { Int($0) } ?? next
    builder.pendingMarker = .number(number)
    nextNumbers[last] = number &+ 1
  }
}

// MARK: End tags

extension HTMLReader {
  fileprivate static let lists: Set<String> = ["ul", "ol", "menu"]
  fileprivate static let table: Set<String> = ["table"]
  fileprivate static let rows: Set<String> = ["tr", "table"]
  fileprivate static let paragraphHolders: Set<String> = ["td", "th", "li", "blockquote"]

  /// Closes what a start tag closes by itself: `<p>a<p>b`, `<li>a<li>b`, `<td>a<td>b`.
  fileprivate mutating func closeImplied(
    by element: HTMLElement, named name: String, in builder: inout BlockBuilder
  ) {
    switch element {
    case .listItem: close(name, within: HTMLReader.lists, in: &builder)
    case .tableRow: close(name, within: HTMLReader.table, in: &builder)
    case .tableCell:
      close("td", within: HTMLReader.rows, in: &builder)
      close("th", within: HTMLReader.rows, in: &builder)
    case .heading, .list, .quote, .preformatted, .block, .paragraph, .rule:
      close("p", within: HTMLReader.paragraphHolders, in: &builder)
    default: break
    }
  }

  fileprivate mutating func close(
    _ name: String, within boundaries: Set<String>, in builder: inout BlockBuilder
  ) {
    if let index = open.lastIndex(of: name, within: boundaries) {
      closeAll(from: index, in: &builder)
    }
  }

  fileprivate mutating func endElement(named name: String, in builder: inout BlockBuilder) {
    let element = HTMLElement(named: name)
    guard let index = open.lastIndex(of: name) else {
      if element.isBlock && !element.isVoid { builder.flush() }
      return
    }
    // `<b><div></b>` ends the bold face only; the division goes on.
    let holdsBlock = open.elements[index...].dropFirst().contains { $0.element.isBlock }
    if element.isBlock || !holdsBlock {
      closeAll(from: index, in: &builder)
    } else {
      closeOne(at: index, in: &builder)
    }
  }

  fileprivate mutating func closeAll(from index: Int, in builder: inout BlockBuilder) {
    while open.count > index { closeOne(at: open.count - 1, in: &builder) }
  }

  fileprivate mutating func closeOne(at index: Int, in builder: inout BlockBuilder) {
    let closed = open.remove(at: index)
    if let dropped = droppedIndex, index <= dropped {
      droppedIndex = index == dropped ? nil : dropped - 1
    }
    if closed.element.isBlock && !closed.element.isCell { builder.flush() }
    end(closed, in: &builder)
    builder.isSuppressed = droppedIndex != nil
  }

  fileprivate mutating func end(_ closed: OpenElement, in builder: inout BlockBuilder) {
    switch closed.element {
    case .heading, .tableRow: builder.kind = .paragraph
    case .list:
      builder.htmlNesting.lists -= 1
      nextNumbers.removeLast()
      builder.pendingMarker = nil
    case .listItem: builder.pendingMarker = nil
    case .quote: builder.htmlNesting.quotes -= 1
    case .preformatted: builder.preformattedDepth -= 1
    case .emphasis: builder.emphasis -= 1
    case .strong: builder.strong -= 1
    case .code: builder.code -= 1
    case .link: builder.link = closed.outerLink
    default: break
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
