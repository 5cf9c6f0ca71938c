import ArgumentParser
import Foundation
import Satchel

struct Invite: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite", abstract: "Print a code that lets another machine join.",
    discussion: "Whoever has the code can read and write the library: hand it over in private.")

  @Option(
    help: "Write the code to a new file that only you may read.", completion: .file())
  var file: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let code = try await library.invitation()
    let console = options.console
    if let file {
      try write(code, to: file)
      return console.say("Wrote the invitation to \(file).   Next: satchel join \(file)")
    }
    if options.json { return console.json(["invitation": code]) }
    console.print(code)
    if Terminal.output.isThere, let picture = QRCode.text(of: code) {
      console.print("\n\(picture)")
    }
    if !options.quiet {
      console.note("whoever has this code has the library. On the other machine: satchel join CODE")
    }
  }

  private func write(_ code: String, to path: String) throws(LibraryError) {
    let handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let bytes = Array("\(code)\n".utf8)
    guard handle >= 0, Foundation.write(handle, bytes, bytes.count) == bytes.count,
      close(handle) == 0
    else {
      let code = errno
      throw .fileNotWritten(path: path, code: code, reason: String(cString: strerror(code)))
    }
  }
}
