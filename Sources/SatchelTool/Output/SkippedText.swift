import Satchel

/// Files that could not be used, for people.
enum SkippedText {
  /// A folder may hold thousands that nobody filled.
  private static let shown = 10

  static func tell(_ skipped: [SkippedBundle], _ console: Console) {
    for file in skipped.prefix(shown) {
      console.note("skipped \(TerminalEscape.escaped(file.path.shown)): \(file.error)")
    }
    if skipped.count > shown {
      console.note("skipped \(Text.count(skipped.count - shown, "more file"))")
    }
  }
}
