import ArgumentParser
import Satchel

struct Replica: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replica", abstract: "List the library's replicas, rename or retire one.",
    subcommands: [ListReplicas.self, Rename.self, Retire.self, Unretire.self])

  struct ListReplicas: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List every replica this one knows of.")
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open()
      let own = try await library.replicaID()
      let all = try await library.replicas()
      if options.json {
        return options.console.json([
          "replicas": all.map {
            Entry(id: $0.replica.description, name: $0.name, retired: $0.isRetired)
          }
        ])
      }
      var table = Table(columns: [.left, .left, .left])
      for replica in all {
        let mark =
          replica.replica == own
          ? "(this one)"
          : replica.isRetired ? "(retired)" : replica.isOwn ? "(this one, elsewhere)" : ""
        table.append([replica.replica.description, replica.name ?? "unnamed", mark])
      }
      for line in table.lines(options.console) { options.console.print(line) }
    }

    private struct Entry: Encodable {
      let id: String
      let name: String?
      let retired: Bool
    }
  }

  struct Rename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Give a replica another name.")
    @Argument(help: "Its name or the beginning of its id.", completion: .replicas) var replica:
      String
    @Argument(help: "The new name, at most 64 bytes.") var name: String
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let replica = try await library.replica(named: replica)
      let isChanged = try await library.rename(name, of: replica.replica)
      let verb = dryRun.dryRun ? "Would rename" : "Renamed"
      options.console.tellSet(
        "\(replica.replica)", isChanged, "\(verb) replica \(replica.replica) to \(name).")
    }
  }

  struct Unretire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unretire", abstract: "Say that a retired replica came back.")
    @Argument(help: "Its name or the beginning of its id.", completion: .replicas) var replica:
      String
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let replica = try await library.replica(named: replica, retired: true)
      let isChanged = try await library.unretire(replica.replica)
      let verb = dryRun.dryRun ? "Would take back" : "Took back"
      options.console.tellSet(
        "\(replica.replica)", isChanged,
        "\(verb) replica \(replica.name ?? replica.replica.description).")
    }
  }

  struct Retire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retire", abstract: "Say that a replica will not come back.")
    @Argument(help: "Its name or the beginning of its id.", completion: .replicas) var replica:
      String
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let replica = try await library.replica(named: replica)
      let isChanged = try await library.retire(replica.replica)
      let verb = dryRun.dryRun ? "Would retire" : "Retired"
      options.console.tellSet(
        "\(replica.replica)", isChanged,
        "\(verb) replica \(replica.name ?? replica.replica.description).")
      // Texts that are left out may have been there alone.
      if isChanged, !options.json, let text = try await library.keeping().keeperText {
        options.console.note(text)
      }
    }
  }
}
