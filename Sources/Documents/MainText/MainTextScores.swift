/// How much each element speaks for being the main text; nil where nothing in it scored.
struct MainTextScores {
  private(set) var values: [Int?]

  /// What one point counts, so that shares of points are whole numbers.
  static let point = 3600

  init(count: Int) { values = [Int?](repeating: nil, count: count) }

  subscript(node: Int) -> Int? { values[node] }

  mutating func add(_ score: Int, to node: Int, startingAt base: @autoclosure () -> Int) {
    values[node] = (values[node] ?? base()) + score
  }

  mutating func set(_ score: Int, of node: Int) { values[node] = score }
}

extension MainTextSearch {
  /// Lets each paragraph score for the elements it stands in, the nearer the more; links take away.
  mutating func scores() -> MainTextScores {
    var scores = MainTextScores(count: tree.nodes.count)
    var index = 0
    while index < tree.nodes.count {
      steps += 1
      if isLeftOut[index] {
        index = tree.nodes[index].end
        continue
      }
      score(index, in: &scores)
      index += 1
    }
    for index in tree.nodes.indices {
      guard let score = scores[index] else { continue }
      let measure = measures[index]
      guard measure.length > 0 else { continue }
      scores.set(score * max(0, measure.length - measure.linkLength) / measure.length, of: index)
    }
    return scores
  }

  /// Whether a division is a paragraph in all but name.
  func isParagraph(_ index: Int) -> Bool {
    let node = tree.nodes[index]
    guard node.element == .division else { return node.element == .paragraph }
    let measure = measures[index]
    if measure.hasBreaks { return false }
    return measure.isPhrasing ? measure.isProse : !measure.holdsBlock
  }

  private mutating func score(_ index: Int, in scores: inout MainTextScores) {
    let element = tree.nodes[index].element
    switch element {
    case .paragraph, .preformatted, .cell, .section, .heading2, .heading:
      add(measures[index], standingIn: tree.nodes[index].parent, to: &scores)
    case .division where isParagraph(index):
      add(measures[index], standingIn: tree.nodes[index].parent, to: &scores)
    case .division:
      for run in lineRuns(in: index) { add(run.measure, standingIn: index, to: &scores) }
    case .body, .article, .quote, .other:
      // Pages without paragraphs part their text by line breaks.
      for run in lineRuns(in: index).dropFirst() where run.isAfterBreaks {
        add(run.measure, standingIn: index, to: &scores)
      }
    default: break
    }
  }

  private func add(
    _ measure: TextMeasure, standingIn parent: Int, to scores: inout MainTextScores
  ) {
    guard measure.length >= MainTextSearch.shortestParagraph else { return }
    let score = (2 + measure.commas + min(measure.length / 100, 3)) * MainTextScores.point
    var node = parent
    var level = 0
    while level < MainTextSearch.shares.count {
      // A division around a single paragraph is that paragraph.
      if !(level == 0 && isWrapper(node)) || node == 0 {
        scores.add(
          score / MainTextSearch.shares[level], to: node, startingAt: base(of: node))
        level += 1
      }
      if node == 0 { break }
      node = tree.nodes[node].parent
    }
  }

  private func isWrapper(_ index: Int) -> Bool {
    guard tree.nodes[index].element == .division, measures[index].isProse else {
      return false
    }
    let only = measures[index].firstElement
    guard measures[index].elements == 1, tree.nodes[only].element == .paragraph else {
      return false
    }
    return measures[only].length == measures[index].length
  }

  private static let shortestParagraph = 25
  /// What a paragraph's score is divided by, for the element it stands in and those around it.
  private static let shares = [1, 2, 6, 9, 12]

  /// What an element scores before any paragraph does.
  private func base(of index: Int) -> Int {
    let node = tree.nodes[index]
    let points =
      switch node.element {
      case .division: 5
      case .preformatted, .cell, .quote: 3
      case .address, .list, .definitionList, .item, .form: -3
      case .heading1, .heading2, .heading, .headerCell: -5
      default: 0
      }
    return (points + weight(of: index)) * MainTextScores.point
  }

  func weight(of index: Int) -> Int {
    strictness.contains(.weights) ? tree.nodes[index].weight : 0
  }
}

/// Texts and phrases that follow each other in a division, as if they were a paragraph.
struct LineRun {
  var nodes: [Int] = []
  var measure = TextMeasure()
  /// Whether two line breaks stand before it.
  var isAfterBreaks = false
}

extension MainTextSearch {
  /// The lines that stand in a division outside any paragraph; two line breaks part them.
  mutating func lineRuns(in index: Int) -> [LineRun] {
    var runs: [LineRun] = []
    var run = LineRun()
    var breaks = 0
    func end() {
      if !run.nodes.isEmpty { runs.append(run) }
      run = LineRun(isAfterBreaks: breaks > 1)
      breaks = 0
    }
    for child in children(of: index) {
      let node = tree.nodes[child]
      if node.element == .lineBreak {
        breaks += 1
        if breaks == 2 { end() }
        continue
      }
      let measure = measures[child]
      if node.isText && measure.length == 0 { continue }
      guard node.element.isPhrasing && measure.isPhrasing else {
        end()
        continue
      }
      breaks = 0
      run.nodes.append(child)
      run.measure.add(measure)
    }
    end()
    return runs
  }

  /// What stands in the node and is not left out.
  mutating func children(of index: Int) -> [Int] {
    var children: [Int] = []
    var child = index + 1
    while child < tree.nodes[index].end {
      steps += 1
      if !isLeftOut[child] { children.append(child) }
      child = tree.nodes[child].end
    }
    return children
  }
}
