import Satchel

/// Files of an exchange that could not be used, for people.
enum SkippedText {
  /// A folder may hold thousands that nobody filled: then one line tells of all.
  private static let shown = 10

  static func tell(_ skipped: [SkippedBundle], _ console: Console) {
    guard skipped.count > shown, let first = skipped.first else {
      for file in skipped { console.note("skipped \(line(of: file))") }
      return
    }
    console.note(
      "skipped \(Text.count(skipped.count, "file")), the first of them \(line(of: first))")
  }

  private static func line(of file: SkippedBundle) -> String {
    "\(TerminalEscape.escaped(file.path.shown)): \(file.error)"
  }
}
