import ArgumentParser
import Satchel

struct MarkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mark",
    abstract: "Mark articles read, unread, starred, unstarred, archived or unarchived.")

  @Argument(help: "The mark.") var mark: Mark
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
    let change = try await library.mark(ids, mark)
    try await options.tell(
      dryRun, library, done: "Marked \(mark.rawValue)", would: "Would mark \(mark.rawValue)", change
    )
  }
}

extension Mark: ExpressibleByArgument {}
