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
    var (removed, added) = (TextLines.of(old), TextLines.of(new))
    // By bytes: composed letters and decomposed ones are not alike, though they read the same.
    let head = zip(removed, added).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let common = min(removed.count, added.count) - head
    let tail = zip(removed.reversed(), added.reversed()).prefix(common)
      .prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let before = Array(removed.prefix(head))
    let after = Array(removed.suffix(tail))
    removed = Array(removed.dropFirst(head).dropLast(tail))
    added = Array(added.dropFirst(head).dropLast(tail))
    let isCut = max(removed.count, added.count) > LineDifference.maximum
    var rows = before.map { Row(" ", $0) }
    rows += LineDifference.rows(
      Array(removed.prefix(LineDifference.maximum)), Array(added.prefix(LineDifference.maximum)))
    if !isCut { rows += after.map { Row(" ", $0) } }
    lines = LineDifference.shown(rows) + (isCut ? [LineDifference.more] : [])
  }

  private static let maximum = 1_000
  /// How many lines are shown at most.
  private static let shownMaximum = 200
  private static let more = "… and more: satchel conflicts --json has all of it"

  private struct Row {
    let sign: Character
    let text: String

    init(_ sign: Character, _ text: String) { (self.sign, self.text) = (sign, text) }

    var isAlike: Bool { sign == " " }
  }

  /// What differs, in the order of reading: what went before what came.
  private static func rows(_ old: [String], _ new: [String]) -> [Row] {
    var numbers: [[UInt8]: Int] = [:]
    func number(_ line: String) -> Int {
      let bytes = Array(line.utf8)
      let number = numbers[bytes] ?? numbers.count
      numbers[bytes] = number
      return number
    }
    let difference = new.map(number).difference(from: old.map(number))
    var (gone, came): (Set<Int>, Set<Int>) = ([], [])
    for change in difference {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): came.insert(offset)
      }
    }
    var rows: [Row] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, gone.contains(left) {
        rows.append(Row("-", old[left]))
        left += 1
      } else if right < new.count, came.contains(right) {
        rows.append(Row("+", new[right]))
        right += 1
      } else {
        rows.append(Row(" ", old[left]))
        left += 1
        right += 1
      }
    }
    return rows
  }

  private static func shown(_ rows: [Row]) -> [String] {
    let changed = rows.indices.filter { !rows[$0].isAlike }
    var near: Set<Int> = []
    for index in changed { near.formUnion(max(0, index - 2)...min(rows.count - 1, index + 2)) }
    var lines: [String] = []
    var last = -1
    for index in near.sorted() {
      if lines.count >= shownMaximum { return lines + [more] }
      if index > last + 1 { lines.append("…") }
      lines.append(
        "\(rows[index].sign) \(TerminalEscape.escaped(ArticleRow.listed(rows[index].text)))")
      last = index
    }
    return last < rows.count - 1 ? lines + ["…"] : lines
  }
}
