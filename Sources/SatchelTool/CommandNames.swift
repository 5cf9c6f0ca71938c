import ArgumentParser
import Satchel

/// Finds commands by the words of the command line, and says what a mistyped one was meant to be.
enum CommandNames {
  /// The command that the first words name, with the words after it.
  static func resolved(
    _ words: some Collection<String>
  ) -> (command: any ParsableCommand.Type, rest: [String]) {
    var command: any ParsableCommand.Type = SatchelCommand.self
    var rest = Array(words)[...]
    while let name = rest.first, let next = command.configuration.subcommand(name) {
      command = next
      rest.removeFirst()
    }
    return (command, Array(rest))
  }

  /// Throws for a word that should be a command's name and is none.
  static func refuse(unknown word: String, of command: any ParsableCommand.Type) throws {
    let isTool = command == SatchelCommand.self
    let group = isTool ? "" : " of \(name(of: command))"
    let names = command.configuration.subcommands.map { name(of: $0) } + (isTool ? ["help"] : [])
    let guess = Spelling.nearest(to: word, among: names).map { " Did you mean '\($0)'?" } ?? ""
    throw ValidationError("There is no command '\(word)'\(group).\(guess)")
  }

  /// Help on a command or a topic.
  static func help(_ words: [String]) throws -> Never {
    let (command, rest) = resolved(words)
    guard let word = rest.first else { throw CleanExit.helpRequest(command) }
    if words.count == 1, let topic = HelpTopic(rawValue: word) {
      throw CleanExit.message(topic.text)
    }
    let names =
      command.configuration.subcommands.map { name(of: $0) }
      + (words.count == 1 ? HelpTopic.allCases.map(\.rawValue) : [])
    let guess = Spelling.nearest(to: word, among: names).map { " Did you mean '\($0)'?" } ?? ""
    throw ValidationError("There is no help on '\(words.joined(separator: " "))'.\(guess)")
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }
}

/// What `help` explains besides the commands.
enum HelpTopic: String, CaseIterable {
  case ids
  case exitCodes = "exit-codes"
  case formats
  case query
  case sync, bundles, json

  var text: String {
    switch self {
    case .ids:
      """
      An article's id is short: its first letters, as many as no other article shares. An article \
      is named by those, by more of them, or by its address.

      Where something is changed, an id has at fewest six letters, so that a word is not taken for \
      one; to look at an article, fewer will do.
      """
    case .exitCodes:
      ExitCode.allCases.map { "\(String($0.rawValue).padded(toColumns: 4, .right))  \($0.meaning)" }
        .joined(separator: "\n")
    case .formats: FormatHelp.text
    case .query: QueryHelpText.text
    case .sync: TopicHelp.sync
    case .bundles: TopicHelp.bundles
    case .json: TopicHelp.json
    }
  }
}
