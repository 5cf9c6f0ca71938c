import ArgumentParser
import Files
import Foundation
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
      // Before an editor opens: a note that comes while it is open was not shown, and stays.
      let shown = try await library.note(of: row.id)
      if source.edit {
        return try await Editor.edit(shown.text ?? "") { text in
          try await write(text, row, over: shown, library)
        }
      }
      guard let text = try source.text() else {
        if options.json { return options.console.json(["note": shown.text]) }
        guard let note = shown.text else { return options.console.note("there is no note.") }
        return options.console.print(TerminalEscape.escaped(note, keepingNewlines: true))
      }
      try await write(text, row, over: shown, library)
    }

    private func write(
      _ text: String, _ row: HighlightRow, over shown: Shown, _ library: Library
    ) async throws {
      let change = try await library.setNote(row.id, text, over: shown)
      // Who edited the note has seen what became of it, and not what stood beside it.
      let replaced = change.changed.isEmpty ? [] : source.edit ? shown.conflictTexts : shown.texts
      let (done, would) =
        text.isEmpty
        ? ("Took the note off", "Would take the note off")
        : ("Wrote the note of", "Would write the note of")
      try await options.tell(
        dryRun, library, done: done, would: "\(would) \(row.shortID)", change, replaced: replaced)
    }
  }
}
