import ArgumentParser
import Files
import Satchel

struct Remote: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remote", abstract: "Name the places this machine synchronizes with.",
    subcommands: [AddRemote.self, ListRemotes.self, RemoveRemote.self])

  struct AddRemote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a remote, or point it elsewhere.")
    @Argument(help: "What to call it.") var name: String
    @Argument(
      help: "A folder, HOST:PORT, ssh://HOST/PATH, or rclone:REMOTE:PATH.", completion: .directory)
    var target: PlaceArgument
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let target = try SyncTarget(target.text)
      let library = try await options.open(dryRun: dryRun.dryRun)
      let isChanged = try await library.addRemote(name, target: target)
      let verb = dryRun.dryRun ? "Would add" : "Added"
      options.console.tellSet(name, isChanged, "\(verb) remote \(name): \(target)")
      if let folder = target.folder, !folder.isFolder {
        options.console.warn("there is no folder \(TerminalEscape.escaped(folder.shown)) now")
      }
    }
  }

  struct ListRemotes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the remotes.")
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let remotes = try await options.open().remotes()
      if options.json {
        return options.console.json([
          "remotes": remotes.map { RemoteJSON(name: $0.name, target: PathText.shown($0.target)) }
        ])
      }
      var table = Table(columns: [.left, .left])
      for remote in remotes { table.append([remote.name, PathText.shown(remote.target)]) }
      for line in table.lines(options.console) { options.console.print(line) }
    }
  }

  struct RemoveRemote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Forget a remote; the place itself is left as it is.")
    @Argument(help: "Its name.", completion: .remotes) var name: String
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      try await library.removeRemote(name)
      let verb = dryRun.dryRun ? "Would forget" : "Forgot"
      options.console.tellSet(name, true, "\(verb) remote \(name).")
    }
  }
}
