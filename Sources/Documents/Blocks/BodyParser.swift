/// Reads an article's body into blocks of text.
///
/// It never fails: whatever is not understood is text, bytes that are not UTF-8 become U+FFFD. It
/// takes time linear in the length of the body, whatever the body holds.
public enum BodyParser {
  /// The blocks of the body, in reading order.
  public static func blocks(of body: [UInt8], format: DocumentFormat) -> [TextBlock] {
    let source = normalized(body)
    switch format {
    case .markdown:
      return MarkdownReader.blocks(of: source[FrontMatter.end(in: source)...])
    case .html:
      return HTMLReader.blocks(of: source[...])
    case .text:
      return LineReader.blocks(of: source[...])
    }
  }

  /// The body without a byte order mark, its lines ending in a line feed alone.
  private static func normalized(_ body: [UInt8]) -> [UInt8] {
    let hasMark = body.starts(with: [0xEF, 0xBB, 0xBF])
    let text = hasMark ? body[3...] : body[...]
    guard text.contains(0x0D) else { return hasMark ? Array(text) : body }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for index in text.indices {
      if text[index] != 0x0D {
        output.append(text[index])
      } else if index + 1 == text.endIndex || text[index + 1] != 0x0A {
        output.append(0x0A)
      }
    }
    return output
  }
}
