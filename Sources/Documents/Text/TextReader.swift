/// Reads plain text: blank lines part paragraphs, and lines stay as they are.
enum TextReader {
  static func document(in source: ArraySlice<UInt8>) -> Document {
    var document = Document()
    var paragraph: [UInt8] = []
    func endParagraph() {
      guard !paragraph.isEmpty else { return }
      let text = String(decoding: paragraph, as: UTF8.self)
      document.blocks.append(.paragraph([Inline]([TextRun(text)])))
      paragraph = []
    }
    for line in source.split(separator: 0x0A, omittingEmptySubsequences: false) {
      guard let end = line.lastIndex(where: { !$0.isHTMLSpace }) else {
        endParagraph()
        continue
      }
      if !paragraph.isEmpty { paragraph.append(0x0A) }
      paragraph += line[...end]
    }
    endParagraph()
    return document
  }
}
