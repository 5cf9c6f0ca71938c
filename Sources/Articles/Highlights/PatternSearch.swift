/// Finds every place where a pattern stands in what is handed over one by one, overlapping places
/// too, in time linear in both (Knuth, Morris and Pratt).
struct PatternSearch<Element: Equatable> {
  private let pattern: [Element]
  /// For each length that may be matched, the longest shorter one that then is matched as well.
  private let shorter: [Int]
  private var matched = 0
  /// The comparisons made, for tests of how the work grows.
  private(set) var steps = 0

  /// `pattern` is not empty.
  init(_ pattern: [Element]) {
    precondition(!pattern.isEmpty, "what is looked for is not empty")
    self.pattern = pattern
    var shorter = [0, 0]
    shorter.reserveCapacity(pattern.count + 1)
    for index in pattern.indices.dropFirst() {
      var length = shorter[index]
      while length > 0, pattern[length] != pattern[index] { length = shorter[length] }
      shorter.append(pattern[length] == pattern[index] ? length + 1 : 0)
    }
    self.shorter = shorter
  }

  /// Takes the next element, and returns whether the pattern ends with it.
  mutating func take(_ element: Element) -> Bool {
    steps += 1
    if matched == pattern.count { matched = shorter[matched] }
    while matched > 0, pattern[matched] != element {
      matched = shorter[matched]
      steps += 1
    }
    if pattern[matched] == element { matched += 1 }
    return matched == pattern.count
  }
}
