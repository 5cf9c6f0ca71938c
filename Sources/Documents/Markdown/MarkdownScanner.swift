/// Cuts a paragraph's text into pieces, in one pass and in time linear in its length.
struct MarkdownScanner {
  let text: ArraySlice<UInt8>
  let references: LinkReferences
  private(set) var pieces: [MarkdownPiece] = []
  private(set) var delimiters = MarkdownDelimiters()
  private var position: Int
  /// Where the characters begin that are not yet in a piece.
  private var pending: Int
  private var brackets: [Bracket] = []
  /// Brackets below this depth hold a link, so they can begin none: links do not nest.
  private var linkFloor = 0
  private var spans: MarkdownSpans

  init(_ text: ArraySlice<UInt8>, _ references: LinkReferences) {
    self.text = text
    self.references = references
    position = text.startIndex
    pending = text.startIndex
    spans = MarkdownSpans(text)
  }

  mutating func scan() {
    while position < text.endIndex {
      if !scanMark(text[position]) { position += 1 }
    }
    endText(at: text.endIndex)
  }
}

extension MarkdownScanner {
  /// A `[` or `![` that may begin a link.
  fileprivate struct Bracket {
    let piece: Int
    let isImage: Bool
    /// Where its text begins.
    let start: Int
    /// Whether another bracket opened inside, which no label can hold.
    var holdsBracket = false
  }

  /// Reads what the byte begins; false if it is text.
  fileprivate mutating func scanMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"): scanEscape()
    case UInt8(ascii: "`"): scanBackticks()
    case UInt8(ascii: "*"), UInt8(ascii: "_"): scanDelimiter(byte)
    case UInt8(ascii: "<"): scanAngle()
    case UInt8(ascii: "h"): scanSpan(spans.bareAddress(at: position)) { .automaticLink($0) }
    case UInt8(ascii: "!"): scanImageStart()
    case UInt8(ascii: "["): openBracket(length: 1)
    case UInt8(ascii: "]"): closeBracket()
    case 0x0A: scanLineEnd()
    default: false
    }
  }

  fileprivate mutating func endText(at end: Int) {
    if pending < end { pieces.append(.text(pending..<end)) }
  }

  /// Adds a piece in place of the source up to `end`.
  fileprivate mutating func append(_ piece: MarkdownPiece, upTo end: Int) {
    endText(at: position)
    pieces.append(piece)
    position = end
    pending = end
  }

  /// A span: what is shown of it, and where it ends.
  fileprivate mutating func scanSpan(
    _ span: (content: Range<Int>, end: Int)?, _ piece: (Range<Int>) -> MarkdownPiece
  ) -> Bool {
    guard let span else { return false }
    append(piece(span.content), upTo: span.end)
    return true
  }

  fileprivate mutating func scanEscape() -> Bool {
    let next = position + 1
    guard next < text.endIndex else { return false }
    if text[next] == 0x0A {
      append(.lineBreak, upTo: next + 1)
      return true
    }
    guard text[next].isASCIIPunctuation else { return false }
    append(.literal(next..<(next + 1)), upTo: next + 1)
    return true
  }

  fileprivate mutating func scanBackticks() -> Bool {
    let end = spans.runEnd(of: UInt8(ascii: "`"), from: position)
    if let code = spans.code(at: position, contentAt: end) { return scanSpan(code) { .code($0) } }
    append(.literal(position..<end), upTo: end)
    return true
  }

  fileprivate mutating func scanDelimiter(_ byte: UInt8) -> Bool {
    let end = spans.runEnd(of: byte, from: position)
    let index = delimiters.append(position..<end, of: text)
    append(.delimiter(index), upTo: end)
    return true
  }

  fileprivate mutating func scanAngle() -> Bool {
    if let address = spans.angledAddress(at: position) {
      return scanSpan(address) { .automaticLink($0) }
    }
    return scanSpan(spans.tag(at: position)) { .html($0) }
  }

  fileprivate mutating func scanLineEnd() -> Bool {
    let spaces = text[pending..<position].reversed().prefix { $0 == 0x20 }.count
    guard spaces >= 2 else { return false }
    append(.lineBreak, upTo: position + 1)
    return true
  }
}

// MARK: Brackets

extension MarkdownScanner {
  fileprivate mutating func scanImageStart() -> Bool {
    let isImage = position + 1 < text.endIndex && text[position + 1] == UInt8(ascii: "[")
    return isImage && openBracket(length: 2)
  }

  fileprivate mutating func openBracket(length: Int) -> Bool {
    if let last = brackets.indices.last { brackets[last].holdsBracket = true }
    let end = position + length
    append(.literal(position..<end), upTo: end)
    brackets.append(Bracket(piece: pieces.count - 1, isImage: length == 2, start: end))
    return true
  }

  fileprivate mutating func closeBracket() -> Bool {
    guard let bracket = brackets.popLast() else { return false }
    let isBelowFloor = brackets.count < linkFloor
    linkFloor = min(linkFloor, brackets.count)
    if isBelowFloor && !bracket.isImage { return false }
    guard let (address, end) = target(of: bracket) else { return false }
    append(bracket.isImage ? .imageEnd : .linkEnd, upTo: end)
    pieces[bracket.piece] = bracket.isImage ? .imageStart(address) : .linkStart(address)
    if !bracket.isImage { linkFloor = brackets.count }
    return true
  }

  /// The address that the closing bracket at `position` gives its text, and where that ends.
  fileprivate func target(of bracket: Bracket) -> (address: String, end: Int)? {
    let next = position + 1
    if next < text.endIndex && text[next] == UInt8(ascii: "(") {
      var scanner = MarkdownDestination(text, at: next + 1)
      if let address = scanner.scan(), scanner.next == UInt8(ascii: ")") {
        return (address, scanner.position + 1)
      }
    }
    if bracket.holdsBracket { return nil }
    let label = text[bracket.start..<position]
    if let (inner, end) = spans.label(at: next) {
      return references.address(of: inner.isEmpty ? label : text[inner]).map { ($0, end) }
    }
    return references.address(of: label).map { ($0, next) }
  }
}
