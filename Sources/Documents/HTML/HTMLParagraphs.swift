/// Writes the paragraphs of a plain text.
struct HTMLParagraphs: TextBlockReceiver {
  private(set) var page: HTMLPage

  mutating func append(_ block: TextBlock) {
    page.append(PlacedBlock(.paragraph, at: [], marker: nil), [])
    for run in block.runs { append(run.text) }
  }

  /// A paragraph may be all of a long text, and grows where it is escaped.
  private mutating func append(_ text: String) {
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let part = rest.prefix(HTMLParagraphs.partLength)
      page.append(more: [TextRun(String(part))])
      rest = rest[part.endIndex...]
    }
  }

  private static let partLength = 1 << 14
}
