import ArgumentParser
import Satchel

struct Remove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Delete articles from the library, on every replica.",
    discussion: """
      They lie in the bin: satchel list --deleted shows them, satchel restore ID brings one back, and \
      satchel undo all of them. Their texts are kept until satchel compact finds them deleted for 30 \
      days.
      """)

  @Argument(help: "Ids or addresses.", completion: .articles) var articles: [String] = []
  @OptionGroup var choice: Choice
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    try choice.check(besides: articles)
  }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let ids = try await choice.ids(of: articles, in: library, dryRun, options)
    let change = try await library.delete(ids)
    try await options.tell(
      dryRun, library, done: "Deleted", would: "Would delete", change, next: "satchel undo")
  }
}
