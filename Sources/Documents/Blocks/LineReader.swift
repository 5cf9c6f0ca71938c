/// Reads plain text: blank lines part paragraphs, and lines stay as they are.
enum LineReader {
  static func blocks(of source: ArraySlice<UInt8>) -> [TextBlock] {
    var blocks: [TextBlock] = []
    var paragraph: [UInt8] = []
    func endParagraph() {
      guard !paragraph.isEmpty else { return }
      let text = String(decoding: paragraph, as: UTF8.self)
      blocks.append(TextBlock(.paragraph, runs: [TextRun(text)]))
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
    return blocks
  }
}
