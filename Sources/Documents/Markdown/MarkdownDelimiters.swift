/// Pairs runs of `*` and `_` (CommonMark 0.31, 6.2 and its appendix), each in time that its
/// characters pay for.
struct MarkdownDelimiters {
  private(set) var all: [MarkdownDelimiter] = []
  /// The runs that have not been looked at, by their places in `all`.
  private var waiting: [Int] = []
  private var openers = Openers()
  /// How many runs were asked whether they pair.
  private(set) var steps = 0

  subscript(index: Int) -> MarkdownDelimiter { all[index] }

  /// Whether no run may still pair with what comes.
  var isSettled: Bool { waiting.isEmpty && openers.isEmpty }

  /// Adds a run and returns its place.
  mutating func append(_ delimiter: MarkdownDelimiter) -> Int {
    all.append(delimiter)
    waiting.append(all.count - 1)
    return all.count - 1
  }

  /// Pairs the runs from a place on with each other only, as a link's text wants it.
  mutating func pair(from place: Int) {
    let first = (waiting.lastIndex { $0 < place } ?? -1) + 1
    guard first < waiting.count else { return }
    var inner = Openers()
    for index in waiting[first...] { steps += inner.pair(index, in: &all) }
    waiting.removeSubrange(first...)
  }

  /// Pairs all runs with those before them.
  mutating func pairAll() {
    for index in waiting { steps += openers.pair(index, in: &all) }
    waiting.removeAll(keepingCapacity: true)
  }

  mutating func removeAll() {
    all.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    openers = Openers()
  }
}

/// The runs that may still begin emphasis, innermost last.
private struct Openers {
  private var places: [Int] = []
  /// For each kind of run that ends emphasis, how many of the places begin none for it.
  private var floors = Array(repeating: 0, count: 12)

  var isEmpty: Bool { places.isEmpty }

  /// Pairs a run with those before it and returns how many were asked.
  mutating func pair(_ closer: Int, in all: inout [MarkdownDelimiter]) -> Int {
    var steps = 1
    if all[closer].canClose {
      while all[closer].literal > 0, let index = opener(for: all[closer], in: all, &steps) {
        let opener = places[index]
        let isStrong = min(all[closer].literal, all[opener].literal) >= 2
        all[closer].close(isStrong: isStrong)
        all[opener].open(isStrong: isStrong)
        // What was opened inside the pair and not closed there begins nothing any more.
        cut(to: all[opener].literal > 0 ? index + 1 : index)
      }
      if all[closer].literal > 0 { floors[all[closer].kind] = places.count }
    }
    if all[closer].canOpen && all[closer].literal > 0 { places.append(closer) }
    return steps
  }

  private func opener(
    for closer: MarkdownDelimiter, in all: [MarkdownDelimiter], _ steps: inout Int
  ) -> Int? {
    var index = places.count
    while index > floors[closer.kind] {
      index -= 1
      steps += 1
      if closer.matches(all[places[index]]) { return index }
    }
    return nil
  }

  private mutating func cut(to count: Int) {
    places.removeSubrange(count...)
    for kind in floors.indices where floors[kind] > count { floors[kind] = count }
  }
}

extension MarkdownDelimiter {
  /// One of twelve kinds of runs that find the same openers.
  fileprivate var kind: Int {
    length % 3 + (canOpen ? 3 : 0) + (byte == UInt8(ascii: "*") ? 6 : 0)
  }

  fileprivate func matches(_ opener: MarkdownDelimiter) -> Bool {
    guard byte == opener.byte else { return false }
    guard canOpen || opener.canClose, (length + opener.length) % 3 == 0 else { return true }
    return length % 3 == 0 && opener.length % 3 == 0
  }

  fileprivate mutating func close(isStrong: Bool) {
    literal -= isStrong ? 2 : 1
    if isStrong { closedStrong += 1 } else { closedEmphasis += 1 }
  }

  fileprivate mutating func open(isStrong: Bool) {
    literal -= isStrong ? 2 : 1
    if isStrong { openedStrong += 1 } else { openedEmphasis += 1 }
  }
}
