import ArgumentParser
import Satchel

struct TitleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "title", abstract: "Give an article another title, which imports leave alone.")

  @Argument(help: "An id or an address.", completion: .articles) var article: String
  @Argument(help: "The title.") var title: String
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let row = try await library.articleToChange(article)
    let shown = try await library.title(of: row.id)
    let change = try await library.setTitle(row.id, title, over: shown)
    let replaced = change.changed.isEmpty ? [] : shown.texts.filter { $0 != title }
    try await options.tell(
      dryRun, library, done: "Retitled", would: "Would retitle", change, replaced: replaced,
      isKept: shown.isAuthored)
  }
}
