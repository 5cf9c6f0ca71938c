/// Reads HTML into a document: a page at once, or fragment by fragment as Markdown meets it.
///
/// It is no tree builder. It follows which elements are open, closes what HTML closes by itself
/// (`p`, `li`, cells), survives what is closed twice or never, puts links in the place of players, and
/// drops what a reader does not see: scripts, styles, drawings, `hidden`, `display:none`, and images
/// of one pixel.
struct HTMLReader {
  var open = OpenElements()
  /// The place in `open` of the element whose content is not shown.
  var droppedIndex: Int?
  /// Whether what is not shown is a player whose address is still to come.
  var awaitsAddress = false
  /// The number of the next item in each open list; nil where the list has bullets.
  private var nextNumbers: [Int?] = []

  static func document(in source: ArraySlice<UInt8>) -> Document {
    var builder = DocumentBuilder()
    var reader = HTMLReader()
    reader.read(source, into: &builder)
    return builder.finish()
  }

  /// Reads a fragment; elements it leaves open stay open for the next.
  mutating func read(_ source: ArraySlice<UInt8>, into builder: inout DocumentBuilder) {
    var tokenizer = HTMLTokenizer(source)
    while let token = tokenizer.next() { take(token, of: source, into: &builder) }
  }

  /// Reads one token of a source.
  mutating func take(
    _ token: HTMLToken, of source: ArraySlice<UInt8>, into builder: inout DocumentBuilder
  ) {
    switch token {
    case .text(let range): appendText(source[range], to: &builder)
    case .startTag(let tag): startElement(tag, in: &builder)
    case .endTag(let tag): endElement(named: tag.name, in: &builder)
    case .comment, .doctype: break
    }
    builder.isSuppressed = droppedIndex != nil
  }
}

extension HTMLReader {
  fileprivate func appendText(_ bytes: ArraySlice<UInt8>, to builder: inout DocumentBuilder) {
    guard bytes.contains(UInt8(ascii: "&")) else { return builder.append(bytes) }
    var decoded: [UInt8] = []
    HTMLCharacterReferences.append(bytes, to: &decoded, in: .text)
    builder.append(decoded[...])
  }
}

// MARK: Start tags

extension HTMLReader {
  fileprivate mutating func startElement(_ tag: HTMLTag, in builder: inout DocumentBuilder) {
    let element = HTMLElement(named: tag.name)
    if tag.endsForeignContent { endForeignContent(in: &builder) }
    closeImplied(by: element, named: tag.name, in: &builder)
    if element.isVoid { return appendVoid(element, tag, to: &builder) }
    if case .foreign = element, tag.isSelfClosing { return }
    let isShown = droppedIndex == nil
    let isDropped = isShown && isInvisible(element, tag)
    guard !open.isFull || isDropped || isShown && element.isPlayer else { return }
    if element.isBlock && !(element.isCell && builder.kind == .tableRow) { builder.flush() }
    if element.isPlayer && !isDropped { return beginPlayer(tag, in: &builder) }
    if isDropped { droppedIndex = open.count }
    open.push(OpenElement(name: tag.name, element: element, outerLink: builder.link))
    begin(element, tag, in: &builder)
  }

  fileprivate func isInvisible(_ element: HTMLElement, _ tag: HTMLTag) -> Bool {
    switch element {
    case .dropped, .foreign: true
    default: tag.isHidden
    }
  }

  fileprivate mutating func appendVoid(
    _ element: HTMLElement, _ tag: HTMLTag, to builder: inout DocumentBuilder
  ) {
    switch element {
    case .rule: builder.appendRule()
    case .lineBreak: builder.breakLine()
    case .image: appendImage(tag, to: &builder)
    case .plugin: if !tag.isHidden { appendPlayer(at: tag.playedAddress, to: &builder) }
    case .playerSource: appendSource(tag, to: &builder)
    default: break
    }
  }

  fileprivate func appendImage(_ tag: HTMLTag, to builder: inout DocumentBuilder) {
    guard !builder.isSuppressed, !tag.isHidden, !tag.isPixel else { return }
    let address = tag.value(of: "src") ?? tag.value(of: "data-src") ?? ""
    let words = tag.value(of: "alt")?.split { $0.isWhitespace } ?? []
    guard !address.isEmpty || !words.isEmpty else { return }
    builder.appendImage(alternativeText: words.joined(separator: " "), address: address)
  }

