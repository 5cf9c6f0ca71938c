/// Reads plain text: blank lines part paragraphs, and lines stay as they are.
enum TextReader {
  static func document(in source: ArraySlice<UInt8>) -> Document {
    read(source, handingOverTo: ParagraphGatherer()).document
  }

  static func read<Receiver: TextBlockReceiver>(
    _ source: ArraySlice<UInt8>, handingOverTo receiver: Receiver
  ) -> Receiver {
    var receiver = receiver
    var paragraph: [UInt8] = []
    func endParagraph() {
      guard !paragraph.isEmpty else { return }
      let text = String(decoding: paragraph, as: UTF8.self)
      paragraph.removeAll(keepingCapacity: true)
      receiver.append(TextBlock(kind: .paragraph, runs: [TextRun(text)]))
    }
    for line in source.lines {
      guard let end = line.lastIndex(where: { !$0.isHTMLSpace }) else {
        endParagraph()
        continue
      }
      if !paragraph.isEmpty { paragraph.append(0x0A) }
      paragraph += line[...end]
    }
    endParagraph()
    return receiver
  }
}

/// The paragraphs as a tree.
private struct ParagraphGatherer: TextBlockReceiver {
  private(set) var document = Document()

  mutating func append(_ block: TextBlock) {
    document.blocks.append(.paragraph([Inline](block.runs)))
  }
}
