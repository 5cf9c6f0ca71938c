import Satchel

/// An article as it is read on a terminal.
struct ArticlePage {
  private let row: ArticleRow
  private let highlights: [PlacedHighlight]
  private let library: Library
  private let images: ArticleImages
  private let console: Console

  init(_ row: ArticleRow, _ library: Library, _ console: Console) async throws {
    (self.row, self.library, self.console) = (row, library, console)
    highlights = try await library.highlights(of: row)
    images = try await library.images(of: row)
  }

  /// Shows it, in a pager where it is long.
  func print(_ body: [UInt8]) async throws {
    let width = min(console.width, 100)
    try await console.paged { page in
      for line in head { try page.print(line) }
      try page.print(
        TerminalText(
          width: width, color: console.usesColor, marks: highlights.compactMap(\.place.range),
          isAway: { [images] in images.isAway($0) }
        )
        .text(of: body, format: row.article.format))
      if let note { try page.print(note) }
      for line in HighlightLines.lines(below: highlights, console) { try page.print(line) }
    }
  }

  func printWithoutText() async throws {
    // What follows the head begins with a blank line, as the head ends with one.
    let below = [note].compactMap { $0 } + HighlightLines.lines(below: highlights, console)
    for line in head.dropLast() + below { console.print(line) }
    guard row.article.body != nil else {
      return console.note(
        "it is an address without a text. A saved page of it joins it: satchel add FILE --url ADDRESS."
      )
    }
    console.note(try await whereabouts)
  }

  /// Where the text lies that is not here.
  private var whereabouts: String {
    get async throws {
      guard let place = try await library.whereabouts(of: row.id) else {
        return "the text is missing here."
      }
      let peers = try await library.replicas()
      let names = place.holders.map { holder in
        TerminalEscape.escaped(
          peers.first { $0.replica == holder }?.name ?? String(holder.description.prefix(8)))
      }
      let holders = names.isEmpty ? nil : names.joined(separator: " or ")
      guard place.isLeftOut else {
        return "the text is missing here and asked for; the next bundle or sync from "
          + "\(holders ?? "a replica that has it") brings it."
      }
      let id = try await library.shortID(of: row.id)
      return "this machine does not keep the text (satchel keep); "
        + (holders.map { "\($0) has it. " } ?? "no replica has told that it has it. ")
        + "To read it here: satchel fetch \(id), then satchel sync."
    }
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
