import Satchel

/// Shows a note, takes a new one, or opens an editor on it: of an article or of a highlight.
struct NoteRun {
  let source: NoteSource
  let options: GlobalOptions
  /// As it was before an editor opens: a note that comes while it is open was not shown, and stays.
  let shown: Shown
  /// What opens an editor on this note.
  let command: String

  /// What a write did, and what it would have done.
  struct Report {
    let done: String
    let would: String
    /// Texts that go, to be shown to whoever replaced them unseen.
    let replaced: [String]
  }

  /// - Parameters:
  ///   - conflicts: what is not shown of the note.
  ///   - write: writes a new text over what was shown, and tells of it.
  func run(
    in library: Library, conflicts: () async throws -> [Conflict],
    write: (String, Report) async throws -> Void
  ) async throws {
    if source.edit { return try await edit(library, conflicts, write) }
    if let text = try source.text() { return try await write(text, report(of: text)) }
    if options.json { return options.console.json(["note": shown.text]) }
    guard let note = shown.text else { return options.console.note("there is no note.") }
    options.console.print(TerminalEscape.escaped(note, keepingNewlines: true))
    guard !shown.conflicts.isEmpty, !options.quiet else { return }
    let others = Text.count(shown.conflicts.count, "other note")
    options.console.note("\(others) not shown: satchel conflicts; \(command) -e settles it.")
  }

  private func edit(
    _ library: Library, _ conflicts: () async throws -> [Conflict],
    _ write: (String, Report) async throws -> Void
  ) async throws {
    guard !shown.conflicts.isEmpty else {
      return try await Editor.edit(shown.text ?? "") { try await write($0, report(of: $0)) }
    }
    let markers = try await ConflictMarkers(shown, conflicts(), ReplicaNames(library))
    try await Editor.edit(markers.text) { text in
      guard !markers.areLeft(in: text) else {
        throw ErrorReport(
          code: ExitCode.failed.rawValue,
          message: "markers still stand between the notes. Nothing was changed.",
          hint: "Leave what the note is to say, without the lines that begin with <<<<<<<, ======= "
            + "and >>>>>>>.")
      }
      try await write(text, report(of: text))
    }
  }

  private func report(of text: String) -> Report {
    let (done, would) =
      text.isEmpty
      ? ("Took the note off", "Would take the note off")
      : ("Wrote the note of", "Would write the note of")
    // Who edited the note has seen what became of it, and of all that stood beside it.
    return Report(done: done, would: would, replaced: source.edit ? [] : shown.texts)
  }
}
