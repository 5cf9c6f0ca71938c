import Satchel

/// The lines of a text.
enum TextLines {
  static func of(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }
}

/// Two texts compared line by line, for a terminal: `-` is only in the first, `+` only in the second.
///
/// Of texts of thousands of lines no more than the first thousand that differ are compared.
struct LineDifference {
  /// Escaped; of what is alike two lines stand around what is not.
  let lines: [String]

  init(from old: String, to new: String) {
    let difference = TextDifference(from: old, to: new, by: .lines)
    lines =
      LineDifference.shown(difference.pieces) + (difference.isCut ? [LineDifference.more] : [])
  }

  /// How many lines are shown at most.
  private static let shownMaximum = 200
  private static let more = "… and more: satchel conflicts --json has all of it"

  private static func shown(_ rows: [TextDifference.Piece]) -> [String] {
    let changed = rows.indices.filter { rows[$0].kind != .alike }
    var near: Set<Int> = []
    for index in changed { near.formUnion(max(0, index - 2)...min(rows.count - 1, index + 2)) }
    var lines: [String] = []
    var last = -1
    for index in near.sorted() {
      if lines.count >= shownMaximum { return lines + [more] }
      if index > last + 1 { lines.append("…") }
      lines.append(
        "\(sign(rows[index].kind)) \(TerminalEscape.escaped(ArticleRow.listed(rows[index].text)))")
      last = index
    }
    return last < rows.count - 1 ? lines + ["…"] : lines
  }

  private static func sign(_ kind: TextDifference.Kind) -> Character {
    switch kind {
    case .alike: " "
    case .removed: "-"
    case .added: "+"
    }
  }
}
