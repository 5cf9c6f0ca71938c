/// The lines of a text that is being laid out.
struct TerminalPage: TextBlockReceiver {
  private let width: Int
  private let color: Bool
  private(set) var output = ""
  private var footnotes = Footnotes()
  /// The block before, without its text.
  private var previous: TextBlock?
  private var wrapper = LineWrapper(columns: 0)
  /// What stands before the block's first line, until that is there, and before the others.
  private var linePrefix: (first: String?, later: String) = (nil, "")
  private var openLink: OpenLink?
  /// The last cell, which a character of the next run may still become a part of.
  private var pending: TerminalCell?
  private var marks: TextMarks
  private let isAway: @Sendable (String) -> Bool
  /// The cells laid out, for tests of how the work grows.
  private(set) var steps = 0

  private static let widestRule = 40
  private static let tab = "    "

  /// - Parameters:
  ///   - marks: passages in scalars of the plain text, which are printed in reverse video.
  ///   - isAway: whether a picture is printed with its address.
  init(
    width: Int, color: Bool, marks: [Range<Int>] = [],
    isAway: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    self.width = width
    self.isAway = isAway
    self.color = color
    self.marks = TextMarks(joining: marks)
  }

  mutating func append(_ block: TextBlock) {
    if block.isContinuation { return appendCells(of: block.runs) }
    marks.begin(block)
    endBlock()
    if let previous { appendGap(between: previous, and: block) }
    let prefixes = prefixes(of: block)
    linePrefix = (prefixes.first, prefixes.later)
    wrapper = LineWrapper(columns: width - prefixes.first.displayWidth)
    previous = block
    previous?.runs = []
    if block.kind == .rule { appendRule() }
    appendCells(of: block.runs)
  }

  /// Ends the block that is open, if there is one.
  mutating func endBlock() {
    guard previous != nil else { return }
    endLink(before: nil)
    appendPending()
    appendLine(wrapper.finish())
    steps += wrapper.steps
  }

  /// Adds the list of addresses that the text links to.
  mutating func appendFootnotes() {
    footnotes.forgetNumbers()
    for (index, address) in footnotes.addresses.enumerated() {
      output += index == 0 ? "\n\n" : "\n"
      output += "[\(index + 1)] " + TerminalEscape.escaped(address)
    }
  }
}

// MARK: Lines

extension TerminalPage {
  private mutating func appendGap(between previous: TextBlock, and block: TextBlock) {
    output += "\n"
    if block.isTight(after: previous) { return }
    output += quoteMarks(min(previous.quoteDepth, block.quoteDepth)).trimmedAtEnd
    output += "\n"
  }

