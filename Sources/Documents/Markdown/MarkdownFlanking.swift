/// Whether a run of `*` or `_` may begin or end emphasis, by the characters beside it.
///
/// Either of two rules may allow it. CommonMark's (0.31, 6.2) asks for a space or a mark outside where
/// there is a mark inside. Chinese and Japanese have no spaces: by the second rule, for `*`, their
/// marks are like letters, and any of their characters outside is as good as a space. So
/// `说**“好”**后` is strong.
struct MarkdownFlanking {
  let canOpen: Bool
  let canClose: Bool

  init(of mark: UInt8, between before: UInt32, and after: UInt32) {
    let before = Neighbor(before)
    let after = Neighbor(after)
    let isLeft = after.faces(before)
    let isRight = before.faces(after)
    if mark == UInt8(ascii: "*") {
      canOpen = isLeft || after.facesClosely(before)
      canClose = isRight || before.facesClosely(after)
    } else {
      // An underscore inside a word is a part of it, whatever the script.
      canOpen = isLeft && (!isRight || before.isMark)
      canClose = isRight && (!isLeft || after.isMark)
    }
  }
}

extension MarkdownFlanking {
  /// Whether `*` inside which the character stands may begin or end emphasis whatever is outside.
  static func isSolid(_ scalar: UInt32) -> Bool {
    let character = Neighbor(scalar)
    return !character.isSpace && (!character.isMark || character.isEastAsian)
  }
}

/// A character beside a run; the ends of a text are spaces.
private struct Neighbor {
  let isSpace: Bool
  let isMark: Bool
  let isEastAsian: Bool

  init(_ scalar: UInt32) {
    isSpace = UnicodePunctuation.isSpace(scalar)
    isMark = !isSpace && UnicodePunctuation.contains(scalar)
    isEastAsian = EastAsianSpacing.isEastAsianOrShared(scalar)
  }

  /// Whether a run between it and the outer character may be its end, by CommonMark.
  func faces(_ outer: Neighbor) -> Bool {
    !isSpace && (!isMark || outer.isSpace || outer.isMark)
  }

  /// The same in a script without spaces.
  func facesClosely(_ outer: Neighbor) -> Bool {
    !isSpace && (!isMark || isEastAsian || outer.isSpace || outer.isMark || outer.isEastAsian)
  }
}
