import Satchel

/// Highlights as people read them.
enum HighlightLines {
  /// One in a list of several articles': its id, its article, its words and its note.
  static func lines(
    of highlight: PlacedHighlight, in row: ArticleRow, _ console: Console
  ) -> [String] {
    lines(of: highlight, beside: "\(row.shortID)  ", console)
  }

  /// Those of one article, below its text.
  static func lines(below article: [PlacedHighlight], _ console: Console) -> [String] {
    guard !article.isEmpty else { return [] }
    return ["", console.bold("Highlights")] + article.flatMap { lines(of: $0, beside: "", console) }
  }

  /// As many characters of a passage are shown here; its article and `--json` have all of it.
  private static let listedCharacters = 300

  private static func lines(
    of highlight: PlacedHighlight, beside article: String, _ console: Console
  ) -> [String] {
    let (row, width) = (highlight.row, max(40, console.width))
    let head = "\(row.shortID)  \(article)"
    let words = row.highlight.anchor.quote.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let isLong = words.unicodeScalars.count > listedCharacters
    let quote = isLong ? "\(words.prefix(listedCharacters))…" : words
    let state =
      [
        highlight.place == .orphan ? "orphan: not in the text as it is now" : nil,
        highlight.place == .unknown ? "the text is missing here" : nil,
        row.highlight.color, row.hasConflict ? "in conflict: satchel conflicts" : nil,
      ].compactMap { $0 }.joined(separator: ", ")
    let indent = String(repeating: " ", count: head.displayWidth)
    let body = wrapped(quote, width - head.displayWidth)
    var lines = zip([head] + Array(repeating: indent, count: max(0, body.count - 1)), body)
      .map { $0 + $1 }
    if !state.isEmpty { lines.append(console.dim("\(indent)(\(state))")) }
    let note = row.highlight.note.flatMap { $0.isEmpty ? nil : $0 } ?? ""
    for line in note.split(separator: "\n", omittingEmptySubsequences: false) where !note.isEmpty {
      lines += wrapped(String(line), width - indent.count - 2).map { "\(indent)  \($0)" }
    }
    return lines
  }

  private static func wrapped(_ text: String, _ columns: Int) -> [String] {
    TerminalText(width: columns, color: false).text(of: Array(text.utf8), format: .text)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