  private mutating func appendLine(_ cells: [TerminalCell]) {
    if linePrefix.first == nil { output += "\n" }
    let prefix = linePrefix.first ?? linePrefix.later
    linePrefix.first = nil
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
  private func prefixes(of block: TextBlock) -> (first: String, later: String) {
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

  private func quoteMarks(_ depth: Int) -> String {
    String(repeating: "│ ", count: min(depth, width / 4))
  }
}

// MARK: Cells

extension TerminalPage {
  private mutating func appendRule() {
    for _ in 0..<min(wrapper.columns, TerminalPage.widestRule) { append(TerminalCell("─", .dim)) }
  }

  private mutating func appendCells(of runs: [TextRun]) {
    for run in runs {
      endLink(before: run.link)
      let text = run.visibleText
      let style = style(of: run)
      // Marks are counted in the plain text, whatever is printed.
      let pieces = marks.pieces(of: text)
      if let address = run.image, isAway(address) {
        let isMarked = pieces.contains { !$0.passages.isEmpty }
        append(
          printable(TerminalPage.text(ofPicture: run.text, at: address)),
          isMarked ? style.union(.reverse) : style)
      } else {
        for piece in pieces {
          append(
            printable(String(piece.text)),
            piece.passages.isEmpty ? style : style.union(.reverse))
        }
      }
      if let link = run.link {
        openLink = openLink ?? OpenLink(target: link)
        openLink?.append(text)
      }
    }
  }

  /// A picture that is not here, by its words and its address.
  private static func text(ofPicture words: String, at address: String) -> String {
    "[picture: \(words.isEmpty ? "" : "\(words), ")\(address)]"
  }

  /// Adds the number of the link's address if the next run leads elsewhere.
  private mutating func endLink(before next: LinkTarget?) {
    guard let link = openLink, link.target != next else { return }
    appendFootnote(for: link.target, text: link.text)
    openLink = nil
  }

  /// Adds text, whose first character may combine with the last one before.
  private mutating func append(_ text: String, _ style: TerminalStyle) {
    var isFirst = true
    for character in text {
      if isFirst, let pending, pending.isLong, pending.isContinued(by: character) {
        appendPending()
        self.pending = TerminalCell(character, pending.style, isGlued: true)
      } else if isFirst, let pending, let joined = pending.joined(with: character) {
        self.pending = joined
      } else {
        appendPending()
        pending = TerminalCell(character, style)
      }
      isFirst = false
    }
  }

  /// Adds the number of a link's address, which no line end may part from the link.
  private mutating func appendFootnote(for target: LinkTarget, text: String) {
    guard let number = footnotes.number(for: target, text: text) else { return }
    appendPending()
    for character in "[\(number)]" {
      append(TerminalCell(character, .dim, isGlued: true))
    }
  }

  private mutating func appendPending() {
    guard let cell = pending else { return }
    pending = nil
    append(cell)
  }

  private mutating func append(_ cell: TerminalCell) {
    if cell.isLineEnd { return appendLine(wrapper.finish()) }
    for line in wrapper.append(cell) { appendLine(line) }
  }

  private func printable(_ text: String) -> String {
    guard text.utf8.contains(0x09) else {
      return TerminalEscape.escaped(text, keepingNewlines: true)
    }
    let parts = text.split(separator: "\t", omittingEmptySubsequences: false)
    return TerminalEscape.escaped(
      parts.joined(separator: TerminalPage.tab), keepingNewlines: true)
  }

  private func style(of run: TextRun) -> TerminalStyle {
    var style: TerminalStyle = []
    if case .heading? = previous?.kind { style.insert(.bold) }
    if run.style.contains(.strong) { style.insert(.bold) }
    if run.style.contains(.emphasis) { style.insert(.italic) }
    if run.style.contains(.code) { style.insert(.cyan) }
    if run.link != nil { style.insert(.underline) }
    if run.image != nil { style.insert(.dim) }
    return style
  }
}

/// A link whose text is being laid out.
private struct OpenLink {
  let target: LinkTarget
  /// The text so far, as much of it as an address could be.
  var text = ""

  init(target: LinkTarget) { self.target = target }

  mutating func append(_ part: String) {
    if text.utf8.count <= target.address.utf8.count { text += part }
  }
}

extension TerminalCell {
  fileprivate var isLineEnd: Bool { scalar == 0x0A }

  /// The cell with a character that becomes one with its own, as an accent does.
  fileprivate func joined(with next: Character) -> TerminalCell? {
    guard !isLineEnd, next != "\n" else { return nil }
    let both = String(character) + String(next)
    return both.count == 1 ? TerminalCell(Character(both), style) : nil
  }

  /// Whether it is a page of accents rather than a letter, which would be copied again and again.
  fileprivate var isLong: Bool { character.utf8.count >= DocumentBuilder.usualPart }

  /// Whether a character becomes one with it, as far as its end tells.
  fileprivate func isContinued(by next: Character) -> Bool {
    guard let first = next.unicodeScalars.first else { return false }
    var end = String(String.UnicodeScalarView(character.unicodeScalars.suffix(64)))
    let count = end.count
    end.unicodeScalars.append(first)
    return end.count == count
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
