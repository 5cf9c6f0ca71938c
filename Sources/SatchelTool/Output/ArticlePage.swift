import Satchel

/// An article as it is read on a terminal.
struct ArticlePage {
  private let row: ArticleRow
  private let highlights: [PlacedHighlight]
  private let console: Console

  init(_ row: ArticleRow, _ library: Library, _ console: Console) async throws {
    (self.row, self.console) = (row, console)
    highlights = try await library.highlights(of: row)
  }

  /// Shows it, in a pager where it is long.
  func print(_ body: [UInt8]) async throws {
    let width = min(console.width, 100)
    try await console.paged { page in
      for line in head { try page.print(line) }
      try page.print(
        TerminalText(
          width: width, color: console.usesColor, marks: highlights.compactMap(\.place.range)
        )
        .text(of: body, format: row.article.format))
      if let note { try page.print(note) }
      for line in HighlightLines.lines(below: highlights, console) { try page.print(line) }
    }
  }

  func printWithoutText() {
    // What follows the head begins with a blank line, as the head ends with one.
    let below = [note].compactMap { $0 } + HighlightLines.lines(below: highlights, console)
    for line in head.dropLast() + below { console.print(line) }
    guard row.article.body != nil else {
      return console.note(
        "it is an address without a text. A saved page of it joins it: satchel add FILE --url ADDRESS."
      )
    }
    console.note("the text is missing here; the next bundle from a replica that has it brings it.")
  }

  private var note: String? {
    row.article.note.map { "\nNote: \(TerminalEscape.escaped($0, keepingNewlines: true))" }
  }

  private var head: [String] {
    let article = row.article
    let facts = [
      article.author, article.site, article.published, article.isDeleted ? "deleted" : nil,
      article.isRead ? "read" : "unread", article.isStarred ? "starred" : nil,
      article.isArchived ? "archived" : nil,
      article.progressPercent > 0 ? "\(article.progressPercent) %" : nil,
      article.rating > 0 ? String(repeating: "★", count: article.rating) : nil,
      row.hasConflict ? "in conflict: satchel conflicts" : nil,
      article.tags.isEmpty ? nil : "[\(article.tags.joined(separator: ", "))]",
    ].compactMap { $0 }
    let lines = [facts.joined(separator: " · "), article.url].compactMap { $0 }
    return [console.bold(TerminalEscape.escaped(article.heading))]
      + lines.map { console.dim(TerminalEscape.escaped($0)) } + [""]
  }
}
