/// Finds `![alternative](destination "title")` in Markdown, in time linear in its length.
public enum MarkdownImages {
  /// The destinations as written, in order.
  public static func references(in text: ArraySlice<UInt8>) -> [String] {
    guard text.contains("![") else { return [] }
    var scanner = MarkdownImageScanner(text)
    var references: [String] = []
    while let reference = scanner.next() { references.append(reference) }
    return references
  }
}

/// Steps through the images; every byte is looked at a fixed number of times.
private struct MarkdownImageScanner: IteratorProtocol {
  private let text: ArraySlice<UInt8>
  private var position: Int
  /// Open brackets since the last `![`; 0 outside an image.
  private var depth = 0

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    position = text.startIndex
  }

  mutating func next() -> String? {
    while position < text.endIndex {
      let byte = text[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\\"): position = min(position + 1, text.endIndex)
      case UInt8(ascii: "!") where depth == 0 && peek == UInt8(ascii: "["):
        depth = 1
        position += 1
      case UInt8(ascii: "[") where depth > 0: depth += 1
      case UInt8(ascii: "]") where depth > 0:
        depth -= 1
        if depth == 0, peek == UInt8(ascii: "("), let destination = destination() {
          return String(decoding: destination, as: UTF8.self)
        }
      case UInt8(ascii: "\n") where peek == byte: depth = 0
      default: break
      }
    }
    return nil
  }
}

extension MarkdownImageScanner {
  private var peek: UInt8? { position < text.endIndex ? text[position] : nil }

  /// The destination in the brackets that open here; the scan goes on behind what was read.
  private mutating func destination() -> ArraySlice<UInt8>? {
    position += 1
    while let byte = peek, byte == UInt8(ascii: " ") { position += 1 }
    guard peek != UInt8(ascii: "<") else { return angled() }
    let start = position
    var brackets = 0
    while let byte = peek, !byte.isHTMLSpace {
      if byte == UInt8(ascii: "(") { brackets += 1 }
      if byte == UInt8(ascii: ")") {
        if brackets == 0 { break }
        brackets -= 1
      }
      position += 1
    }
    return start < position && position < text.endIndex ? text[start..<position] : nil
  }

  /// `<path with spaces>`
  private mutating func angled() -> ArraySlice<UInt8>? {
    let start = position + 1
    while let byte = peek, byte != UInt8(ascii: ">"), byte != UInt8(ascii: "\n") { position += 1 }
    return peek == UInt8(ascii: ">") ? text[start..<position] : nil
  }
}
