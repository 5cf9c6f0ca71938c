import ArgumentParser
import Files
import Foundation
import Satchel

struct Invite: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite", abstract: "Print a code that lets another machine join.",
    discussion: """
      Whoever has the code can read and write the library, for good: hand it over in private, and \
      another way than the bundles. On the stick beside them it gives the library to whoever finds \
      the stick.
      """)

  @Option(
    help: "Write the code to a new file that only you may read.", completion: .file())
  var file: FilePath?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let code = try await library.invitation()
    let console = options.console
    if let file {
      try await library.writeInvitation(to: file)
      let name = TerminalEscape.escaped(file.shown)
      if options.json { console.json(["path": file.shown]) }
      console.say("Wrote the invitation to \(name).   Next: satchel join \(name)")
      return console.note(
        "whoever finds that file has the library: hand it over another way than the bundles.")
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
}
