/// A page's elements and texts as a tree, in document order, so that what stands in an element is
/// what follows it up to the node's end.
struct PageTree {
  let source: ArraySlice<UInt8>
  /// The first is the page itself.
  private(set) var nodes: [PageNode]
  /// How many open elements were looked at to find the ones that tags end.
  private(set) var searchSteps = 0

  /// Elements that nest deeper stand in the deepest.
  static let deepest = 256
  static let mostNodes = 200_000
}

/// An element or a text of a page.
struct PageNode {
  enum Content {
    case text(Range<Int>)
    case element(HTMLTag)
    /// The page around everything.
    case page
  }

  let content: Content
  let parent: Int
  /// The first node that is not inside this one.
  var end: Int
  let element: PageElement
  let signs: PageSigns
  /// How much the names the page gave the element speak for its holding the main text.
  let weight: Int

  var isText: Bool { element == .text }
}

extension PageTree {
  /// Reads a page, in time linear in its length; nil for one of more nodes than `mostNodes`.
  init?(of source: ArraySlice<UInt8>) {
    self.source = source
    var builder = PageTreeBuilder(of: source)
    var tokenizer = HTMLTokenizer(source)
    while let token = tokenizer.next() {
      builder.take(token)
      if builder.count > PageTree.mostNodes { return nil }
    }
    nodes = builder.finish()
    searchSteps = builder.steps
  }
}
