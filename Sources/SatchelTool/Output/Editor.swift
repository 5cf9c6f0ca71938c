import Foundation
import Processes
import Satchel

/// A text on its way through the user's own editor, in a private temporary file.
struct Editor {
  private let text: String
  private let folder: URL
  private var file: URL { folder.appendingPathComponent("note.md") }

  /// Opens `text` in the editor and returns what `use` makes of what was saved.
  ///
  /// What was typed stays in the file where the editor or `use` fails, and the error says where.
  static func edit<Result>(
    _ text: String, use: (String) async throws -> Result
  ) async throws -> Result {
    let editor = try Editor(text)
    do {
      let result = try await use(try await editor.run())
      try? FileManager.default.removeItem(at: editor.folder)
      return result
    } catch {
      throw editor.keepingWhatWasSaved(after: error)
    }
  }

  private init(_ text: String) throws {
    self.text = text
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("satchel-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try original.write(to: file)
    } catch {
      throw LibraryError.folderUnwritable(
        path: folder.path, reason: "the text to edit cannot be put there")
    }
  }
}

extension Editor {
  /// What the editor is given: a line ends.
  private var original: Data { Data((text.isEmpty ? "" : "\(text)\n").utf8) }

  /// `$VISUAL`, else `$EDITOR`, else vi: a command as the shell reads it, arguments and all.
  private static var command: String {
    for name in ["VISUAL", "EDITOR"] {
      let value = getenv(name).map { String(cString: $0) } ?? ""
      if !value.allSatisfy(\.isWhitespace) { return value }
    }
    return "vi"
  }

  /// Returns what was saved.
  private func run() async throws -> String {
    let command = Editor.command
    let ending: ChildProcess.Ending
    do {
      let script = "\(ChildProcess.sparedShell) \(command) \"$@\""
      let child = try Interruption.lendTerminal(.editor) { () throws(ChildProcessError) in
        try ChildProcess("/bin/sh", ["-c", script, command, file.path])
      }
      ending = await Interruption.wait(for: child)
    } catch {
      throw failure("the editor cannot be started: \(error.reason).")
    }
    if Task.isCancelled || ending.isInterruption { throw LibraryError.cancelled }
    switch ending {
    case .exited(0): break
    case .exited(127):
      throw failure("the editor \(command) was not found.", hint: "EDITOR names another.")
    case .exited(let status): throw failure("the editor ended with status \(status).")
    case .killed(let signal): throw failure("the editor was ended by signal \(signal).")
    }
    guard let data = try? Data(contentsOf: file) else { throw failure("the editor left no file.") }
    guard data != original else { return text }
    guard let saved = String(data: data, encoding: .utf8) else {
      throw failure("what the editor saved is no UTF-8 text.")
    }
    return saved.trimmingCharacters(in: .newlines)
  }

  private func failure(_ message: String, hint: String? = nil) -> ErrorReport {
    ErrorReport(
      code: ExitCode.failed.rawValue, message: "\(message) The note is as it was.", hint: hint)
  }

  /// Says where what was typed lies; where nothing was, it is let go.
  private func keepingWhatWasSaved(after error: any Error) -> any Error {
    let saved = try? Data(contentsOf: file)
    guard let saved, !saved.isEmpty, saved != original else {
      try? FileManager.default.removeItem(at: folder)
      return error
    }
    let report =
      (error as? ErrorReport) ?? ErrorReport((error as? LibraryError) ?? LibraryError.cancelled)
    let place = "What you wrote is kept in \(file.path)."
    return ErrorReport(
      code: report.code, message: report.message,
      hint: [report.hint, place].compactMap { $0 }.joined(separator: " "))
  }
}
