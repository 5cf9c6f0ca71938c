/// Looks for the part of a page that is its text: the parts that hold sentences score, and what
/// stands around them like furniture is left out.
///
/// It walks the nodes a fixed number of times, never a subtree for each element of it, and counts
/// in whole numbers, so that every machine finds the same.
struct MainTextSearch {
  /// How strict a try is; each next one takes more of the page for text.
  struct Strictness: OptionSet {
    let rawValue: UInt8
    /// Leaves out what is named like furniture before anything is scored.
    static let names = Strictness(rawValue: 1)
    /// Lets names weigh.
    static let weights = Strictness(rawValue: 2)
    /// Leaves out parts of the text that look like lists of links.
    static let shape = Strictness(rawValue: 4)

    static let tries: [Strictness] = [
      [.names, .weights, .shape], [.weights, .shape], [.shape], [],
    ]
  }

  let tree: PageTree
  let strictness: Strictness
  /// What the page says about itself, which its text need not say again.
  let title: TitleLikeness?
  let author: [UInt8]?
  /// Whether the byline has been left out; what names authors after it is text.
  private var hasByline = false
  /// Whether the heading that says the title has been left out; later ones are text.
  private var hasTitle = false
  /// Whether the node, and with it all it holds, is left out.
  var isLeftOut: [Bool]
  /// Of the tree without what is left out.
  var measures: [TextMeasure]
  /// What is text, in document order.
  var chosen: [Int] = []
  /// How many nodes were visited.
  var steps = 0

  init(in tree: PageTree, _ strictness: Strictness, _ metadata: PageMetadata) {
    self.tree = tree
    self.strictness = strictness
    title = metadata.title.map { TitleLikeness(to: $0) }
    // Of several authors the first is enough to tell a byline by.
    author = metadata.author?.utf8.prefix { $0 != UInt8(ascii: ",") }.map { $0 }
    isLeftOut = [Bool](repeating: false, count: tree.nodes.count)
    measures = [TextMeasure](repeating: TextMeasure(), count: tree.nodes.count)
    leaveOutFurniture()
    measureAll()
    let scores = scores()
    choose(by: scores)
    clean()
  }

  /// How long the chosen text is.
  var length: Int { chosen.reduce(0) { $0 + (isLeftOut[$1] ? 0 : measures[$1].length) } }
}

// MARK: Furniture

extension MainTextSearch {
  private mutating func leaveOutFurniture() {
    var index = 1
    while index < tree.nodes.count {
      steps += 1
      let node = tree.nodes[index]
      if isFurniture(node, at: index) {
        isLeftOut[index] = true
        index = node.end
        continue
      }
      index += 1
    }
  }

  private mutating func isFurniture(_ node: PageNode, at index: Int) -> Bool {
    if node.element == .text || node.element == .body { return false }
    if node.element == .dropped || node.signs.contains(.hidden) { return true }
    if node.signs.contains(.byline) && !hasByline && isByline(index) {
      hasByline = true
      return true
    }
    if node.element == .heading1 || node.element == .heading2, !hasTitle, isTitle(index) {
      hasTitle = true
      return true
    }
    guard strictness.contains(.names) else { return false }
    if node.signs.contains(.furnitureRole) { return true }
    return node.signs.contains(.furniture) && !node.signs.contains(.content)
      && node.element != .link && !isNear(.table, index) && !isNear(.code, index)
  }

  /// Whether one of the four elements around a node is of that sort.
  func isNear(_ element: PageElement, _ index: Int) -> Bool {
    var node = index
    for _ in 0..<4 where node > 0 {
      node = tree.nodes[node].parent
      if tree.nodes[node].element == element { return true }
    }
    return false
  }

  /// Whether an element only says the author's name, with what leads up to it.
  private func isByline(_ index: Int) -> Bool {
    guard let author, !author.isEmpty else { return false }
    let text = Array(tree.text(of: index, limit: 2 * MainTextSearch.longestByline).utf8)
    guard text.count >= author.count, text.count < MainTextSearch.longestByline else {
      return false
    }
    return (0...text.count - author.count).contains { text[$0...].starts(with: author) }
  }

  private static let longestByline = 150

  /// Whether a heading only says the title again.
  private func isTitle(_ index: Int) -> Bool {
    guard let title else { return false }
    return title.holds(for: tree.text(of: index, limit: 1000))
  }
}

// MARK: Measures

extension MainTextSearch {
  /// Measures every node of which something is left, parts before the whole.
  mutating func measureAll() {
    for index in tree.nodes.indices.reversed() where index > 0 {
      steps += 1
      if isLeftOut[index] { continue }
      finishMeasure(of: index)
      addToParent(index)
    }
  }

  /// Adds what a node comes to to the element it stands in; later nodes are added first.
  mutating func addToParent(_ index: Int) {
    let node = tree.nodes[index]
    measures[node.parent].add(measures[index].asPart(of: node))
    if node.isText && measures[index].length == 0 { return }
    measures[node.parent].note(node.element, at: index)
  }

  mutating func finishMeasure(of index: Int) {
    let node = tree.nodes[index]
    switch node.content {
    case .text(let range): measures[index] = TextMeasure(of: tree.source[range])
    default: measures[index].finish(as: node)
    }
  }
}

extension TextMeasure {
  /// Adds to what the parts of a node come to what the node itself does.
  mutating func finish(as node: PageNode) {
    switch node.element {
    case .link: linkLength = node.signs.contains(.fragmentLink) ? length * 3 / 10 : length
    case .heading1, .heading2, .heading: headingLength = length
    case .list: listLength += length
    default: break
    }
  }

  /// Notes what stands right in the element, from its end on.
  mutating func note(_ element: PageElement, at index: Int) {
    if element == .lineBreak && beginsWithBreak { hasBreaks = true }
    beginsWithBreak = element == .lineBreak
    if element == .text { return }
    elements += 1
    firstElement = index
  }

  /// What the node adds to the one it stands in.
  func asPart(of node: PageNode) -> TextMeasure {
    var part = self
    switch node.element {
    case .paragraph: part.paragraphs += 1
    case .image: part.images += 1
    case .item: part.items += 1
    case .input: part.inputs += 1
    case .cell: part.cells += 1
    case .headerCell:
      part.cells += 1
      part.tableHeads += 1
    case .tableHead: part.tableHeads += 1
    case .row: part.rows += 1
    case .table: part.tables += 1
    case .embed, .plugin:
      if node.signs.contains(.player) { part.players += 1 } else { part.embeds += 1 }
    default: break
    }
    part.isPhrasing = isPhrasing && node.element.isPhrasing
    part.holdsBlock = holdsBlock || node.element.isBlock
    part.holdsPlainText = holdsPlainText || length > 0 && node.element.isPlain
    return part
  }
}
