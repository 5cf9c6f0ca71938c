import ArgumentParser
import Satchel

struct Note: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Show or write an article's note.",
    discussion: """
      Without -m, -F or -e it is shown. An empty note takes it away. Where another one was written at \
      the same time elsewhere, -e opens both between markers; what is saved settles it everywhere.
      """)

  @Argument(help: "An id or an address.") var article: String
  @OptionGroup var source: NoteSource
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws { try source.validate(with: options) }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let row =
      source.isGiven
      ? try await library.articleToChange(article) : try await library.article(article)
    // Before an editor opens: a note that comes while it is open was not shown, and stays.
    let shown = try await library.note(of: row.id)
    if source.edit {
      return try await edit(row.id, over: shown, library)
    }
    guard let text = try source.text() else {
      if options.json { return options.console.json(["note": shown.text]) }
      guard let note = shown.text else { return options.console.note("there is no note.") }
      options.console.print(TerminalEscape.escaped(note, keepingNewlines: true))
      if !shown.conflicts.isEmpty, !options.quiet {
        let others = Text.count(shown.conflicts.count, "other note")
        options.console.note(
          "\(others) not shown: satchel conflicts; satchel note \(row.shortID) -e settles it.")
      }
      return
    }
    try await write(text, row.id, over: shown, library)
  }

  private func edit(_ id: ArticleID, over shown: Shown, _ library: Library) async throws {
    guard !shown.conflicts.isEmpty else {
      return try await Editor.edit(shown.text ?? "") { text in
        try await write(text, id, over: shown, library)
      }
    }
    let markers = try await ConflictMarkers(
      shown, library.conflicts(inNoteOf: id), ReplicaNames(library))
    try await Editor.edit(markers.text) { text in
      guard !markers.areLeft(in: text) else {
        throw ErrorReport(
          code: ExitCode.failed.rawValue,
          message: "markers still stand between the notes. Nothing was changed.",
          hint: "Leave what the note is to say, without the lines that begin with <<<<<<<, ======= "
            + "and >>>>>>>.")
      }
      try await write(text, id, over: shown, library)
    }
  }

  private func write(
    _ text: String, _ id: ArticleID, over shown: Shown, _ library: Library
  ) async throws {
    let change = try await library.setNote(id, text, over: shown)
    // Who edited the note has seen what became of it, and of all that stood beside it.
    let replaced = change.changed.isEmpty || source.edit ? [] : shown.texts
    let (done, would) =
      text.isEmpty
      ? ("Took the note off", "Would take the note off")
      : ("Wrote the note of", "Would write the note of")
    try await options.tell(
      dryRun, library, done: done, would: would, change, replaced: replaced)
  }
}
