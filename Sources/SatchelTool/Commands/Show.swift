import ArgumentParser
import Foundation
import Satchel

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an article.")

  @Argument(help: "An id or an address.") var article: String
  @Option(help: "text, markdown (the body as stored), html or json.") var format = Format.text
  @OptionGroup var options: GlobalOptions

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, html, json
  }

  func run() async throws {
    let library = try await options.open()
    let row = try await library.article(article)
    let console = options.console
    if options.json || format == .json { return try await printJSON(row, library, console) }
    guard let hash = row.article.body, let body = try await library.body(hash) else {
      printHead(row, console)
      console.note(
        "the text is missing here; the next bundle from a replica that has it brings it.")
      return
    }
    switch format {
    case .markdown, .html:
      // A terminal gets it escaped; a file or a program gets the very bytes.
      guard isatty(STDOUT_FILENO) == 1 else { return FileHandle.standardOutput.write(Data(body)) }
      let text = String(decoding: body, as: UTF8.self)
      console.print(TerminalEscape.escaped(text, keepingNewlines: true))
    case .text, .json:
      printHead(row, console)
      let width = min(console.width, 100)
      console.print(
        TerminalText(width: width, colour: console.usesColour)
          .text(of: body, format: row.article.format))
      if let note = row.article.note {
        console.print("\nNote: \(TerminalEscape.escaped(note, keepingNewlines: true))")
      }
    }
  }

  private func printHead(_ row: ArticleRow, _ console: Console) {
    let article = row.article
    console.print(console.bold(TerminalEscape.escaped(article.title)))
    let facts = [
      article.author, article.site, article.published, article.isRead ? "read" : "unread",
      article.isStarred ? "starred" : nil, article.isArchived ? "archived" : nil,
      article.progressPercent > 0 ? "\(article.progressPercent) %" : nil,
      article.rating > 0 ? String(repeating: "★", count: article.rating) : nil,
      article.tags.isEmpty ? nil : "[\(article.tags.joined(separator: ", "))]",
    ].compactMap { $0 }
    console.print(console.dim(TerminalEscape.escaped(facts.joined(separator: " · "))))
    if let url = article.url { console.print(console.dim(TerminalEscape.escaped(url))) }
    console.print("")
  }

  private func printJSON(_ row: ArticleRow, _ library: Library, _ console: Console) async throws {
    let isHTML = format == .html
    let text: String?
    if isHTML {
      let hash = row.article.body
      text = try await hash.map { try await library.body($0) }?
        .map { String(decoding: $0, as: UTF8.self) }
    } else {
      text = try await library.plainText(of: row)
    }
    console.json(
      ShownArticleJSON(
        article: ArticleJSON(row), text: text, isHTML: isHTML, note: row.article.note))
  }
}

extension Optional {
  /// `map` with a transform that waits.
  fileprivate func map<Result>(
    _ transform: (Wrapped) async throws -> Result?
  ) async throws -> Result? {
    guard let self else { return nil }
    return try await transform(self)
  }
}
