/// Finds spans whose inside is not Markdown: code, addresses, tags, labels.
///
/// A search that came to the end of the text is not made again, so that a megabyte of openings costs
/// one pass; the other searches stop where the next of their kind begins.
struct MarkdownSpans {
  typealias Span = (content: Range<Int>, end: Int)

  private let text: ArraySlice<UInt8>
  /// For each length of a run of backticks, where the last one stands; nil before the first search.
  private var lastBackticks: [Int]?
  /// The ends of comments and the like that do not occur further on.
  private var missingEnds: Set<MarkdownSpanEnd> = []
  private(set) var steps = 0

  private static let longestBacktickRun = 80
  private static let longestScheme = 32

  init(_ text: ArraySlice<UInt8>) { self.text = text }

  /// Code between a run of backticks up to `content` and the next run of the same length.
  mutating func code(at position: Int, contentAt content: Int) -> Span? {
    let length = content - position
    guard length <= MarkdownSpans.longestBacktickRun, lastBacktick(length) >= content else {
      return nil
    }
    var search = content
    while let start = text[search...].firstIndex(of: UInt8(ascii: "`")) {
      search = runEnd(of: UInt8(ascii: "`"), from: start)
      if search - start == length {
        steps += search - content
        return (content..<start, search)
      }
    }
    return nil
  }

  /// `<https://example.org/>` or `<name@example.org>`.
  mutating func angledAddress(at position: Int) -> (span: Span, isMail: Bool)? {
    let start = position + 1
    if let end = schemeEnd(from: start) {
      return addressEnd(from: end).map { ((start..<$0, $0 + 1), false) }
    }
    return mailEnd(from: start).map { ((start..<$0, $0 + 1), true) }
  }

  /// `https://example.org/a` in running text, up to a space, a bracket, a quote or other script.
  mutating func bareAddress(at position: Int) -> Span? {
    let rest = text[position...]
    guard rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) else {
      return nil
    }
    if position > text.startIndex && text[position - 1].isWordByte { return nil }
    let body = rest.prefix { $0 > 0x20 && $0 < 0x7F && !"<>\"'()[]`*|".utf8.contains($0) }
    steps += body.count
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
    var tag = MarkdownTag(text[position...])
    let isTag = tag.scan()
    steps += tag.reached - position
    return isTag ? (position..<tag.reached, tag.reached) : nil
  }

  /// What stands in `[label]`, as it follows the text of a link.
  mutating func label(at position: Int) -> Range<Int>? {
    guard position < text.endIndex, text[position] == UInt8(ascii: "[") else { return nil }
    let end = MarkdownLabel.end(in: text, from: position + 1)
    steps += (end ?? position) - position
    return end.map { (position + 1)..<$0 }
  }
}

extension MarkdownSpans {
  /// Where the run of this byte at the position ends.
  func runEnd(of byte: UInt8, from position: Int) -> Int {
    text[position...].firstIndex { $0 != byte } ?? text.endIndex
  }

  /// Where the last run of so many backticks stands; before the text if there is none.
  fileprivate mutating func lastBacktick(_ length: Int) -> Int {
    if let lastBackticks { return lastBackticks[length] }
    var last = Array(repeating: text.startIndex - 1, count: MarkdownSpans.longestBacktickRun + 1)
    var search = text.startIndex
    while let start = text[search...].firstIndex(of: UInt8(ascii: "`")) {
      search = runEnd(of: UInt8(ascii: "`"), from: start)
      if search - start < last.count { last[search - start] = start }
    }
    steps += text.count
    lastBackticks = last
    return last[length]
  }
}

// MARK: Addresses between angles

extension MarkdownSpans {
  /// Where the text behind `https:` begins.
  fileprivate mutating func schemeEnd(from start: Int) -> Int? {
    let head = text[start...].prefix(MarkdownSpans.longestScheme + 1)
    guard head.first?.isASCIILetter == true,
      let colon = head.firstIndex(where: { !$0.isSchemeByte }), text[colon] == UInt8(ascii: ":"),
      colon - start >= 2
    else { return nil }
    return colon + 1
  }

  fileprivate mutating func addressEnd(from start: Int) -> Int? {
    let end = text[start...].firstIndex { $0 <= 0x20 || $0 == 0x3C || $0 == 0x3E }
    steps += (end ?? text.endIndex) - start
    return end.flatMap { text[$0] == UInt8(ascii: ">") ? $0 : nil }
  }

  fileprivate mutating func mailEnd(from start: Int) -> Int? {
    let rest = text[start...]
    let name = rest.prefix(while: \.isMailByte)
    steps += name.count
    guard !name.isEmpty, rest[name.endIndex...].first == UInt8(ascii: "@") else { return nil }
    let host = rest[(name.endIndex + 1)...].prefix {
      $0.isWordByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    steps += host.count
    guard rest[host.endIndex...].first == UInt8(ascii: ">") else { return nil }
    let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isHost = labels.allSatisfy { label in
      label.first?.isWordByte == true && label.last?.isWordByte == true && label.count <= 63
    }
    return isHost ? host.endIndex : nil
  }
}

// MARK: Comments and declarations

/// What ends a comment or the like.
private enum MarkdownSpanEnd {
  case comment, instruction, declaration, characters

  var pattern: StaticString {
    switch self {
    case .comment: "-->"
    case .instruction: "?>"
    case .declaration: ">"
    case .characters: "]]>"
    }
  }
}

extension MarkdownSpans {
  fileprivate mutating func declaration(at position: Int) -> Span? {
    let rest = text[position...]
    if rest.hasPrefix("<!-->") { return (position..<(position + 5), position + 5) }
    if rest.hasPrefix("<!--->") { return (position..<(position + 6), position + 6) }
    if rest.hasPrefix("<!--") { return span(at: position, from: 4, upTo: .comment) }
    if rest.hasPrefix("<?") { return span(at: position, from: 2, upTo: .instruction) }
    if rest.hasPrefix("<![CDATA[") { return span(at: position, from: 9, upTo: .characters) }
    guard rest.dropFirst(2).first?.isASCIILetter == true else { return nil }
    return span(at: position, from: 3, upTo: .declaration)
  }

  private mutating func span(at position: Int, from offset: Int, upTo end: MarkdownSpanEnd) -> Span?
  {
    guard !missingEnds.contains(end) else { return nil }
    let rest = text[(position + offset)...]
    guard let found = rest.firstRange(of: end.pattern) else {
      steps += rest.count
      missingEnds.insert(end)
      return nil
    }
    steps += found.upperBound - position
    return (position..<found.upperBound, found.upperBound)
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool { isASCIILetter || isASCIIDigit }
  fileprivate var isSchemeByte: Bool { isWordByte || "+-.".utf8.contains(self) }
  fileprivate var isMailByte: Bool { isWordByte || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(self) }
}
