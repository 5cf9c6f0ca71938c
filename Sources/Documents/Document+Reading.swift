extension Document {
  /// Reads what bytes say.
  ///
  /// It never fails: whatever is not understood is text, bytes that are not UTF-8 become U+FFFD. It
  /// takes time linear in the number of bytes, whatever they are. Front matter is left out.
  public init(reading bytes: [UInt8], as format: DocumentFormat) {
    let source = Document.normalized(bytes)
    self =
      switch format {
      case .markdown: MarkdownReader.document(in: Document.shown(of: source[...]))
      case .html: MainText.document(in: source[...])
      case .text: TextReader.document(in: source[...])
      }
  }

  /// A Markdown page without its front matter.
  private static func shown(of page: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let matter = FrontMatter(startOf: page), matter.beginsWithProperty else { return page }
    return page[matter.end...]
  }

  /// The bytes without a byte order mark, their lines ending in a line feed alone.
  private static func normalized(_ bytes: [UInt8]) -> [UInt8] {
    let text = bytes[...].withoutByteOrderMark
    guard text.contains(0x0D) else { return text.count < bytes.count ? Array(text) : bytes }
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
