import Satchel

/// Words of a command that people copy into a shell.
enum ShellText {
  /// The word as it is where the shell reads nothing into it, else in single quotes. What a terminal
  /// would not show is escaped.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && !word.hasPrefix("-")
      && word.allSatisfy { $0.isLetter || $0.isNumber || "_-./:,+@%".contains($0) }
    let text =
      isPlain
      ? word
      : "'\(word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
    return TerminalEscape.escaped(text)
  }
}
