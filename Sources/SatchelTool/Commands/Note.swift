import ArgumentParser
import Foundation
import Satchel

struct Note: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Show or write an article's note.",
    discussion: "Without -m, -F or -e it is shown. An empty note takes it away.")

  @Argument(help: "An id or an address.") var article: String
  @Option(name: [.customShort("m"), .long], help: "The note.") var message: String?
  @Option(
    name: [.customShort("F"), .long], help: "A file with the note; - for standard input.",
    completion: .file())
  var file: String?
  @Flag(name: [.customShort("e"), .long], help: "Write it in $EDITOR.") var edit = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    let ways = [message != nil, file != nil, edit].filter { $0 }.count
    if ways > 1 { throw ValidationError("Give one of -m, -F and -e.") }
    if edit && options.noInput { throw ValidationError("--no-input and -e exclude each other.") }
  }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let row = try await library.article(article)
    if edit {
      return try await Editor.edit(row.article.note ?? "") { text in
        try await write(text, row, library)
      }
    }
    guard let text = try newText() else {
      if options.json { return options.console.json(["note": row.article.note]) }
      guard let note = row.article.note else { return options.console.note("there is no note.") }
      return options.console.print(TerminalEscape.escaped(note, keepingNewlines: true))
    }
    try await write(text, row, library)
  }

  private func write(_ text: String, _ row: ArticleRow, _ library: Library) async throws {
    let count = try await library.setNote(row.id, text)
    options.tell(dryRun, done: "Noted on", would: "Would note on", count)
  }

  private func newText() throws -> String? {
    if let message { return message }
    if let file {
      // Standard input may be a pipe, which has no length to ask for.
      let data =
        file == "-"
        ? try? FileHandle.standardInput.readToEnd() ?? Data()
        : try? Data(contentsOf: URL(fileURLWithPath: file))
      guard let data, let text = String(data: data, encoding: .utf8) else {
        throw LibraryError.invalid("\(file) cannot be read as UTF-8 text")
      }
      return text.trimmingCharacters(in: .newlines)
    }
    return nil
  }
}
