import Satchel

/// Files of an exchange that could not be used, for people.
enum SkippedText {
  /// A folder may hold thousands that nobody filled: then one line tells of all.
  private static let shown = 10

  /// - Parameter explaining: whether to say what becomes of them.
  static func tell(
    _ skipped: [SkippedBundle], explaining isExplaining: Bool = true, _ console: Console
  ) {
    guard let first = skipped.first else { return }
    if skipped.count > shown {
      console.note(
        "skipped \(Text.count(skipped.count, "file")), the first of them \(line(of: first))")
    } else {
      for file in skipped { console.note("skipped \(line(of: file))") }
    }
    guard isExplaining else { return }
    console.note(
      "what else lies there is not touched by that, and what is skipped is tried again. A file that "
        + "stays damaged for a day is written anew by whoever holds what it carried.")
  }

  private static func line(of file: SkippedBundle) -> String {
    "\(TerminalEscape.escaped(file.path.shown)): \(file.error)"
  }
}
