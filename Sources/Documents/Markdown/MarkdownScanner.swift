/// Cuts a paragraph's text into pieces, in one pass and in time linear in its length.
///
/// It hands pieces over as soon as nothing that comes can change them. What is open for longer than
/// `mostOpenPieces` is text, so that no paragraph is held in pieces whole.
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
  /// The marks of titles that nothing further on ends.
  private var unclosedTitles: Set<UInt8> = []
  /// Whether pieces have been handed over.
  private var isTaken = true
  private var ownSteps = 0

  /// Marks of emphasis and brackets pair over at most so many pieces.
  static let mostOpenPieces = 1 << 17
  private static let fewestPieces = 1 << 11

  init(_ text: ArraySlice<UInt8>, _ references: LinkReferences) {
    self.text = text
    self.references = references
    position = text.startIndex
    pending = text.startIndex
    spans = MarkdownSpans(text)
  }

  /// The work so far, for tests of how it grows.
  var steps: Int { ownSteps + spans.steps + delimiters.steps }

  /// Goes on until `pieces` are settled; false at the end of the text.
  mutating func scan() -> Bool {
    removePieces()
    guard pending < text.endIndex else { return false }
    while position < text.endIndex {
      ownSteps += 1
      if !scanMark(text[position]) { position += 1 }
      if pieces.count >= MarkdownScanner.fewestPieces && settle() { return true }
    }
    endText(at: text.endIndex)
    pending = text.endIndex
    delimiters.pairAll()
    return true
  }
}

extension MarkdownScanner {
  /// A `[` or `![` that may begin a link.
  fileprivate struct Bracket {
    let piece: Int
    let isImage: Bool
    /// Where its text begins.
    let start: Int
    /// The place of the first run of emphasis behind it.
    let delimiter: Int
    /// Whether another bracket opened inside, which no label can hold.
    var holdsBracket = false
  }

  fileprivate mutating func removePieces() {
    pieces.removeAll(keepingCapacity: true)
    delimiters.removeAll()
    brackets.removeAll(keepingCapacity: true)
    linkFloor = 0
  }

  /// Whether nothing is open, or so much is that it has to end here.
  fileprivate mutating func settle() -> Bool {
    let isFull = pieces.count >= MarkdownScanner.mostOpenPieces
    if brackets.isEmpty || isFull { delimiters.pairAll() }
    return isFull || brackets.isEmpty && delimiters.isSettled
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
    let flanking = MarkdownFlanking(
      of: byte, between: position > text.startIndex ? text[..<position].lastScalar : 0x20,
      and: end < text.endIndex ? text[end...].firstScalar : 0x20)
    let index = delimiters.append(MarkdownDelimiter(byte, length: end - position, flanking))
    append(.delimiter(index), upTo: end)
    return true
  }

  fileprivate mutating func scanAngle() -> Bool {
    if let (address, isMail) = spans.angledAddress(at: position) {
      return scanSpan(address) { isMail ? .mailLink($0) : .automaticLink($0) }
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
    brackets.append(
      Bracket(
        piece: pieces.count - 1, isImage: length == 2, start: end, delimiter: delimiters.all.count))
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
    delimiters.pair(from: bracket.delimiter)
    if !bracket.isImage { linkFloor = brackets.count }
    return true
  }

  /// The address that the closing bracket at `position` gives its text, and where that ends.
  fileprivate mutating func target(of bracket: Bracket) -> (address: String, end: Int)? {
    let next = position + 1
    if next < text.endIndex, text[next] == UInt8(ascii: "("), let inline = inlineTarget(next + 1) {
      return inline
    }
    if let inner = spans.label(at: next), !inner.isEmpty {
      ownSteps += inner.count
      return references.address(of: text[inner]).map { ($0, inner.upperBound + 1) }
    }
    if bracket.holdsBracket { return nil }
    let isEmptyLabel = text[next...].prefix(2).elementsEqual([0x5B, 0x5D])
    ownSteps += min(position - bracket.start, LinkReferences.longestLabel)
    let address = references.address(of: text[bracket.start..<position])
    return address.map { ($0, isEmptyLabel ? next + 2 : next) }
  }

  /// `(address "title")`
  private mutating func inlineTarget(_ start: Int) -> (address: String, end: Int)? {
    var scanner = MarkdownDestination(text, at: start)
    defer { ownSteps += scanner.steps }
    scanner.skipSpace()
    guard let address = scanner.scanAddress() else { return nil }
    let addressEnd = scanner.position
    scanner.skipSpace()
    if scanner.position > addressEnd, scanner.scanTitle(&unclosedTitles) { scanner.skipSpace() }
    return scanner.next == UInt8(ascii: ")") ? (address, scanner.position + 1) : nil
  }
}
