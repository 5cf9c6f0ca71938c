import ArgumentParser
import Satchel

struct Rate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rate", abstract: "Rate an article.")

  @Argument(help: "An id or an address.", completion: .articles) var article: String
  @Argument(help: "0 to 5 stars.") var stars: Int
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let row = try await library.articleToChange(article)
    let change = try await library.rate(row.id, stars: stars)
    try await options.tell(
      dryRun, library, done: "Rated \(stars):", would: "Would rate \(stars):", change)
  }
}
