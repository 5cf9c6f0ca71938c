/// What somebody meant who typed a name that there is not.
public enum Spelling {
  /// The name that a slip or two of the finger turn into the word, or that it begins.
  public static func nearest(to word: String, among names: [String]) -> String? {
    let slips = names.map { (name: $0, count: distance(word, $0)) }
    guard let best = slips.min(by: { $0.count < $1.count }),
      best.count <= max(1, min(2, word.count / 2))
    else { return names.first { word.count >= 2 && $0.hasPrefix(word) } }
    return best.name
  }

  /// How many letters must go, come, change or be swapped with the next.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var rows = [Array(0...right.count)]
    for row in 0..<left.count {
      var next = [row + 1]
      for column in 0..<right.count {
        var fewest = min(
          next[column] + 1, rows[row][column + 1] + 1,
          rows[row][column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          fewest = min(fewest, rows[row - 1][column - 1] + 1)
        }
        next.append(fewest)
      }
      rows.append(next)
    }
    return rows[left.count][right.count]
  }
}
