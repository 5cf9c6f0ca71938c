/// Cuts HTML source into tokens, in one pass and in time linear in its length whatever the input.
///
/// It follows the HTML standard's tokenizer where a reader can tell the difference: the content of
/// `script`, `style` and their like is one text token, an unclosed comment runs to the end, and a
/// `<` that opens nothing is text. A tag that never closes is text as well, so that no byte is lost.
public struct HTMLTokenizer: Sequence, IteratorProtocol, Sendable {
  private let source: ArraySlice<UInt8>
  private var position: Int
  /// The element whose raw text comes next, such as `script`.
  private var rawTextElement: String?
  /// Whether an `svg` or a `math` is open, in which `title` and `style` are elements like others.
  public private(set) var isInForeignContent = false

  /// How many bytes were looked at, some of them more than once.
  public private(set) var steps = 0

  public init(_ bytes: ArraySlice<UInt8>) {
    source = bytes
    position = bytes.startIndex
  }

  /// The next token, or nil at the end of the source.
  public mutating func next() -> HTMLToken? {
    guard position < source.endIndex else { return nil }
    if let element = rawTextElement {
      rawTextElement = nil
      if let text = rawText(until: element) { return text }
    }
    return markup() ?? text()
  }
}

extension HTMLTokenizer {
  private func byte(at index: Int) -> UInt8? { index < source.endIndex ? source[index] : nil }

  /// The markup that starts here, or nil if this is text.
  private mutating func markup() -> HTMLToken? {
    guard source[position] == UInt8(ascii: "<"), let second = byte(at: position + 1) else {
      return nil
    }
    switch second {
    case UInt8(ascii: "!"): return declaration()
    case UInt8(ascii: "?"): return bogusComment()
    case UInt8(ascii: "/"): return endTag()
    default: return second.isASCIILetter ? startTag() : nil
    }
  }

  private mutating func text() -> HTMLToken {
    let start = position
    position += 1
    while let next = place(of: UInt8(ascii: "<"), from: position) {
      position = next
      if opensMarkup(at: next) { return .text(start..<next) }
      position += 1
    }
    position = source.endIndex
    return .text(start..<position)
  }

  /// The next place of a byte.
  private mutating func place(of byte: UInt8, from start: Int) -> Int? {
    let place = source[start...].place(of: byte)
    steps += (place ?? source.endIndex) - start + 1
    return place
  }

  private func opensMarkup(at index: Int) -> Bool {
    guard let second = byte(at: index + 1) else { return false }
    return second.isASCIILetter || second == UInt8(ascii: "/") || second == UInt8(ascii: "!")
      || second == UInt8(ascii: "?")
  }
}

// MARK: Tags

extension HTMLTokenizer {
  private mutating func startTag() -> HTMLToken {
    guard let tag = tag(nameAt: position + 1) else { return remainingText() }
    noteForeignContent(at: tag)
    if HTMLTokenizer.isRawText(tag.name) && !isInForeignContent {
      rawTextElement = tag.name
    }
    return .startTag(tag)
  }

  private mutating func endTag() -> HTMLToken? {
    guard let third = byte(at: position + 2) else { return nil }
    guard third.isASCIILetter else { return bogusComment() }
    guard let tag = tag(nameAt: position + 2) else { return remainingText() }
    if tag.isForeign { isInForeignContent = false }
    return .endTag(tag)
  }

  private mutating func noteForeignContent(at tag: HTMLTag) {
    if tag.isForeign {
      isInForeignContent = !tag.isSelfClosing
    } else if isInForeignContent, tag.endsForeignContent || tag.name == "foreignobject" {
      isInForeignContent = false
    }
  }

  /// The tag that starts here, or nil if no `>` closes it.
  private mutating func tag(nameAt start: Int) -> HTMLTag? {
    var end = start
    while let byte = byte(at: end), !byte.endsTagName { end += 1 }
    let attributes = HTMLAttributes(source: source, start: end)
    var scanner = attributes.makeIterator()
    scanner.finish()
    steps += scanner.position - position
    guard scanner.position < source.endIndex else { return nil }
    let range = position..<(scanner.position + 1)
    position = range.upperBound
    return HTMLTag(
      name: String(lowercasingASCII: source[start..<end]), range: range,
      isSelfClosing: scanner.endsInSlash, attributes: attributes)
  }

  private mutating func remainingText() -> HTMLToken {
    defer { position = source.endIndex }
    return .text(position..<source.endIndex)
  }
}

// MARK: Comments, declarations, raw text

extension HTMLTokenizer {
  /// Whether what an element of that name holds is text, whatever it looks like.
  private static func isRawText(_ name: String) -> Bool {
    // Most tags have shorter names than these, and lengths are compared sooner.
    switch name.utf8.count {
    case 3: name == "xmp"
    case 5: name == "style" || name == "title"
    case 6: name == "script" || name == "iframe"
    case 7: name == "noembed"
    case 8: name == "textarea" || name == "noframes"
    default: false
    }
  }

  private mutating func declaration() -> HTMLToken {
    if source[(position + 2)...].starts(with: [0x2D, 0x2D]) { return comment() }
    let isDoctype = source[(position + 2)...].prefix(7).map(\.asciiLowercased)
      .elementsEqual("doctype".utf8)
    let token = bogusComment()
    return isDoctype ? .doctype(token.range) : token
  }

  /// `<!-- ... -->`, where `<!-->` and `<!--->` are whole comments too.
  private mutating func comment() -> HTMLToken {
    let start = position
    var search = position + 4
    while let close = place(of: UInt8(ascii: ">"), from: Swift.min(search, source.endIndex)) {
      if endsComment(at: close, startingAt: start) {
        position = close + 1
        return .comment(start..<position)
      }
      search = close + 1
    }
    position = source.endIndex
    return .comment(start..<position)
  }

  private func endsComment(at close: Int, startingAt start: Int) -> Bool {
    if close == start + 4 { return true }
    if close == start + 5 { return source[close - 1] == UInt8(ascii: "-") }
    let before = source[(start + 4)..<close]
    return before.suffix(2).elementsEqual("--".utf8) || before.suffix(3).elementsEqual("--!".utf8)
  }

  /// Everything up to the next `>`, or to the end.
  private mutating func bogusComment() -> HTMLToken {
    let start = position
    let close = place(of: UInt8(ascii: ">"), from: start)
    position = close.map { $0 + 1 } ?? source.endIndex
    return .comment(start..<position)
  }

  /// The text up to the element's own end tag, or nil if that comes at once.
  private mutating func rawText(until element: String) -> HTMLToken? {
    let start = position
    while let next = place(of: UInt8(ascii: "<"), from: position) {
      position = next
      if closes(element, at: next) { return next > start ? .text(start..<next) : nil }
      position += 1
    }
    position = source.endIndex
    return .text(start..<position)
  }

  private func closes(_ element: String, at index: Int) -> Bool {
    guard byte(at: index + 1) == UInt8(ascii: "/") else { return false }
    let name = source[(index + 2)...].prefix(element.utf8.count)
    guard name.elementsEqual(element.utf8, by: { $0.asciiLowercased == $1 }) else { return false }
    return byte(at: name.endIndex).map(\.endsTagName) ?? true
  }
}

extension UInt8 {
  fileprivate var endsTagName: Bool {
    self == UInt8(ascii: ">") || self == UInt8(ascii: "/") || isHTMLSpace
  }
}
