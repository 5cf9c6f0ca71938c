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
  }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let row = try await library.article(article)
    guard let text = try newText(over: row.article.note ?? "") else {
      if options.json { return options.console.json(["note": row.article.note]) }
      guard let note = row.article.note else { return options.console.note("there is no note.") }
      return options.console.print(TerminalEscape.escaped(note, keepingNewlines: true))
    }
    let count = try await library.setNote(row.id, text)
    options.tell(dryRun, done: "Noted on", would: "Would note on", count)
  }

  private func newText(over old: String) throws -> String? {
    if let message { return message }
    if let file {
      // Standard input may be a pipe, which has no length to ask for.
      let data =
        file == "-"
        ? FileHandle.standardInput.readDataToEndOfFile()
        : try? Data(contentsOf: URL(fileURLWithPath: file))
      guard let data, let text = String(data: data, encoding: .utf8) else {
        throw LibraryError.invalid("\(file) cannot be read as UTF-8 text")
      }
      return text.trimmingCharacters(in: .newlines)
    }
    return edit ? try Editor.edit(old) : nil
  }
}

/// The user's own editor, on a private temporary file.
enum Editor {
  static func edit(_ text: String) throws -> String {
    let environment = ProcessInfo.processInfo.environment
    let editor = environment["VISUAL"] ?? environment["EDITOR"] ?? "vi"
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("satchel-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("note.md")
    try Data(text.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(editor) \"$1\"", "sh", file.path]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw LibraryError.invalid("the editor ended with \(process.terminationStatus)")
    }
    return try String(contentsOf: file, encoding: .utf8)
      .trimmingCharacters(in: .newlines)
  }
}
