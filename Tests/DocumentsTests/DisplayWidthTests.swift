import Documents
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("…", 1), ("①", 1), ("Ω", 1), ("ｱ", 1), ("\u{AD}", 1),
    ("中", 2), ("㐀", 2), ("𠀀", 2), ("。", 2), ("「", 2), ("Ａ", 2), ("￥", 2), ("　", 2),
    ("か", 2), ("が", 2), ("か\u{3099}", 2), ("カ", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("👍", 2), ("👍🏽", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("⌚", 2),
    ("👨\u{200D}👩\u{200D}👧\u{200D}👦", 2), ("🏳\u{FE0F}\u{200D}🌈", 2), ("🇨🇳", 2), ("🇨", 2),
    ("", 0), ("\u{301}", 0), ("\u{200B}", 0), ("\u{1b}", 0), ("\n", 0), ("\u{9B}", 0),
    ("\u{7F}", 0),
    ("नि", 2), ("中文 text", 9), ("🇨🇳🇯🇵", 4),
  ])
  func `a text takes its columns`(text: String, columns: Int) {
    #expect(text.displayWidth == columns)
  }

  @Test func `a text is cut to the columns with an ellipsis`() {
    #expect("中文字".truncated(toColumns: 6) == "中文字")
    #expect("中文字".truncated(toColumns: 5) == "中文…")
    #expect("中文字".truncated(toColumns: 4) == "中…")
    #expect("abc".truncated(toColumns: 1) == "…")
    #expect("abc".truncated(toColumns: 0) == "")
    #expect("".truncated(toColumns: 0) == "")
    #expect("ab👨\u{200D}👩\u{200D}👧c".truncated(toColumns: 4) == "ab…")
  }

  @Test func `padding counts columns, not characters`() {
    #expect("中".padded(toColumns: 4) == "中  ")
    #expect("7".padded(toColumns: 3, .right) == "  7")
    #expect("中文".padded(toColumns: 3) == "中文")
  }
}
