import Satchel

/// An article in one line: id, marks, day, title, tags, within the terminal's width.
enum ArticleLine {
  static func text(of row: ArticleRow, _ console: Console) -> String {
    let article = row.article
    let marks =
      (article.isRead ? " " : "•") + (article.isStarred ? "★" : " ")
      + (article.isDeleted ? "×" : article.body != nil && row.bodyLength == nil ? "!" : " ")
      + (row.hasConflict ? "≠" : " ")
    let date = (article.published.map { String($0.prefix(10)) } ?? "").padded(toColumns: 10)
    let tags = article.tags.isEmpty ? "" : "  [\(article.tags.joined(separator: ", "))]"
    // A narrow terminal has its columns for titles.
    let isNarrow = Terminal.output.isThere && console.width < 60
    let head = "\(row.shortID) \(marks) \(isNarrow ? "" : date + "  ")"
    let title = TerminalEscape.escaped(article.heading + tags)
    guard Terminal.output.isThere else { return head + title }
    let room = max(8, console.width - DisplayWidth.columns(of: head))
    let text = title.truncated(toColumns: room)
    return head + (article.isRead ? console.dim(text) : console.bold(text))
  }
}
