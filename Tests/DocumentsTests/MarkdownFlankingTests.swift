import Testing

@testable import Documents

@Suite struct MarkdownFlankingTests {
  private func flanking(_ mark: Unicode.Scalar, _ before: Unicode.Scalar, _ after: Unicode.Scalar)
    -> MarkdownFlanking
  {
    MarkdownFlanking(of: UInt8(ascii: mark), between: before.value, and: after.value)
  }

  @Test(arguments: [
    // CommonMark's rule.
    ("a", "b", true, true), (" ", "a", true, false), ("a", " ", false, true),
    (" ", " ", false, false), ("a", "\"", false, true), ("\"", "a", true, false),
    ("(", "\"", true, true), ("a", "£", false, true), ("£", "a", true, false),
    ("\u{A0}", "a", true, false), ("a", "«", false, true), ("%", "。", true, true),
    // That of scripts without spaces.
    ("说", "“", true, true), ("”", "后", true, true), ("。", "后", true, true), ("说", "（", true, true),
    ("%", "的", true, true), ("的", "$", true, true), ("a", "“", true, true), ("，", " ", false, true),
    ("\u{3000}", "中", true, false),
  ])
  func `a run of stars may begin or end emphasis by either rule`(
    before: Unicode.Scalar, after: Unicode.Scalar, opens: Bool, closes: Bool
  ) {
    let flanking = flanking("*", before, after)
    #expect(flanking.canOpen == opens)
    #expect(flanking.canClose == closes)
  }

  @Test(arguments: [
    ("a", "b", false, false), ("势", "价", false, false), ("а", "л", false, false),
    (" ", "a", true, false), ("a", ".", false, true), ("(", "a", true, false),
    ("，", "中", true, false), ("”", "后", true, false),
  ])
  func `an underscore in a word of any script is a part of it`(
    before: Unicode.Scalar, after: Unicode.Scalar, opens: Bool, closes: Bool
  ) {
    let flanking = flanking("_", before, after)
    #expect(flanking.canOpen == opens)
    #expect(flanking.canClose == closes)
  }

  @Test func `punctuation is what has the categories P and S`() {
    for scalar in "!+~§©«»÷“”…€、。《》【】〜・！＄￥｡😀🚢\u{1FAEA}".unicodeScalars {
      #expect(UnicodePunctuation.contains(scalar.value), "\(scalar)")
    }
    for scalar in "a0 ªµÀ中한か々〇①٣\u{301}\u{A0}\u{200B}\u{FEFF}Ａ".unicodeScalars {
      #expect(!UnicodePunctuation.contains(scalar.value), "\(scalar)")
    }
  }
}
