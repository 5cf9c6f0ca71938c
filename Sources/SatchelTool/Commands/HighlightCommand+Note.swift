import ArgumentParser
import Satchel

extension HighlightCommand {
  struct NoteHighlight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "note", abstract: "Show or write a highlight's note.",
      discussion: "Without -m, -F or -e it is shown. An empty note takes it away.")
    @Argument(help: "A highlight's id.") var highlight: String
    @OptionGroup var source: NoteSource
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func validate() throws { try source.validate(with: options) }

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let row =
        source.isGiven
        ? try await library.highlightToChange(highlight) : try await library.highlight(highlight)
      let shown = try await library.note(of: row.id)
      let note = NoteRun(
        source: source, options: options, shown: shown,
        command: "satchel highlight note \(row.shortID)")
      try await note.run(in: library) {
        try await library.conflicts(inNoteOf: row.id)
      } write: { text, report in
        let change = try await library.setNote(row.id, text, over: shown)
        try await options.tell(
          dryRun, library, done: report.done, would: "\(report.would) \(row.shortID)", change,
          replaced: change.changed.isEmpty ? [] : report.replaced)
      }
    }
  }
}
