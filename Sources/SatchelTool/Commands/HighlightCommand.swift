import ArgumentParser
import Satchel

struct HighlightCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "highlight", abstract: "Mark passages of articles, note them, list them.",
    discussion: """
      A highlight keeps its words. Where an article's text changes, its place is found again by them; \
      where they are gone it is listed as an orphan, and nothing of it is lost.
      """,
    subcommands: [AddHighlight.self, ListHighlights.self, NoteHighlight.self, RemoveHighlight.self])

  struct AddHighlight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Mark a passage of an article.",
      discussion: """
        satchel highlight add 7kq2m9xd --quote 'never cross the same bridge twice' -m 'Euler'

        The passage is looked for in the text that satchel show prints; any white space in it stands \
        for any white space there. --color does for --colour.
        """)
    @Argument(help: "An id or an address.", completion: .articles) var article: String
    @Option(help: "The passage.") var quote: String
    @Option(help: "The name of a color, such as yellow.") var colour: String?
    @Option(name: [.customShort("m"), .customLong("message")], help: "A note.")
    var message: String?
    @Option(help: "Which of several places is meant, the first being 1.") var nth: Int?
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if let nth, nth < 1 { throw ValidationError("--nth is 1 or more.") }
      if quote.allSatisfy(\.isWhitespace) { throw ValidationError("The passage is empty.") }
    }

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let row = try await library.articleToChange(article)
      let change = try await library.highlight(
        row, passage: quote, number: nth, color: colour, note: message)
      try await options.tell(
        dryRun, library, done: "Highlighted a passage of \(row.shortID) as",
        would: "Would highlight a passage of \(row.shortID)", change)
    }
  }

  struct RemoveHighlight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rm", abstract: "Take highlights away, on every replica.",
      discussion: "satchel undo brings them back.")
    @Argument(help: "Ids of highlights.") var highlights: [String]
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      var ids: [HighlightID] = []
      for name in highlights {
        let id = try await library.highlightToChange(name).id
        if !ids.contains(id) { ids.append(id) }
      }
      let change = try await library.delete(ids)
      try await options.tell(
        dryRun, library, done: "Took away",
        would: "Would take \(Text.count(ids.count, "highlight")) away", change)
    }
  }
}
