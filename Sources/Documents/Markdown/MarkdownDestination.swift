/// Reads a link's address and title: `<address> "title"` or `address (title)`.
struct MarkdownDestination {
  private let text: ArraySlice<UInt8>
  private(set) var position: Int

  /// More brackets inside an address make it no address, so that no text is scanned over and over.
  private static let deepestBrackets = 16

  init(_ text: ArraySlice<UInt8>, at position: Int) {
    self.text = text
    self.position = position
  }

  var isAtEnd: Bool { position >= text.endIndex }
  var next: UInt8? { isAtEnd ? nil : text[position] }

  /// The address, with `position` behind it, its title and the space around them.
  mutating func scan() -> String? {
    skipSpace()
    guard let address = next == UInt8(ascii: "<") ? scanAngled() : scanBare() else { return nil }
    let end = position
    skipSpace()
    if position > end { scanTitle() }
    return HTMLCharacterReferences.decoded(unescaped(address)[...])
  }
}

extension MarkdownDestination {
  fileprivate mutating func skipSpace() {
    while let byte = next, byte.isHTMLSpace { position += 1 }
  }

  fileprivate mutating func scanAngled() -> ArraySlice<UInt8>? {
    let start = position + 1
    position = start
    while let byte = next, byte != 0x0A, byte != UInt8(ascii: "<") {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: ">") { return text[start..<(position - 1)] }
    }
    return nil
  }

  fileprivate mutating func scanBare() -> ArraySlice<UInt8>? {
    let start = position
    var depth = 0
    while let byte = next, byte > 0x20 {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      guard depth <= MarkdownDestination.deepestBrackets else { return nil }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    position = min(position, text.endIndex)
    return depth == 0 ? text[start..<position] : nil
  }

  /// Goes past a title if there is one; it is not shown.
  fileprivate mutating func scanTitle() {
    let start = position
    guard let opening = next, [0x22, 0x27, 0x28].contains(opening) else { return }
    let closing = opening == 0x28 ? 0x29 : opening
    position += 1
    while let byte = next, byte != closing { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
    if isAtEnd { position = start } else { position += 1 }
    skipSpace()
  }

  fileprivate func unescaped(_ address: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var isEscaped = false
    for byte in address {
      if byte == UInt8(ascii: "\\") && !isEscaped {
        isEscaped = true
        continue
      }
      if isEscaped && !byte.isASCIIPunctuation { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
      isEscaped = false
    }
    if isEscaped { output.append(UInt8(ascii: "\\")) }
    return output
  }
}

extension UInt8 {
  var isASCIIPunctuation: Bool {
    (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self) || (0x5B...0x60).contains(self)
      || (0x7B...0x7E).contains(self)
  }
}
