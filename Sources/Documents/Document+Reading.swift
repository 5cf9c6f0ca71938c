extension Document {
  /// Reads what bytes say.
  ///
  /// It never fails: whatever is not understood is text, bytes that are not UTF-8 become U+FFFD. It
  /// takes time linear in the number of bytes, whatever they are. Front matter is left out.
  public init(reading bytes: [UInt8], as format: DocumentFormat) {
    let source = Document.normalized(bytes)
    self =
      switch format {
      case .markdown: Document.markdown(source)
      case .html: MainText.document(in: source)
      case .text: TextReader.document(in: source)
      }
  }

  private static func markdown(_ source: ArraySlice<UInt8>) -> Document {
    var builder = MarkdownReader.read(shown(of: source), into: DocumentBuilder()).builder
    return builder.finish()
  }

  /// Reads what bytes say and hands over the blocks of text as they are met, so that a long page
  /// takes little more memory than its text.
  static func read<Receiver: TextBlockReceiver>(
    _ bytes: [UInt8], as format: DocumentFormat, inPartsOf longestPart: Int? = nil,
    handingOverTo receiver: Receiver
  ) -> Receiver {
    if format == .text { return TextReader.read(normalized(bytes), handingOverTo: receiver) }
    let blocks = TextBlocks(handingOverTo: receiver)
    return readMarkup(bytes, as: format, inPartsOf: longestPart, handingOverTo: blocks).receiver
  }

  /// The same of HTML and Markdown, each block with its place.
  static func readMarkup<Receiver: BlockReceiver>(
    _ bytes: [UInt8], as format: DocumentFormat, inPartsOf longestPart: Int? = nil,
    handingOverTo receiver: Receiver
  ) -> Receiver {
    let source = normalized(bytes)
    var builder = DocumentBuilder(
      handingOverTo: receiver, longestPart: longestPart ?? DocumentBuilder.usualPart)
    if format == .html {
      MainText.read(source, into: &builder)
    } else {
      builder = MarkdownReader.read(shown(of: source), into: builder).builder
    }
    return builder.finishHandingOver() as? Receiver ?? receiver
  }

  /// A Markdown page without its front matter.
  private static func shown(of page: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let matter = FrontMatter(startOf: page) else { return page }
    return page[matter.end...]
  }

  /// The bytes without a byte order mark, their lines ending in a line feed alone.
  private static func normalized(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let text = bytes[...].withoutByteOrderMark
    guard let firstReturn = text.firstIndex(of: 0x0D) else { return text }
    var output = Array(text[..<firstReturn])
    output.reserveCapacity(text.count)
    for index in firstReturn..<text.endIndex {
      if text[index] != 0x0D {
        output.append(text[index])
      } else if index + 1 == text.endIndex || text[index + 1] != 0x0A {
        output.append(0x0A)
      }
    }
    return output[...]
  }
}
