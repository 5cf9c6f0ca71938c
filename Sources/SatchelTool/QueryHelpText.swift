import Satchel

/// What `help query` says.
enum QueryHelpText {
  static var text: String {
    """
    A query says which articles are meant. list, search, next, and --query of what changes articles \
    take one, and views keep one.

    \(QueryHelp.allCases.map(entry).joined(separator: "\n"))

    \(QueryHelp.remark) Quote for the shell what holds * < > ( ) or quotation marks.

    list and next leave archived articles out unless the query speaks of is:archived; everything leaves \
    deleted ones out unless it speaks of is:deleted.
    """
  }

  /// Where meanings begin.
  private static let column = 21
  private static let columns = 100

  /// Its examples, each quoted for the shell where it must be, and beside them what they mean.
  private static func entry(_ help: QueryHelp) -> String {
    let examples = help.examples.map(quoted)
    // Short ones share a line.
    let together = examples.joined(separator: "  ")
    let left = together.count < column - 3 ? [together] : examples
    // One example stands among the words.
    let right = wrapped(help.meaning.replacing("progress:<50", with: quoted("progress:<50")))
    return (0..<max(left.count, right.count)).map { number in
      let example = number < left.count ? "  \(left[number])" : ""
      let meaning = number < right.count ? right[number] : ""
      return meaning.isEmpty ? example : example.padded(toColumns: column) + meaning
    }.joined(separator: "\n")
  }

  private static func quoted(_ example: String) -> String {
    example.contains { "*<>()\"".contains($0) } ? "'\(example)'" : example
  }

  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if column + line.count + word.count + 1 > columns {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = line.isEmpty ? String(word) : "\(line) \(word)"
      }
    }
    return lines
  }
}
