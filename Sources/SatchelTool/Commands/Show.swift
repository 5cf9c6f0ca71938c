import ArgumentParser
import Foundation
import Satchel

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an article.")

  @Argument(help: "An id or an address.", completion: .articles) var article: String
  @Option(
    help: "text, markdown or html-source (the body as stored), html (what text shows) or json.")
  var format = Format.text
  @OptionGroup var options: GlobalOptions

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, html, json
    case htmlSource = "html-source"
  }

  func run() async throws {
    let library = try await options.open()
    let row = try await library.article(article)
    let console = options.console
    if options.json || format == .json { return try await printJSON(row, library, console) }
    guard let hash = row.article.body, let body = try await library.body(hash) else {
      return try await ArticlePage(row, library, console).printWithoutText()
    }
    switch format {
    case .html: try await printHTML(of: body, row.article.format, console)
    case .markdown, .htmlSource: try await printSource(body, console)
    case .text, .json: try await ArticlePage(row, library, console).print(body)
    }
  }

  private func printHTML(
    of body: [UInt8], _ format: BodyFormat, _ console: Console
  ) async throws {
    guard Terminal.output.isThere else { return format.writeHTML(of: body) { Output.print($0) } }
    var html: [UInt8] = []
    format.writeHTML(of: body) { html += $0 }
    try await printSource(html, console)
  }

  /// A terminal gets it escaped; a file or a program gets the very bytes.
  private func printSource(_ bytes: [UInt8], _ console: Console) async throws {
    guard Terminal.output.isThere else { return Output.print(bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    try await console.paged { try $0.print(TerminalEscape.escaped(text, keepingNewlines: true)) }
  }

  private func printJSON(_ row: ArticleRow, _ library: Library, _ console: Console) async throws {
    let isHTML = format == .html
    let text = try await isHTML ? library.html(of: row) : library.plainText(of: row)
    console.json(
      ShownArticleJSON(
        article: ArticleJSON(row), text: text, isHTML: isHTML, note: row.article.note,
        highlights: try await library.highlights(of: row).map(HighlightJSON.init)))
  }
}
