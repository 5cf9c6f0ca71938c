/// The lines of a text that is being laid out.
struct TerminalPage {
  private let width: Int
  private let color: Bool
  private(set) var output = ""
  private var footnotes = Footnotes()
  private var previous: TextBlock?

  private static let widestRule = 40
  private static let tab = "    "

  init(width: Int, color: Bool) {
    self.width = width
    self.color = color
  }

  mutating func append(_ block: TextBlock) {
    if let previous { appendGap(between: previous, and: block) }
    let (first, later) = prefixes(of: block)
    let wrapper = LineWrapper(columns: width - first.displayWidth)
    let cells = block.kind == .rule ? rule(wrapper.columns) : cells(of: block)
    var isFirst = true
    for line in cells.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd) {
      for range in wrapper.lines(of: line) {
        if !isFirst { output += "\n" }
        appendLine(isFirst ? first : later, cells[range])
        isFirst = false
      }
    }
    previous = block
  }

  /// Adds the list of addresses that the text links to.
  mutating func appendFootnotes() {
    for (index, address) in footnotes.addresses.enumerated() {
      output += index == 0 ? "\n\n" : "\n"
      output += "[\(index + 1)] " + TerminalEscape.escaped(address)
    }
  }
}

// MARK: Lines

extension TerminalPage {
  fileprivate mutating func appendGap(between previous: TextBlock, and block: TextBlock) {
    output += "\n"
    if block.isTight(after: previous) { return }
    appendLine(quoteMarks(min(previous.quoteDepth, block.quoteDepth)), [])
    output += "\n"
  }

  fileprivate mutating func appendLine(_ prefix: String, _ cells: ArraySlice<TerminalCell>) {
    output += cells.isEmpty ? prefix.trimmedAtEnd : prefix
    var style: TerminalStyle = []
    for cell in cells {
      if color && cell.style != style {
        if !style.isEmpty { output += TerminalStyle.reset }
        if !cell.style.isEmpty { output += cell.style.sequence }
        style = cell.style
      }
      output.append(cell.character)
    }
    if !style.isEmpty { output += TerminalStyle.reset }
  }

  /// What stands before a block's first line and before its others, both equally wide.
  fileprivate func prefixes(of block: TextBlock) -> (first: String, later: String) {
    let quote = quoteMarks(block.quoteDepth)
    var marker = block.listDepth > 0 ? "  " : ""
    if case .listItem(let listMarker) = block.kind { marker = listMarker.text }
    // Text keeps half the width, however deep it stands and however long its number is.
    let room = max(0, width / 2 - quote.displayWidth)
    marker = marker.displayWidth > room ? "" : marker
    let indent = min(2 * max(0, block.listDepth - 1), room - marker.displayWidth)
    let first = quote + String(repeating: " ", count: indent) + marker
    return (first, quote + String(repeating: " ", count: indent + marker.displayWidth))
  }

  fileprivate func quoteMarks(_ depth: Int) -> String {
    String(repeating: "│ ", count: min(depth, width / 4))
  }
}

// MARK: Cells

extension TerminalPage {
  fileprivate func rule(_ columns: Int) -> [TerminalCell] {
    Array(repeating: TerminalCell("─", .dim), count: min(columns, TerminalPage.widestRule))
  }

  fileprivate mutating func cells(of block: TextBlock) -> [TerminalCell] {
    var cells: [TerminalCell] = []
    var linkText = ""
    let runs = [TextRun](block.inlines)
    for (index, run) in runs.enumerated() {
      let text = printable(run.visibleText)
      let style = style(of: run, in: block)
      cells += text.map { TerminalCell($0, style) }
      guard let link = run.link else { continue }
      linkText += run.visibleText
      let next = index + 1 < runs.count ? runs[index + 1].link : nil
      if next != link {
        cells += footnote(for: link, text: linkText)
        linkText = ""
      }
    }
    return cells
  }

  /// The number of a link's address, which no line end may part from the link.
  fileprivate mutating func footnote(for address: String, text: String) -> [TerminalCell] {
    guard let number = footnotes.number(for: address, text: text) else { return [] }
    return "[\(number)]".map { TerminalCell($0, .dim, isGlued: true) }
  }

  fileprivate func printable(_ text: String) -> String {
    guard text.utf8.contains(0x09) else {
      return TerminalEscape.escaped(text, keepingNewlines: true)
    }
    let parts = text.split(separator: "\t", omittingEmptySubsequences: false)
    return TerminalEscape.escaped(
      parts.joined(separator: TerminalPage.tab), keepingNewlines: true)
  }

  fileprivate func style(of run: TextRun, in block: TextBlock) -> TerminalStyle {
    var style: TerminalStyle = []
    if case .heading = block.kind { style.insert(.bold) }
    if run.style.contains(.strong) { style.insert(.bold) }
    if run.style.contains(.emphasis) { style.insert(.italic) }
    if run.style.contains(.code) { style.insert(.cyan) }
    if run.link != nil { style.insert(.underline) }
    if run.image != nil { style.insert(.dim) }
    return style
  }
}

extension TerminalCell {
  fileprivate var isLineEnd: Bool { character == "\n" }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
