import Testing

@testable import Documents

@Suite struct TerminalEscapeTests {
  @Test(arguments: [
    ("\u{1b}[31mred", "\\u{1b}[31mred"), ("a\u{7}\u{8}", "a\\u{7}\\u{8}"),
    ("\u{9B}2J", "\\u{9b}2J"),
    ("\u{7F}", "\\u{7f}"), ("a\u{202E}b", "a\\u{202e}b"),
    ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
    ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"), ("a\tb\r\nc", "a\\u{9}b\\u{d}\\u{a}c"),
    ("a\u{E0041}\u{E007F}b", "ab"), ("\u{FFF9}", "\\u{fff9}"),
  ])
  func `what a terminal obeys is shown instead`(text: String, escaped: String) {
    #expect(TerminalEscape.escaped(text) == escaped)
  }

  @Test(arguments: [
    "中文，“好”", "e\u{301}", "👨\u{200D}👩\u{200D}👧", "עברית \u{200F}", "a\\b", "\u{A0}",
  ])
  func `text that only shows stays as it is`(text: String) {
    #expect(TerminalEscape.escaped(text) == text)
  }

  @Test func `a line feed stays when asked, a lone carriage return never`() {
    #expect(TerminalEscape.escaped("a\nb\r\nc\rd", keepingNewlines: true) == "a\nb\nc\\u{d}d")
  }

  /// Each escape that is appended must not copy what is there: this ends in a moment or in an hour.
  @Test func `a megabyte of what is escaped is escaped, for terminals and for HTML`() {
    let text = String(repeating: "\u{1B}&", count: 1 << 19)
    let escaped = TerminalEscape.escaped(text)
    #expect(escaped.utf8.count == (6 + 1) << 19)
    #expect(escaped.hasPrefix("\\u{1b}&"))
    #expect(HTMLEscape.escaped(text).utf8.count == (3 + 5) << 19)
  }
}
