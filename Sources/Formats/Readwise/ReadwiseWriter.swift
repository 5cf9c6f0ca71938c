import Articles
import Files

/// Writes highlights as a table that Readwise imports.
struct ReadwiseWriter: FormatWriter {
  private var file: WrittenFile

  init(to target: ExportTarget) throws(FileError) {
    file = try WrittenFile(target)
    try write(["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"])
  }

  var tally: ExportTally { file.tally }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    let draft = article.draft
    for highlight in draft.state.highlights {
      let time = highlight.createdMilliseconds.flatMap(InstantText.text)
      try write([
        highlight.quote, draft.title, draft.author ?? "", draft.url ?? "", highlight.note ?? "",
        highlight.anchor.map { "\($0.start)" } ?? "",
        time.map { "\($0.prefix(10)) \($0.dropFirst(11).prefix(8))" } ?? "",
      ])
    }
  }

  mutating func finish() throws(FileError) { try file.finish() }
}

extension ReadwiseWriter {
  /// A row, as RFC 4180 has it.
  private mutating func write(_ cells: [String]) throws(FileError) {
    let row = cells.map { cell in
      guard cell.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return cell }
      return
        "\"\(cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }
    try file.write(row.joined(separator: ",") + "\r\n")
  }
}
