import Documents

/// A piece of a feed's XML: what feeds write, and no more. Nothing is ever opened by it.
enum XMLToken {
  /// An element begins, and ends at once if the tag says so.
  case start(HTMLTag)
  /// The name in small letters.
  case end(String)
  /// Its references decoded, if it may have any.
  case text(String)
}

/// Cuts XML into tokens, forgiving, in one pass.
struct XMLTokens: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func next() -> XMLToken? {
    while !rest.isEmpty {
      guard rest.first == UInt8(ascii: "<") else { return text() }
      if rest.hasPrefix("<![CDATA[") {
        return .text(String(decoding: take(behind: "]]>").dropFirst(9).dropLast(3), as: UTF8.self))
      }
      if rest.hasPrefix("<!--") {
        _ = take(behind: "-->")
      } else if rest.hasPrefix("<!") || rest.hasPrefix("<?") {
        _ = take(behind: ">")
      } else if let tag = tag() {
        return tag
      }
    }
    return nil
  }
}

extension XMLTokens {
  private mutating func text() -> XMLToken {
    let text = rest[..<(rest.place(of: UInt8(ascii: "<")) ?? rest.endIndex)]
    rest = rest[text.endIndex...]
    return .text(HTMLCharacterReferences.decoded(text, in: .markdown))
  }

  /// What goes to the end of `end`, or of everything where that does not stand.
  private mutating func take(behind end: StaticString) -> ArraySlice<UInt8> {
    let taken = rest[..<(rest.firstRange(of: end)?.upperBound ?? rest.endIndex)]
    rest = rest[taken.endIndex...]
    return taken
  }

  /// A tag; a `<` that begins none is passed over.
  private mutating func tag() -> XMLToken? {
    let end = endOfTag()
    let tag = rest[..<end]
    rest = rest[end...]
    var tokens = HTMLTokenizer(tag)
    switch tokens.next() {
    case .startTag(let tag): return .start(tag)
    case .endTag(let tag): return .end(tag.name)
    default: return nil
    }
  }

  /// Behind the `>` that stands in no quotation marks.
  private func endOfTag() -> Int {
    var mark: UInt8?
    for place in rest.indices {
      let byte = rest[place]
      if let open = mark {
        if byte == open { mark = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        mark = byte
      } else if byte == UInt8(ascii: ">") {
        return place + 1
      }
    }
    return rest.endIndex
  }
}
