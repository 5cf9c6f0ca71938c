/// What `[label]: address` says.
struct LinkDefinition {
  /// The label as labels are compared.
  let key: String
  let address: String
}

/// Reads the definition that a paragraph begins with (CommonMark 0.31, 4.7).
struct LinkDefinitionScanner {
  private let text: ArraySlice<UInt8>
  /// Where the definition ends, once one has been read: behind its last line.
  private(set) var end: Int
  private(set) var steps = 0

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    end = text.startIndex
  }

  mutating func scan() -> LinkDefinition? {
    let start = text.startIndex + 1
    guard let close = MarkdownLabel.end(in: text, from: start) else {
      steps += min(text.count, LinkReferences.longestLabel)
      return nil
    }
    steps += close - start
    let label = text[start..<close]
    // `[^1]: ...` is a footnote, whose text is to be seen.
    guard label.first != UInt8(ascii: "^"), text[(close + 1)...].first == UInt8(ascii: ":") else {
      return nil
    }
    let key = LinkReferences.key(label)
    var scanner = MarkdownDestination(text, at: close + 2)
    scanner.skipSpace()
    let bare = scanner.position
    guard !key.isEmpty, let address = scanner.scanAddress(), scanner.position > bare else {
      return nil
    }
    defer { steps += scanner.steps }
    guard let end = titleEnd(&scanner) else { return nil }
    self.end = end
    return LinkDefinition(key: key, address: address)
  }
}

extension LinkDefinitionScanner {
  /// Where the definition ends behind its address: behind a title, or without one.
  private mutating func titleEnd(_ scanner: inout MarkdownDestination) -> Int? {
    let addressEnd = scanner.position
    scanner.skipSpace()
    if scanner.position > addressEnd, scanner.scanTitle(), let end = lineEnd(scanner.position) {
      return end
    }
    return lineEnd(addressEnd)
  }

  /// Where the next line begins; nil if more than blanks is left of this one.
  private func lineEnd(_ position: Int) -> Int? {
    let rest = text[position...].drop(while: \.isBlankByte)
    guard let next = rest.first else { return text.endIndex }
    return next == 0x0A ? rest.startIndex + 1 : nil
  }
}

/// A label between brackets, which holds no other bracket.
enum MarkdownLabel {
  /// Where the bracket stands that ends the label that begins at `start`.
  static func end(in text: ArraySlice<UInt8>, from start: Int) -> Int? {
    let limit = min(text.endIndex, start + LinkReferences.longestLabel + 1)
    var index = start
    while index < limit {
      switch text[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "]"): return index
      case UInt8(ascii: "["): return nil
      default: index += 1
      }
    }
    return nil
  }
}
