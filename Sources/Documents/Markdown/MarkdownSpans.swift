/// Finds spans whose inside is not Markdown: code, addresses, tags, labels.
///
/// A search for the end of a comment or a declaration that found none is not made again, so that a
/// megabyte of openings costs one pass; the other searches stop where the next of their kind begins.
struct MarkdownSpans {
  typealias Span = (content: Range<Int>, end: Int)

  private let text: ArraySlice<UInt8>
  private var hasNoCommentEnd = false
  private var hasNoTagEnd = false

  private static let longestBacktickRun = 32
  private static let longestScheme = 32
  private static let longestLabel = 200

  init(_ text: ArraySlice<UInt8>) { self.text = text }

  /// Code between a run of backticks up to `content` and the next run of the same length.
  ///
  /// A search that fails was for the last run of its length, so each length is missed once at most.
  func code(at position: Int, contentAt content: Int) -> Span? {
    let length = content - position
    guard length <= MarkdownSpans.longestBacktickRun else { return nil }
    var search = content
    while let start = text[search...].firstIndex(of: UInt8(ascii: "`")) {
      search = runEnd(of: UInt8(ascii: "`"), from: start)
      if search - start == length { return (content..<start, search) }
    }
    return nil
  }

  /// `<https://example.org/>` or `<name@example.org>`.
  func angledAddress(at position: Int) -> Span? {
    let start = position + 1
    let head = text[start...].prefix(MarkdownSpans.longestScheme)
    guard let mark = head.firstIndex(where: { $0 == 0x3A || $0 == 0x40 || $0 <= 0x20 }),
      text[mark] > 0x20, mark > start, text[start].isASCIILetter || text[mark] == 0x40,
      text[start..<mark].allSatisfy(\.isAddressName),
      let end = text[mark...].firstIndex(where: { $0 <= 0x20 || $0 == 0x3C || $0 == 0x3E }),
      text[end] == UInt8(ascii: ">")
    else { return nil }
    return (start..<end, end + 1)
  }

  /// `https://example.org/a` in running text, up to a space, a bracket, a quote or other script.
  func bareAddress(at position: Int) -> Span? {
    let rest = text[position...]
    guard rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) else {
      return nil
    }
    if position > text.startIndex && text[position - 1].isWordByte { return nil }
    let body = rest.prefix { $0 > 0x20 && $0 < 0x7F && !"<>\"'()[]`*|".utf8.contains($0) }
    let end = (body.lastIndex { !".,;:!?_~".utf8.contains($0) } ?? position) + 1
    return (position..<end, end)
  }

  /// A tag, a comment or a declaration.
  mutating func tag(at position: Int) -> Span? {
    guard position + 1 < text.endIndex else { return nil }
    let second = text[position + 1]
    if second == UInt8(ascii: "!") || second == UInt8(ascii: "?") {
      return declaration(at: position)
    }
    let nameStart = second == UInt8(ascii: "/") ? position + 2 : position + 1
    guard nameStart < text.endIndex, text[nameStart].isASCIILetter else { return nil }
    return tagEnd(from: nameStart).map { (position..<$0, $0) }
  }

  /// `[label]`, as it follows the text of a link.
  func label(at position: Int) -> Span? {
    guard position < text.endIndex, text[position] == UInt8(ascii: "[") else { return nil }
    let rest = text[(position + 1)...].prefix(MarkdownSpans.longestLabel)
    guard let end = rest.firstIndex(where: { $0 == 0x5B || $0 == 0x5D }), text[end] == 0x5D else {
      return nil
    }
    return ((position + 1)..<end, end + 1)
  }
}

extension MarkdownSpans {
  /// Where the run of this byte at the position ends.
  func runEnd(of byte: UInt8, from position: Int) -> Int {
    text[position...].firstIndex { $0 != byte } ?? text.endIndex
  }
}

extension MarkdownSpans {
  fileprivate mutating func declaration(at position: Int) -> Span? {
    let isComment = text[position...].starts(with: "<!--".utf8)
    if isComment ? hasNoCommentEnd : hasNoTagEnd { return nil }
    var search = isComment ? position + 4 : position + 2
    while let close = text[min(search, text.endIndex)...].firstIndex(of: UInt8(ascii: ">")) {
      let isEnd = !isComment || text[close - 1] == 0x2D && text[close - 2] == 0x2D
      if isEnd { return (position..<(close + 1), close + 1) }
      search = close + 1
    }
    if isComment { hasNoCommentEnd = true } else { hasNoTagEnd = true }
    return nil
  }

  /// Where a tag ends; nil if another begins first, or if nothing ends it.
  fileprivate func tagEnd(from nameStart: Int) -> Int? {
    var index = nameStart
    var quote: UInt8?
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return index
      } else if byte == UInt8(ascii: "<") {
        return nil
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      }
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool { isASCIILetter || isASCIIDigit }
  fileprivate var isAddressName: Bool { isWordByte || "+-._".utf8.contains(self) }
}
