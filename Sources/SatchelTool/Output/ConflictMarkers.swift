import Satchel

/// A note with all that stands beside it, in one text to be edited, as version control has it:
///
/// ```
/// <<<<<<< shown, study, 2026-11-22T08:37:00Z
/// what is shown
/// =======
/// what is not
/// >>>>>>> not shown, kitchen, 2026-11-22T08:39:00Z
/// ```
///
/// Of several that are not shown, each follows on its own `=======`.
struct ConflictMarkers {
  let text: String
  /// Whether a line of the notes themselves looks like the one between them.
  private let holdsRule: Bool

  /// - Parameter conflicts: who wrote what stands beside what is shown.
  init(_ shown: Shown, _ conflicts: [Conflict], _ replicas: ReplicaNames) {
    let winner = conflicts.first?.kept
    var lines = [Self.label(Self.opening, winner?.value == shown.value ? winner : nil, replicas)]
    lines.append(shown.text ?? "")
    var rest = conflicts.map(\.lost)
    for value in shown.conflicts {
      // Who wrote it is not known where it was settled meanwhile.
      let found = rest.firstIndex { $0.value == value }
      let writer = found.map { rest.remove(at: $0) }
      lines += [Self.rule, value.text ?? "", Self.label(Self.closing, writer, replicas)]
    }
    text = lines.joined(separator: "\n")
    holdsRule = shown.texts.contains { TextLines.of($0).contains(Self.rule) }
  }

  /// Whether markers stand in a text that was edited.
  func areLeft(in text: String) -> Bool {
    TextLines.of(text).contains { line in
      line.hasPrefix(Self.opening) || line.hasPrefix(Self.closing)
        || line == Self.rule && !holdsRule
    }
  }

  private static let opening = "<<<<<<< shown"
  private static let rule = "======="
  private static let closing = ">>>>>>> not shown"

  private static func label(
    _ start: String, _ writer: LoggedOperation?, _ replicas: ReplicaNames
  ) -> String {
    writer.map { "\(start), \(replicas.writer(of: $0))" } ?? start
  }
}
