import ArgumentParser
import Satchel

struct Note: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Show or write an article's note.",
    discussion: """
      Without -m, -F or -e it is shown. An empty note takes it away. Where another one was written at \
      the same time elsewhere, -e opens both between markers; what is saved settles it everywhere.
      """)

  @Argument(help: "An id or an address.", completion: .articles) var article: String
  @OptionGroup var source: NoteSource
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws { try source.validate(with: options) }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let row =
      source.isGiven
      ? try await library.articleToChange(article) : try await library.article(article)
    let shown = try await library.note(of: row.id)
    let note = NoteRun(
      source: source, options: options, shown: shown, command: "satchel note \(row.shortID)")
    try await note.run(in: library) {
      try await library.conflicts(inNoteOf: row.id)
    } write: { text, report in
      let change = try await library.setNote(row.id, text, over: shown)
      try await options.tell(
        dryRun, library, done: report.done, would: report.would, change,
        replaced: change.changed.isEmpty ? [] : report.replaced)
    }
  }
}
