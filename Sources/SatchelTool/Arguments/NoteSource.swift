import ArgumentParser
import Files
import Foundation
import Satchel

/// Where a new note comes from; nowhere, where it is only to be shown.
struct NoteSource: ParsableArguments {
  @Option(name: [.customShort("m"), .long], help: "The note.") var message: String?
  @Option(
    name: [.customShort("F"), .long], help: "A file with the note; - for standard input.",
    completion: .file())
  var file: FilePath?
  @Flag(name: [.customShort("e"), .long], help: "Write it in $EDITOR.") var edit = false

  var isGiven: Bool { edit || message != nil || file != nil }

  /// Throws where it is given in two ways, or in one that asks where nothing may.
  func validate(with options: GlobalOptions) throws {
    let ways = [message != nil, file != nil, edit].filter { $0 }.count
    if ways > 1 { throw ValidationError("Give one of -m, -F and -e.") }
    if edit && options.noInput { throw ValidationError("--no-input and -e exclude each other.") }
  }

  /// What was given on the command line or in a file; nil where it was neither.
  func text() throws -> String? {
    if let message { return message }
    guard let file else { return nil }
    return try Interruption.reading {
      try Library.text(in: file == "-" ? nil : file, limit: Library.noteBytes)
    }.trimmingCharacters(in: .newlines)
  }
}
