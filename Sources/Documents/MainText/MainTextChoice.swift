extension MainTextSearch {
  /// Chooses the element that holds the text, and what beside it belongs to it.
  mutating func choose(by scores: MainTextScores) {
    var scores = scores
    let best = bestNodes(by: scores)
    guard let first = best.first, !isBody(first) else {
      chosen = [body]
      return
    }
    var top = common(of: best, by: scores) ?? first
    if scores[top] == nil { scores.set(0, of: top) }
    top = climbed(from: top, by: scores)
    top = outermost(around: top)
    chosen = siblings(of: top, by: scores)
  }

  private var body: Int { tree.nodes.firstIndex { $0.element == .body } ?? 0 }

  private func isBody(_ index: Int) -> Bool { index == 0 || tree.nodes[index].element == .body }

  private static let bestCount = 5

  /// The nodes that score most, the best first.
  private func bestNodes(by scores: MainTextScores) -> [Int] {
    var best: [(node: Int, score: Int)] = []
    for index in tree.nodes.indices {
      guard let score = scores[index] else { continue }
      let place = best.firstIndex { $0.score < score } ?? best.count
      guard place < MainTextSearch.bestCount else { continue }
      best.insert((index, score), at: place)
      if best.count > MainTextSearch.bestCount { best.removeLast() }
    }
    return best.map(\.node)
  }

  /// The innermost element around the best that three others nearly as good stand in too.
  private func common(of best: [Int], by scores: MainTextScores) -> Int? {
    let top = scores[best[0]] ?? 0
    let rivals = best.dropFirst().filter { (scores[$0] ?? 0) * 4 >= top * 3 }
    guard rivals.count >= 3 else { return nil }
    var node = tree.nodes[best[0]].parent
    while !isBody(node) {
      let range = node + 1..<tree.nodes[node].end
      if rivals.count(where: { range.contains($0) }) >= 3 { return node }
      node = tree.nodes[node].parent
    }
    return nil
  }

  /// An element around the best that scores more, which then holds further text.
  private func climbed(from top: Int, by scores: MainTextScores) -> Int {
    var last = scores[top] ?? 0
    let least = last / 3
    var node = tree.nodes[top].parent
    while !isBody(node) {
      if let score = scores[node] {
        if score < least { break }
        if score > last { return node }
        last = score
      }
      node = tree.nodes[node].parent
    }
    return top
  }

  /// The outermost element that holds nothing beside the node.
  private func outermost(around top: Int) -> Int {
    var top = top
    var parent = tree.nodes[top].parent
    while !isBody(parent), measures[parent].elements == 1 {
      top = parent
      parent = tree.nodes[top].parent
    }
    return top
  }
}

// MARK: What stands beside it

extension MainTextSearch {
  private mutating func siblings(of top: Int, by scores: MainTextScores) -> [Int] {
    let parent = tree.nodes[top].parent
    let topScore = scores[top] ?? 0
    let least = max(10 * MainTextScores.point, topScore / 5)
    let names = className(of: top)
    var chosen: [Int] = []
    for child in children(of: parent) where !tree.nodes[child].isText {
      if child == top {
        chosen.append(child)
        continue
      }
      let isAlike = names.map { !$0.isEmpty && className(of: child) == $0 } ?? false
      if let score = scores[child], score + (isAlike ? topScore / 5 : 0) >= least {
        chosen.append(child)
      } else if isParagraph(child) && isSentence(child, measures[child]) {
        chosen.append(child)
      }
    }
    guard tree.nodes[parent].element == .division else { return chosen }
    for run in lineRuns(in: parent) where isSentence(run.nodes[0], run.measure) {
      chosen += run.nodes
    }
    return Set(chosen).sorted()
  }

  private func className(of index: Int) -> ArraySlice<UInt8>? {
    guard case .element(let tag) = tree.nodes[index].content else { return nil }
    return tag.rawValue(of: "class")
  }

  /// Whether a paragraph beside the text reads like a part of it.
  private func isSentence(_ index: Int, _ measure: TextMeasure) -> Bool {
    if measure.length > 80 { return measure.isProse }
    guard measure.length > 0, measure.linkLength == 0 else { return false }
    let text = tree.text(of: index, limit: 400)
    return text.hasSuffix(".") || text.contains(". ") || text.contains("。")
  }
}
