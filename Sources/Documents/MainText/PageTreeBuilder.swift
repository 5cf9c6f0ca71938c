/// Puts tokens into a tree by the rules of HTML that pages rely on.
struct PageTreeBuilder {
  private let source: ArraySlice<UInt8>
  private var nodes = [
    PageNode(
      content: .page, parent: 0, end: 1, element: .other, signs: [], weight: 0)
  ]
  private var open: [Int] = [0]
  /// How many elements of each name are open, so that a stray end tag costs no search.
  private var openNames: [String: Int] = [:]
  private var hasBody = false
  private(set) var steps = 0

  init(of source: ArraySlice<UInt8>) { self.source = source }

  var count: Int { nodes.count }

  mutating func take(_ token: HTMLToken) {
    switch token {
    case .text(let range):
      leaveHead(before: source[range])
      append(PageNode(text: range, parent: open[open.count - 1], index: nodes.count))
    case .startTag(let tag): start(tag)
    case .endTag(let tag): end(tag.name)
    case .comment, .doctype: break
    }
  }

  mutating func finish() -> [PageNode] {
    close(to: 0)
    nodes[0].end = nodes.count
    return nodes
  }
}

extension PageTreeBuilder {
  private mutating func start(_ tag: HTMLTag) {
    if tag.name == "html" || tag.name == "head" && hasBody { return }
    let element = PageElement(named: tag.name)
    leaveHead(for: tag.name, element)
    if tag.name == "body" {
      if hasBody { return }
      hasBody = true
    }
    if tag.endsForeignContent { closeForeign() }
    closeImplied(by: tag.name, element)
    append(PageNode(tag, element, parent: open[open.count - 1], index: nodes.count))
    if element.isVoid || open.count >= PageTree.deepest { return }
    if tag.isSelfClosing && (tag.isForeign || isInForeign) { return }
    open.append(nodes.count - 1)
    openNames[tag.name, default: 0] += 1
  }

  private mutating func append(_ node: PageNode) { nodes.append(node) }

  /// A page may leave out the end of its head.
  private mutating func leaveHead(for name: String, _ element: PageElement) {
    guard openNames["head", default: 0] > 0, !PageTreeBuilder.headNames.contains(name) else {
      return
    }
    closeOpen("head", within: [])
  }

  private mutating func leaveHead(before text: ArraySlice<UInt8>) {
    if name(of: open[open.count - 1]) == "head" && !text.isBlank { closeOpen("head", within: []) }
  }

  private static let headNames: Set<String> = [
    "title", "meta", "link", "base", "script", "style", "noscript", "template", "noembed",
    "noframes", "head",
  ]

  private var isInForeign: Bool {
    openNames["svg", default: 0] > 0 || openNames["math", default: 0] > 0
  }

  private mutating func closeForeign() {
    for name in ["svg", "math"] {
      if let index = lastOpen(name, within: []) { close(to: index) }
    }
  }

  private mutating func closeImplied(by name: String, _ element: PageElement) {
    switch name {
    case "li": closeOpen("li", within: ["ul", "ol", "menu"])
    case "dt", "dd":
      closeOpen("dt", within: ["dl"])
      closeOpen("dd", within: ["dl"])
    case "tr": closeOpen("tr", within: ["table"])
    case "td", "th":
      closeOpen("td", within: ["tr", "table"])
      closeOpen("th", within: ["tr", "table"])
    case "tbody", "thead", "tfoot": closeOpen("tr", within: ["table"])
    case "option", "optgroup": closeOpen("option", within: ["select"])
    default: if element.endsParagraph { closeOpen("p", within: PageTreeBuilder.scopes) }
    }
  }

  /// An end tag inside one of these closes nothing outside it.
  private static let scopes: Set<String> = [
    "td", "th", "table", "caption", "object", "template", "button",
  ]

  private static let tableNames: Set<String> = [
    "td", "th", "tr", "table", "tbody", "thead", "tfoot", "caption",
  ]

  private mutating func end(_ name: String) {
    if name == "body" || name == "html" { return }
    let boundaries: Set<String> =
      PageTreeBuilder.tableNames.contains(name)
      ? (name == "table" ? [] : ["table"]) : PageTreeBuilder.scopes
    closeOpen(name, within: boundaries)
  }

  private mutating func closeOpen(_ name: String, within boundaries: Set<String>) {
    if let index = lastOpen(name, within: boundaries) { close(to: index) }
  }

  /// The place in `open` of the innermost element of that name.
  private mutating func lastOpen(_ name: String, within boundaries: Set<String>) -> Int? {
    guard openNames[name, default: 0] > 0 else { return nil }
    for index in open.indices.dropFirst().reversed() {
      steps += 1
      let openName = self.name(of: open[index])
      if openName == name { return index }
      if boundaries.contains(openName) { return nil }
    }
    return nil
  }

  private func name(of node: Int) -> String {
    if case .element(let tag) = nodes[node].content { return tag.name }
    return ""
  }

  /// Ends the elements from that place in `open` on.
  private mutating func close(to index: Int) {
    while open.count > max(index, 1) {
      let node = open.removeLast()
      nodes[node].end = nodes.count
      openNames[name(of: node), default: 1] -= 1
    }
  }
}

extension PageNode {
  fileprivate init(text range: Range<Int>, parent: Int, index: Int) {
    self.init(
      content: .text(range), parent: parent, end: index + 1, element: .text, signs: [], weight: 0)
  }

  fileprivate init(_ tag: HTMLTag, _ element: PageElement, parent: Int, index: Int) {
    let signs = PageSigns.read(tag)
    self.init(
      content: .element(tag), parent: parent, end: index + 1, element: element,
      signs: signs.signs, weight: signs.weight)
  }
}
