/// Global flags may stand before the subcommand's name; the parser wants them behind it.
enum ArgumentOrder {
  private static let takesValue: Set<String> = [
    "-L", "--library", "--color", "--progress",
  ]

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
}
