import ArgumentParser
import Satchel

struct Remove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Delete articles from the library, on every replica.")

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
    let count = try await library.delete(ids)
    options.tell(dryRun, done: "Deleted", would: "Would delete", count)
  }
}

extension GlobalOptions {
  /// The one line that says how many articles an edit changed.
  func tell(_ dryRun: DryRun, done: String, would: String, _ count: Int) {
    if json { return console.json(ChangeSummary(changed: count, dryRun: dryRun.dryRun)) }
    guard count > 0 else { return console.say("Nothing changed: it was so already.") }
    console.say("\(dryRun.dryRun ? would : done) \(Text.count(count, "article")).")
  }
}

private struct ChangeSummary: Encodable {
  let type = "summary"
  let changed: Int
  let dryRun: Bool

  enum CodingKeys: String, CodingKey {
    case type, changed
    case dryRun = "dry_run"
  }
}
