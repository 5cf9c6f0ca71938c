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
