import Documents

/// The tags of a passage that is left out of a text: those that it opens and closes itself go with
/// it, the others stay, so that what is around it keeps its structure.
struct PassedTags {
  private var tokens: [HTMLToken?] = []
  /// The places of start tags that nothing has closed yet.
  private var open: [Int] = []

  mutating func start(_ tag: HTMLTag) {
    if tag.isSelfClosing || PassedTags.empty.contains(tag.name) { return }
    open.append(tokens.count)
    tokens.append(.startTag(tag))
  }

  mutating func end(_ tag: HTMLTag) {
    // Elements that are nested deeper than that are left as they are.
    let near = open.suffix(PassedTags.depth)
    guard let index = near.lastIndex(where: { name(at: $0) == tag.name }) else {
      tokens.append(.endTag(tag))
      return
    }
    for place in open[index...] { tokens[place] = nil }
    open.removeSubrange(index...)
  }

  /// The tags that stay, after which it is empty.
  mutating func takeUnpaired() -> [HTMLToken] {
    defer { self = PassedTags() }
    return tokens.compactMap { $0 }
  }
}

extension PassedTags {
  private static let depth = 64
  private static let empty: Set<String> = [
    "area", "br", "col", "hr", "img", "input", "source", "wbr",
  ]

  private func name(at place: Int) -> String? {
    guard case .startTag(let tag)? = tokens[place] else { return nil }
    return tag.name
  }
}
