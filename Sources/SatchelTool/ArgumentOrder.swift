import ArgumentParser

/// Flags stand anywhere; the parser wants them behind the names of a command.
enum ArgumentOrder {
  static let takesValue = ["-L", "--library", "--color", "--progress"]
  /// What the parser answers wherever it stands, and what ends the flags.
  private static let stays = [
    "--help", "-h", "--version", "--", "--generate-completion-script", "---completion",
    "--experimental-dump-help",
  ]

  /// Moves the options in front of a command's names, and between them, to the end.
  static func hoisted(_ arguments: [String]) -> [String] {
    var (names, moved): ([String], [String]) = ([], [])
    var rest = arguments[...]
    var command: any ParsableCommand.Type = SatchelCommand.self
    while !command.configuration.subcommands.isEmpty {
      while let first = rest.first, first.hasPrefix("-"), first.count > 1, !stays.contains(first) {
        moved.append(rest.removeFirst())
        if takesValue.contains(first), let value = rest.popFirst() { moved.append(value) }
      }
      guard let name = rest.first, let next = command.configuration.subcommand(name) else { break }
      names.append(rest.removeFirst())
      command = next
    }
    // A group alone, or with what is no command of it, is answered without them, but for one that
    // lacks its value.
    guard command.configuration.subcommands.isEmpty else {
      let isWhole = moved.last.map { !takesValue.contains($0) } ?? true
      return names + rest + (isWhole ? [] : moved.suffix(1))
    }
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return names + rest[..<end] + moved + rest[end...]
  }

  /// Words with a minus say what a query is not to find; they go behind the options, where the parser
  /// takes them for words. Behind `--query` they are taken for its value.
  static func withExclusions(_ arguments: [String]) -> [String] {
    let arguments = joiningQueries(arguments)
    let takesWords =
      arguments.first.map { ["search", "list", "next"].contains($0) } ?? false
      || arguments.starts(with: ["view", "add"])
    guard takesWords else { return arguments }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let words = arguments[..<end].filter(isExclusion)
    guard !words.isEmpty else { return arguments }
    return arguments[..<end].filter { !isExclusion($0) } + ["--"] + arguments[end...].dropFirst()
      + words
  }

  /// `highlight add` has a color of its own: `--color yellow` is its `--colour yellow`, while
  /// `--color never` stays what it is everywhere.
  static func withColours(_ arguments: [String]) -> [String] {
    guard arguments.starts(with: ["highlight", "add"]) else { return arguments }
    let modes = GlobalOptions.ColorMode.allCases.map(\.rawValue)
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    var words = arguments
    for index in words[..<end].indices {
      let parts = words[index].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.first == "--color" else { continue }
      let next = index + 1 < end ? words[index + 1][...] : nil
      guard let color = parts.count == 2 ? parts[1] : next, !modes.contains(String(color)) else {
        continue
      }
      words[index] = "--colour" + words[index].dropFirst("--color".count)
    }
    return words
  }

  private static func joiningQueries(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" { return joined + [word] + rest }
      if word == "--query", let value = rest.first, isExclusion(value) {
        rest.removeFirst()
        joined.append("\(word)=\(value)")
      } else {
        joined.append(word)
      }
    }
    return joined
  }

  private static func isExclusion(_ argument: String) -> Bool {
    argument.hasPrefix("-") && argument.count > 1 && !argument.hasPrefix("--")
      && !argument.hasPrefix("-L") && !["-q", "-v", "-h", "-n"].contains(argument)
  }
}

extension CommandConfiguration {
  func subcommand(_ name: String) -> (any ParsableCommand.Type)? {
    subcommands.first { $0.configuration.commandName == name }
  }
}
