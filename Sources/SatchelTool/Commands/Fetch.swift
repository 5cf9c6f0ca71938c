import ArgumentParser
import Satchel

struct Fetch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Ask for texts and images that are not here.",
    discussion: """
      The texts of the articles are kept from now on, whatever satchel keep says, and come with the next \
      exchange: in a session at once, else in the next bundle or file of a replica that holds them. \
      Nothing is connected to.
      """)

  @Argument(help: "Ids or addresses.") var articles: [String] = []
  @OptionGroup var choice: Choice
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard articles.isEmpty != (choice.query == nil) else {
      throw ValidationError("Name articles, or give --query.")
    }
  }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let ids = try await choice.ids(of: articles, in: library, dryRun, options)
    let made = try await library.fetch(ids)
    if options.json { return try await options.printJSON(made, of: ids, library) }
    let wanted = made.status.wanted
    let done =
      made.changed.isEmpty
      ? "Nothing changed: it was so already."
      : "\(dryRun.dryRun ? "Would keep" : "Keeps") \(Text.count(made.changed.count, "article"))."
    options.console.say(
      wanted == 0
        ? "\(done) Nothing that is kept is missing."
        : "\(done) \(Text.count(wanted, "text")) \(wanted == 1 ? "is" : "are") asked for: satchel sync "
          + "brings what others have.")
  }
}
