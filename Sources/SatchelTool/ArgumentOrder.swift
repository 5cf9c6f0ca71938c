/// Global flags may stand before the subcommand's name; the parser wants them behind it.
enum ArgumentOrder {
  private static let takesValue = ["-L", "--library", "--color", "--progress"]

  /// Moves the options in front of the first word that is none to the end.
  static func hoisted(_ arguments: [String]) -> [String] {
    var leading: [String] = []
    var rest = arguments[...]
    while let first = rest.first, first.hasPrefix("-"), first.count > 1,
      !["--help", "-h", "--version", "--"].contains(first)
    {
      leading.append(rest.removeFirst())
      if takesValue.contains(first), let value = rest.popFirst() { leading.append(value) }
    }
    guard !rest.isEmpty, !leading.isEmpty else { return arguments }
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return rest[..<end] + leading + rest[end...]
  }

  /// Words with a minus say what a search is not to find; they go behind the options, where the
  /// parser takes them for words.
  static func withExclusions(_ arguments: [String]) -> [String] {
    guard arguments.first == "search" else { return arguments }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let words = arguments[..<end].filter(isExclusion)
    guard !words.isEmpty else { return arguments }
    return arguments[..<end].filter { !isExclusion($0) } + ["--"] + arguments[end...].dropFirst()
      + words
  }

  private static func isExclusion(_ argument: String) -> Bool {
    argument.hasPrefix("-") && argument.count > 1 && !argument.hasPrefix("--")
      && !argument.hasPrefix("-L") && !["-q", "-v", "-h"].contains(argument)
  }
}
