import ArgumentParser
import Files
import Foundation
import Satchel

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a new library with its first replica, or a replica of a backup.",
    discussion: """
      With --from, what lies in a backup becomes a new replica of its library. It needs an invitation \
      (satchel invite), unless the backup was made with --with-secret.
      """)

  @Argument(help: "The folder; else the one the other commands use.", completion: .directory)
  var directory: FilePath?

  @Option(help: "What people call this replica; else the host's name.")
  var name: String?

  @Option(help: "A file that satchel backup wrote.", completion: .file())
  var from: FilePath?

  @Option(help: "With --from: the invitation's code, or a file that holds it.")
  var code: PlaceArgument?

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if code != nil && from == nil { throw ValidationError("--code belongs to --from.") }
    // It would be the folder one is in, which a variable that is not set should not fill.
    if directory?.isEmpty == true { throw ValidationError("A folder has a name.") }
  }

  func run() async throws {
    let folder = directory?.absolute ?? options.folder
    let name = name ?? NewReplica.hostName
    if let from { return try await restore(from.absolute, at: folder, name: name) }
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

  private func restore(_ backup: FilePath, at folder: FilePath, name: String) async throws {
    let invitation = try code.map { try Library.invitation(in: $0.path) ?? $0.shown }
    if dryRun.dryRun {
      let content = try Library.planRestoring(
        backup: backup, invitation: invitation, at: folder, name: name)
      return options.console.say(
        "Would restore \(Text.count(content.articles, "article")) in "
          + "\(TerminalEscape.escaped(folder.shown)) (replica \(name)).")
    }
    let library = try await Library.restore(
      backup: backup, invitation: invitation, at: folder, name: name)
    let count = Text.count(try await library.status().articles, "article")
    try await NewReplica.tell(
      library, options,
      "Restored library \(library.shortName) (replica \(name)) with \(count).",
      next: "satchel status, satchel sync TARGET")
  }
}
