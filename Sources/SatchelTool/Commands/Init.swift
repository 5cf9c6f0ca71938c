import ArgumentParser
import Files
import Foundation
import Satchel

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a new library with its first replica.")

  @Argument(help: "The folder; else the one the other commands use.", completion: .directory)
  var directory: FilePath?

  @Option(help: "What people call this replica; else the host's name.")
  var name: String?

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    // It would be the folder one is in, which a variable that is not set should not fill.
    if directory?.isEmpty == true { throw ValidationError("A folder has a name.") }
  }

  func run() async throws {
    let folder = directory?.absolute ?? options.folder
    let name = name ?? NewReplica.hostName
    if dryRun.dryRun {
      try Library.planCreation(at: folder, name: name)
      return options.console.say(
        "Would create a library in \(TerminalEscape.escaped(folder.shown)) (replica \(name)).")
    }
    let library = try await Library.create(at: folder, name: name)
    try await NewReplica.tell(
      library, options, "Created library \(library.shortName) (replica \(name)).",
      next: "satchel import PATH, satchel invite")
  }
}
