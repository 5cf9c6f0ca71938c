import ArgumentParser
import Files
import Satchel

struct Config: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Settings of this machine, whatever the library.",
    discussion: """
      They lie in $XDG_CONFIG_HOME/satchel/config, else ~/.config/satchel/config, as lines of KEY = \
      VALUE. What is said on the command line goes before them.
      """,
    subcommands: [GetSetting.self, SetSetting.self, ListSettings.self])

  struct GetSetting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "get", abstract: "Print what counts for a setting.")
    @Argument(help: "Its name.", completion: .list(SettingKey.allCases.map(\.rawValue)))
    var key: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let key = try SettingKey(named: key)
      let entry = Entry(key, in: try Config.values(options.console))
      if options.json { return options.console.json(entry) }
      options.console.print(TerminalEscape.escaped(entry.value))
    }
  }

  struct SetSetting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Set something; without a value, take it back.",
      discussion: SettingKey.allCases.map {
        "\($0.rawValue.padded(toColumns: 9))  \($0.meaning)"
      }.joined(separator: "\n"))
    @Argument(help: "Its name.", completion: .list(SettingKey.allCases.map(\.rawValue)))
    var key: String
    @Argument(help: "The value.") var value: String?
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let key = try SettingKey(named: key)
      if let value, let problem = key.problem(with: value) {
        throw LibraryError.invalid("\(key.rawValue) cannot be '\(value)': \(problem)")
      }
      var file = try SettingsFile()
      let isChanged = file.set(key, to: value)
      if isChanged && !dryRun.dryRun { try file.write() }
      let would = dryRun.dryRun
      let line =
        value.map { "\(would ? "Would set" : "Set") \(key.rawValue) to \($0)." }
        ?? "\(would ? "Would take" : "Took") \(key.rawValue) back."
      options.console.tellSet(key.rawValue, isChanged, line)
    }
  }

  struct ListSettings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the settings and what counts for each.")
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let values = try Config.values(options.console)
      let entries = SettingKey.allCases.map { Entry($0, in: values) }
      if options.json {
        return options.console.json(
          Summary(path: SettingsFile.path.shown, settings: entries))
      }
      var table = Table(columns: [.left, .left, .left])
      for (key, entry) in zip(SettingKey.allCases, entries) {
        table.append([entry.key, entry.value.isEmpty ? "-" : entry.value, key.meaning])
      }
      for line in table.lines(options.console) { options.console.print(line) }
    }
  }

  /// What is set; says on stderr which lines cannot be read.
  private static func values(_ console: Console) throws -> [SettingKey: String] {
    let (values, problems) = try SettingsFile().reading
    for problem in problems {
      console.warn(TerminalEscape.escaped("\(SettingsFile.path.shown), \(problem)"))
    }
    return values
  }

  /// The keys are promised: change none.
  private struct Entry: Encodable {
    let key: String
    let value: String
    let isSet: Bool

    enum CodingKeys: String, CodingKey {
      case key, value
      case isSet = "set"
    }

    init(_ key: SettingKey, in values: [SettingKey: String]) {
      self.key = key.rawValue
      value = values[key] ?? key.standard
      isSet = values[key] != nil
    }
  }

  private struct Summary: Encodable {
    let path: String
    let settings: [Entry]
  }
}
