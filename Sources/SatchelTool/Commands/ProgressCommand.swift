import ArgumentParser
import Satchel

struct ProgressCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "progress", abstract: "Say how far an article was read.")

  @Argument(help: "An id or an address.", completion: .articles) var article: String
  @Argument(help: "0 to 100.") var percent: Int
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let row = try await library.articleToChange(article)
    let change = try await library.setProgress(row.id, percent: percent)
    try await options.tell(
      dryRun, library, done: "Set to \(percent) %:", would: "Would set to \(percent) %:", change)
  }
}
