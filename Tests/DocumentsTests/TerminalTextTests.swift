import Documents
import Testing

@Suite struct TerminalTextTests {
  @Test func `Latin breaks at spaces, a long word where the line is full`() {
    #expect(terminalText("one two three", .text, width: 8) == "one two\nthree")
    #expect(terminalText("a abcdefghijk", .text, width: 8) == "a\nabcdefgh\nijk")
    #expect(terminalText("12345678 9", .text, width: 8) == "12345678\n9")
  }

  @Test func `Chinese breaks anywhere but before a stop or after an opening bracket`() {
    #expect(terminalText("一二三四五六", .text, width: 8) == "一二三四\n五六")
    #expect(terminalText("一二三四，五六", .text, width: 8) == "一二三\n四，五六")
    #expect(terminalText("一二三《四五》", .text, width: 8) == "一二三\n《四五》")
    #expect(terminalText("一二三四。」五", .text, width: 8) == "一二三\n四。」五")
    #expect(terminalText("中文abcdef中", .text, width: 8) == "中文\nabcdef中")
    #expect(terminalText("。。。。。。", .text, width: 8) == "。。。。\n。。")
  }

  @Test func `Hangul breaks at its spaces`() {
    #expect(terminalText("한국 어한국어", .text, width: 9) == "한국\n어한국어")
  }

  @Test func `items and quotes hang below their first line`() {
    #expect(
      terminalText("- one two\n  1. three four", .markdown, width: 10)
        == "• one two\n  1. three\n     four")
    #expect(terminalText("> one two\n>\n> three", .markdown, width: 9) == "│ one two\n│\n│ three")
  }

  @Test func `links are numbered once and listed at the end`() {
    let body = "[a](https://example.org/1) [b](/2) [c](https://example.org/1) https://example.org/3"
    #expect(
      terminalText(body, .markdown, width: 60)
        == "a[1] b[2] c[1] https://example.org/3\n\n[1] https://example.org/1\n[2] /2")
    #expect(terminalText("[a](#part)", .markdown, width: 60) == "a")
  }

  @Test func `styles are printed with color and only then`() {
    let body = "# T\n\na **b** [c](/d)"
    #expect(
      terminalText(body, .markdown, width: 40, color: true)
        == "\u{1b}[1mT\u{1b}[0m\n\na \u{1b}[1mb\u{1b}[0m \u{1b}[4mc\u{1b}[0m\u{1b}[2m[1]\u{1b}[0m"
        + "\n\n[1] /d")
    #expect(
      terminalText(body, .markdown, width: 40)
        == "T\n\na b c[1]\n\n[1] /d")
  }

  @Test func `a style begins anew on every line`() {
    #expect(
      terminalText("**一二三四五**", .markdown, width: 8, color: true)
        == "\u{1b}[1m一二三四\u{1b}[0m\n\u{1b}[1m五\u{1b}[0m")
  }

  @Test func `code keeps its spaces and rules fit the width`() {
    #expect(
      terminalText("```\na  b\n\tc\n```\n***", .markdown, width: 10)
        == "a  b\n    c\n\n──────────")
  }

  @Test func `content cannot reach the terminal`() {
    let body = "a\u{1b}[2J\u{202E}b <a href='/\u{1b}]0;x'>c</a> ![\u{7}](d) `\u{9B}` &#27;"
    #expect(
      terminalText(body, .markdown, width: 80)
        == "a\\u{1b}[2J\\u{202e}b c[1] [image: \\u{7}] \\u{9b} \\u{1b}\n\n[1] /\\u{1b}]0;x")
  }

  @Test func `text keeps half the width however deep it stands`() {
    let deep = String(repeating: "> ", count: 40) + "一二三四五"
    #expect(terminalText(deep, .markdown, width: 8) == "│ │ 一二\n│ │ 三四\n│ │ 五")
  }
}
