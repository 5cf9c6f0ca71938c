import ArgumentParser
import Files
import Foundation
import Satchel

struct Join: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "Make a new, empty replica of a library by invitation.")

  @Argument(help: "The code that satchel invite printed, or a file that holds it.")
  var code: PlaceArgument

  @Argument(help: "The folder; else the one the other commands use.", completion: .directory)
  var directory: FilePath?

  @Option(help: "What people call this replica; else the host's name.")
  var name: String?

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let folder = directory?.absolute ?? options.folder
    let name = name ?? NewReplica.hostName
    let text = try Library.invitation(in: code.path) ?? code.shown
    if dryRun.dryRun {
      try Library.planCreation(joining: text, at: folder, name: name)
      return options.console.say(
        "Would join in \(TerminalEscape.escaped(folder.shown)) (replica \(name)).")
    }
    let library = try await Library.join(text, at: folder, name: name)
    try await NewReplica.tell(
      library, options, "Joined library \(library.shortName) (replica \(name)), empty so far.",
      next: "satchel merge BUNDLE, satchel sync TARGET")
  }
}
