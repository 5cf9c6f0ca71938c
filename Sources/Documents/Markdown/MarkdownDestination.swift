/// Reads a link's address and title: `<address> "title"` or `address (title)`.
struct MarkdownDestination {
  private let text: ArraySlice<UInt8>
  private(set) var position: Int
  /// How many bytes were looked at.
  private(set) var steps = 0

  /// More brackets inside an address make it no address, so that no text is scanned over and over.
  private static let deepestBrackets = 16

  init(_ text: ArraySlice<UInt8>, at position: Int) {
    self.text = text
    self.position = position
  }

  var next: UInt8? { position < text.endIndex ? text[position] : nil }

  mutating func skipSpace() {
    while let byte = next, byte.isHTMLSpace {
      position += 1
      steps += 1
    }
  }

  /// The address that begins here, perhaps empty; nil if there is none.
  mutating func scanAddress() -> String? {
    let start = position
    defer { steps += max(0, position - start) }
    guard let address = next == UInt8(ascii: "<") ? scanAngled() : scanBare() else { return nil }
    return MarkdownText.decoded(address)
  }

  /// Goes past a title, which is not shown; false if there is none.
  ///
  /// - Parameter unclosed: the marks that nothing further on ends a title for; gets another one if
  ///   the search comes to the end of the text, so that no such search is made twice.
  mutating func scanTitle(_ unclosed: inout Set<UInt8>) -> Bool {
    let start = position
    guard let opening = next, [0x22, 0x27, 0x28].contains(opening), !unclosed.contains(opening)
    else { return false }
    let closing = opening == 0x28 ? 0x29 : opening
    position += 1
    while let byte = next, byte != closing {
      // Brackets inside brackets make no title.
      if opening == 0x28 && byte == opening { break }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    steps += position - start
    if next == closing {
      position += 1
      return true
    }
    if next == nil { unclosed.insert(opening) }
    position = start
    return false
  }

  mutating func scanTitle() -> Bool {
    var unclosed: Set<UInt8> = []
    return scanTitle(&unclosed)
  }
}

extension MarkdownDestination {
  fileprivate mutating func scanAngled() -> ArraySlice<UInt8>? {
    let start = position + 1
    position = start
    while let byte = next, byte != 0x0A, byte != UInt8(ascii: "<") {
      if byte == UInt8(ascii: ">") {
        position += 1
        return text[start..<(position - 1)]
      }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  fileprivate mutating func scanBare() -> ArraySlice<UInt8>? {
    let start = position
    var depth = 0
    while let byte = next, byte > 0x20, byte != 0x7F {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      guard depth <= MarkdownDestination.deepestBrackets else { return nil }
      let isEscape = byte == UInt8(ascii: "\\") && escapes(at: position + 1)
      position += isEscape ? 2 : 1
    }
    return depth == 0 ? text[start..<position] : nil
  }

  private func escapes(at index: Int) -> Bool {
    index < text.endIndex && text[index].isASCIIPunctuation
  }
}

/// What stands for a character in Markdown: a backslash before it, or a reference.
enum MarkdownText {
  /// The text with escapes and character references decoded.
  static func decoded(_ text: ArraySlice<UInt8>) -> String {
    guard text.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") }) else {
      return String(decoding: text, as: UTF8.self)
    }
    var output: [UInt8] = []
    var start = text.startIndex
    var index = start
    while let escape = text[index...].firstIndex(of: UInt8(ascii: "\\")) {
      index = escape + 1
      guard let next = text[index...].first, next.isASCIIPunctuation else { continue }
      appendReferences(text[start..<escape], to: &output)
      output.append(next)
      index += 1
      start = index
    }
    appendReferences(text[start...], to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the text with its character references decoded; one without a semicolon is none.
  static func appendReferences(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var rest = text
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      output += rest[..<ampersand]
      let name = rest[(ampersand + 1)...].prefix(longestReference)
        .prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "#") }
      let end = name.endIndex
      if end < rest.endIndex, rest[end] == UInt8(ascii: ";"), isWritten(name) {
        HTMLCharacterReferences.append(rest[ampersand...end], to: &output)
        rest = rest[(end + 1)...]
      } else {
        output.append(UInt8(ascii: "&"))
        rest = rest[(ampersand + 1)...]
      }
    }
    output += rest
  }

  private static let longestReference = 32

  /// Whether a number has as many digits as CommonMark allows.
  private static func isWritten(_ name: ArraySlice<UInt8>) -> Bool {
    name.first != UInt8(ascii: "#") || name.count <= 8
  }
}

extension UInt8 {
  var isASCIIPunctuation: Bool {
    (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self) || (0x5B...0x60).contains(self)
      || (0x7B...0x7E).contains(self)
  }
}
