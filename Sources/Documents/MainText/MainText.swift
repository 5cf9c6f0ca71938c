/// The main text of a saved page: what it says, without menus, advertisements and comments.
///
/// It is a view: the stored page stays what was saved. A page that has little text is shown whole,
/// and so is a fragment, which somebody has cut out already.
public enum MainText {
  /// The page's main text; all that a reader of the page sees where none is found.
  public static func document(in source: ArraySlice<UInt8>) -> Document {
    var builder = DocumentBuilder()
    read(source, into: &builder)
    return builder.finish()
  }

  /// Reads the same into a builder.
  static func read(_ source: ArraySlice<UInt8>, into builder: inout DocumentBuilder) {
    var reader = HTMLReader()
    guard isWholePage(source), let tree = PageTree(of: source),
      let search = search(in: tree, HTMLHead(of: source).metadata)
    else { return reader.read(source, into: &builder) }
    for root in search.chosen where !search.isLeftOut[root] {
      reader.read(search.tree, from: root, leavingOut: search.isLeftOut, into: &builder)
    }
  }
}

extension MainText {
  /// The strictest search that finds enough text, or else the strictest than which none finds half as
  /// much again; nil if that is next to nothing.
  static func search(in tree: PageTree, _ metadata: PageMetadata) -> MainTextSearch? {
    var best: MainTextSearch?
    for strictness in MainTextSearch.Strictness.tries {
      let search = MainTextSearch(in: tree, strictness, metadata)
      if search.length >= MainTextSearch.shortText { return search }
      if search.length * 2 > (best?.length ?? 0) * 3 { best = search }
    }
    return best.flatMap { $0.length < leastText ? nil : $0 }
  }

  /// A page in which less is found is shown whole.
  static let leastText = 250

  /// Whether the source is a page rather than a piece of one.
  private static func isWholePage(_ source: ArraySlice<UInt8>) -> Bool {
    var tokenizer = HTMLTokenizer(source)
    while let token = tokenizer.next() {
      switch token {
      case .doctype: return true
      case .startTag(let tag):
        return ["html", "head", "body", "title", "meta", "base", "link"].contains(tag.name)
      case .endTag: return false
      case .text(let range): if !source[range].isBlank { return false }
      case .comment: break
      }
    }
    return false
  }
}

extension HTMLReader {
  /// Reads a node of a page and what is in it.
  mutating func read(
    _ tree: PageTree, from root: Int, leavingOut isLeftOut: [Bool],
    into builder: inout DocumentBuilder
  ) {
    var open: [(end: Int, tag: HTMLTag)] = []
    var index = root
    let end = tree.nodes[root].end
    while index < end {
      while let last = open.last, last.end <= index {
        take(.endTag(last.tag), of: tree.source, into: &builder)
        open.removeLast()
      }
      let node = tree.nodes[index]
      if isLeftOut[index] {
        index = node.end
        continue
      }
      switch node.content {
      case .text(let range): take(.text(range), of: tree.source, into: &builder)
      case .element(let tag):
        take(.startTag(tag), of: tree.source, into: &builder)
        if !node.element.isVoid { open.append((node.end, tag)) }
      case .page: break
      }
      index += 1
    }
    while let last = open.popLast() { take(.endTag(last.tag), of: tree.source, into: &builder) }
  }
}
