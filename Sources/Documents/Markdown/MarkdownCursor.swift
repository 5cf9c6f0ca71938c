/// Reads the start of a line of Markdown: white space, then the marks that make it what it is.
struct MarkdownCursor {
  let line: ArraySlice<UInt8>
  /// The place of the next byte, behind the white space that `indent` counts.
  private(set) var position: Int
  /// The columns of white space before `position`; a tab goes on to the next multiple of four.
  private(set) var indent = 0
  /// The column of `position`, counted from the line's start or from the last quote mark.
  private(set) var column = 0

  init(_ line: ArraySlice<UInt8>) {
    self.line = line
    position = line.startIndex
    skipSpace()
  }

  var rest: ArraySlice<UInt8> { line[position...] }
  var first: UInt8? { rest.first }
  var isBlank: Bool { position == line.endIndex }

  /// Goes past so many bytes and the white space behind them, which `indent` counts anew.
  mutating func advance(by count: Int) {
    position += count
    column += count
    indent = 0
    skipSpace()
  }

  /// Goes past all `>` marks and says how many there were, as far as quotes nest.
  mutating func takeQuoteMarks() -> Int {
    min(takeQuoteMarks(limit: .max), Document.deepestNesting)
  }

  /// Goes past `>` marks and says how many there were, at most `limit`.
  mutating func takeQuoteMarks(limit: Int) -> Int {
    var count = 0
    while count < limit, indent < 4, first == UInt8(ascii: ">") {
      // One space belongs to the mark; the rest is the line's own.
      advance(by: 1)
      indent = max(0, indent - 1)
      column = indent
      count += 1
    }
    return count
  }

  private mutating func skipSpace() {
    while position < line.endIndex, line[position].isHTMLSpace {
      let width = line[position] == 0x09 ? 4 - column % 4 : 1
      indent += width
      column += width
      position += 1
    }
  }
}

// MARK: What the line is

extension MarkdownCursor {
  /// The level and the text of `## a heading ##`.
  var heading: (level: Int, text: ArraySlice<UInt8>)? {
    let level = rest.prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(level) else { return nil }
    var text = rest.dropFirst(level)
    guard text.first?.isHTMLSpace ?? true else { return nil }
    text = text.trimmed()
    let closing = text.reversed().prefix { $0 == UInt8(ascii: "#") }.count
    let shortened = text.dropLast(closing)
    return (level, shortened.last?.isHTMLSpace ?? true ? shortened.trimmed() : text)
  }

  /// Whether it is three or more of `*`, `-` or `_`, spaces between them allowed.
  var isRule: Bool {
    guard let mark = first, [0x2A, 0x2D, 0x5F].contains(mark) else { return false }
    return rest.allSatisfy { $0 == mark || $0.isHTMLSpace } && rest.count { $0 == mark } >= 3
  }

  /// The level that a line of `=` or `-` gives to the paragraph above it.
  var underlineLevel: Int? {
    let text = rest.trimmed()
    guard let mark = text.first, mark == 0x3D || mark == 0x2D else { return nil }
    return text.allSatisfy { $0 == mark } ? (mark == 0x3D ? 1 : 2) : nil
  }

  /// The mark and length of a line of at least three backticks or tildes that opens code.
  var fence: (mark: UInt8, count: Int)? {
    guard let mark = first, mark == 0x60 || mark == 0x7E else { return nil }
    let count = rest.prefix { $0 == mark }.count
    guard count >= 3, mark == 0x7E || !rest.dropFirst(count).contains(mark) else { return nil }
    return (mark, count)
  }

  /// The marker of a list's item and how many bytes it takes.
  var listMarker: (marker: ListMarker, count: Int)? {
    guard let mark = first else { return nil }
    if [0x2A, 0x2B, 0x2D].contains(mark) {
      return rest.dropFirst().first?.isHTMLSpace ?? true ? (.bullet, 1) : nil
    }
    let digits = rest.prefix(10).prefix { $0.isASCIIDigit }
    guard (1...9).contains(digits.count) else { return nil }
    let tail = rest[digits.endIndex...]
    guard tail.first == UInt8(ascii: ".") || tail.first == UInt8(ascii: ")"),
      tail.dropFirst().first?.isHTMLSpace ?? true
    else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return (.number(number), digits.count + 1)
  }

  /// Whether the line starts a block of HTML: a comment, or the tag of a block's element.
  var opensHTML: Bool {
    guard first == UInt8(ascii: "<") else { return false }
    var name = rest.dropFirst()
    if name.first == UInt8(ascii: "!") || name.first == UInt8(ascii: "?") { return true }
    if name.first == UInt8(ascii: "/") { name = name.dropFirst() }
    let letters = name.prefix(12).prefix { $0.isASCIILetter || $0.isASCIIDigit }
    guard let next = name[letters.endIndex...].first ?? 0x3E as UInt8?,
      next == 0x3E || next == 0x2F || next.isHTMLSpace
    else { return false }
    return HTMLElement(named: String(lowercasingASCII: letters)).opensMarkdownBlock
  }

  /// Whether the line is a block of its own even right below a paragraph's text.
  var interruptsParagraph: Bool {
    if first == UInt8(ascii: ">") || heading != nil || isRule || fence != nil || opensHTML {
      return true
    }
    guard let item = listMarker, rest.count > item.count else { return false }
    return item.marker == .bullet || item.marker == .number(1)
  }
}
