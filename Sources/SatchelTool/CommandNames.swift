import ArgumentParser

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
    let guess = nearest(to: word, among: names).map { " Did you mean '\($0)'?" } ?? ""
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
    let guess = nearest(to: word, among: names).map { " Did you mean '\($0)'?" } ?? ""
    throw ValidationError("There is no help on '\(words.joined(separator: " "))'.\(guess)")
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }

  /// The name that a slip or two of the finger turn into the word.
  static func nearest(to word: String, among names: [String]) -> String? {
    let slips = names.map { (name: $0, count: distance(word, $0)) }
    guard let best = slips.min(by: { $0.count < $1.count }),
      best.count <= max(1, min(2, word.count / 2))
    else { return names.first { word.count >= 2 && $0.hasPrefix(word) } }
    return best.name
  }

  /// How many letters must go, come, change or be swapped with the next.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var rows = [Array(0...right.count)]
    for row in 0..<left.count {
      var next = [row + 1]
      for column in 0..<right.count {
        var fewest = min(
          next[column] + 1, rows[row][column + 1] + 1,
          rows[row][column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          fewest = min(fewest, rows[row - 1][column - 1] + 1)
        }
        next.append(fewest)
      }
      rows.append(next)
    }
    return rows[left.count][right.count]
  }
}

/// What `help` explains besides the commands.
enum HelpTopic: String, CaseIterable {
  case ids
  case exitCodes = "exit-codes"
  case formats

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
    }
  }
}
