import ArgumentParser
import Satchel

struct Evict: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evict", abstract: "Take the texts and images of articles off this machine only.",
    discussion: """
      Articles stay, with all that is known of them. Where they were searched before, they are found by \
      the words of their texts until something of them changes. A text goes once another replica is known \
      to hold it: one that keeps every text, and has heard that this machine does not. satchel fetch asks \
      for it again; satchel keep chooses by a query.
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
    let made = try await library.evict(ids)
    if options.json { return try await options.printJSON(made, of: ids, library) }
    let done = dryRun.dryRun ? "Would evict" : "Evicted"
    options.console.say(
      made.changed.isEmpty && made.status.dropped == 0
        ? "Nothing changed: it was so already."
        : "\(done) \(Text.count(made.changed.count, "article")): "
          + "\(Text.count(made.status.dropped, "text")) \(dryRun.dryRun ? "would go" : "went").")
    if let text = made.status.keeperText {
      options.console.say(text)
    } else if made.status.waiting > 0 {
      options.console.say(made.status.waitingText)
    }
  }
}

extension GlobalOptions {
  /// The one object of a choice of texts, as of any change.
  func printJSON(_ made: TextChoice, of ids: [ArticleID], _ library: Library) async throws {
    var changed: [String] = []
    for id in made.changed { changed.append(try await library.shortID(of: id)) }
    console.json(
      TextChoiceJSON(
        changed: changed, unchanged: ids.count - changed.count, keeping: KeepingJSON(made.status)))
  }
}

/// The keys are promised: change none.
private struct TextChoiceJSON: Encodable {
  let changed: [String]
  let unchanged: Int
  let keeping: KeepingJSON
}
