import ArgumentParser
import Foundation
import Satchel
import WebReader

struct Open: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open an article in your browser.",
    discussion: """
      Uses the reader's page that runs, or starts one in the background, which ends when nobody has \
      asked for anything for an hour (satchel web).
      """)

  @Argument(help: "An id or an address.", completion: .articles) var article: String
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let id = try await library.article(article).id.description
    let link = try await link(to: id, of: library)
    try await Browser(options.console).open(link)
  }

  private func link(to id: String, of library: Library) async throws -> String {
    if let link = await RunningPage(of: library.folder)?.link(to: id) { return link }
    let page = try await BackgroundPage.start(of: library)
    guard let link = await page.link(to: id) else { throw BackgroundPage.failure }
    return link
  }
}
