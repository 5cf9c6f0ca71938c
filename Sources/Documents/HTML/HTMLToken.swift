/// A piece of HTML source; every range counts bytes in the indices of the source it was cut from,
/// so that a caller can keep markup exactly as it was written.
public enum HTMLToken: Sendable {
  /// Characters between tags, their character references not yet decoded.
  case text(Range<Int>)
  case startTag(HTMLTag)
  case endTag(HTMLTag)
  /// A comment, a processing instruction or a malformed declaration, with its brackets.
  case comment(Range<Int>)
  case doctype(Range<Int>)

  /// The bytes the token covers; the ranges of consecutive tokens join without a gap.
  public var range: Range<Int> {
    switch self {
    case .text(let range), .comment(let range), .doctype(let range): range
    case .startTag(let tag), .endTag(let tag): tag.range
    }
  }
}

/// A start or end tag.
public struct HTMLTag: Sendable {
  /// The tag's name in ASCII lower case.
  public let name: String
  /// The whole tag, from `<` to `>`.
  public let range: Range<Int>
  /// Whether the tag ends in `/>`.
  public let isSelfClosing: Bool
  /// The attributes in source order, read anew on every pass.
  public let attributes: HTMLAttributes

  /// The value of the first attribute of that lower-case name as written, without its quotes;
  /// empty if the attribute has none, nil if there is no such attribute.
  public func rawValue(of name: StaticString) -> ArraySlice<UInt8>? {
    for attribute in attributes where attribute.isNamed(name) { return attribute.rawValue }
    return nil
  }

  /// The value of the first attribute of that lower-case name, character references decoded.
  public func value(of name: StaticString) -> String? {
    rawValue(of: name).map { HTMLCharacterReferences.decoded($0) }
  }
}