  fileprivate mutating func begin(
    _ element: HTMLElement, _ tag: HTMLTag, in builder: inout DocumentBuilder
  ) {
    switch element {
    case .heading(let level): builder.kind = .heading(level: level)
    case .table: builder.beginTable()
    case .tableRow: beginRow(in: &builder)
    case .tableCell: beginCell(tag, in: &builder)
    case .list(let isOrdered): beginList(isOrdered: isOrdered, tag, in: &builder)
    case .listItem: beginItem(tag, in: &builder)
    case .quote: open.setContainer(builder.open(.quote))
    case .figure: open.setContainer(builder.open(.figure))
    case .figureCaption: open.setContainer(builder.open(.caption))
    case .preformatted: builder.preformattedDepth += 1
    case .emphasis: builder.emphasis += 1
    case .strong: builder.strong += 1
    case .code: builder.code += 1
    case .link: builder.link = tag.value(of: "href")?.nonEmpty
    default: break
    }
  }

  fileprivate func beginRow(in builder: inout DocumentBuilder) {
    builder.kind = .tableRow
    builder.beginRow()
  }

  /// Cells without text before the first that has some are not told apart.
  fileprivate func beginCell(_ tag: HTMLTag, in builder: inout DocumentBuilder) {
    builder.noteCell(isHeader: tag.name == "th")
    if builder.kind == .tableRow && !builder.isEmpty { builder.endCell() }
  }

  fileprivate mutating func beginList(
    isOrdered: Bool, _ tag: HTMLTag, in builder: inout DocumentBuilder
  ) {
    open.setContainer(builder.open(.list))
    let start = tag.value(of: "start").flatMap { Int($0) } ?? 1
    nextNumbers.append(isOrdered ? start : nil)
  }

  fileprivate mutating func beginItem(_ tag: HTMLTag, in builder: inout DocumentBuilder) {
    let marker = nextMarker(tag)
    builder.pendingMarker = marker
    open.setContainer(builder.open(.item(marker)))
  }

  fileprivate mutating func nextMarker(_ tag: HTMLTag) -> ListMarker {
    guard let last = nextNumbers.indices.last, let next = nextNumbers[last] else { return .bullet }
    let number = tag.value(of: "value").flatMap { Int($0) } ?? next
    nextNumbers[last] = number &+ 1
    return .number(number)
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
    by element: HTMLElement, named name: String, in builder: inout DocumentBuilder
  ) {
    switch element {
    case .listItem: close(name, within: HTMLReader.lists, in: &builder)
    case .tableRow: close(name, within: HTMLReader.table, in: &builder)
    case .tableCell:
      close("td", within: HTMLReader.rows, in: &builder)
      close("th", within: HTMLReader.rows, in: &builder)
    case .heading, .list, .quote, .preformatted, .table, .figure, .figureCaption, .block,
      .paragraph, .rule:
      close("p", within: HTMLReader.paragraphHolders, in: &builder)
    default: break
    }
  }

  fileprivate mutating func close(
    _ name: String, within boundaries: Set<String>, in builder: inout DocumentBuilder
  ) {
    if let index = open.lastIndex(of: name, within: boundaries) {
      closeAll(from: index, in: &builder)
    }
  }

  fileprivate mutating func endElement(named name: String, in builder: inout DocumentBuilder) {
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

  mutating func closeAll(from index: Int, in builder: inout DocumentBuilder) {
    while open.count > index { closeOne(at: open.count - 1, in: &builder) }
  }

  fileprivate mutating func closeOne(at index: Int, in builder: inout DocumentBuilder) {
    let closed = open.remove(at: index)
    if let dropped = droppedIndex, index <= dropped {
      droppedIndex = index == dropped ? nil : dropped - 1
      if index == dropped { awaitsAddress = false }
    }
    if closed.element.isBlock && !closed.element.isCell { builder.flush() }
    end(closed, in: &builder)
    builder.isSuppressed = droppedIndex != nil
  }

  fileprivate mutating func end(_ closed: OpenElement, in builder: inout DocumentBuilder) {
    if let container = closed.container { builder.close(container) }
    switch closed.element {
    case .heading, .tableRow: builder.kind = .paragraph
    case .table: builder.beginTable()
    case .list:
      nextNumbers.removeLast()
      builder.pendingMarker = nil
    case .listItem: builder.pendingMarker = nil
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
