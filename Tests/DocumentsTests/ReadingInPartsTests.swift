import TestSupport
import Testing

@testable import Documents

/// Pages whose text is handed over as it is read, without a tree of the whole.
@Suite struct ReadingInPartsTests {
  /// Reads in parts of the size, and lays what comes out and the tree of the whole out alike.
  private func expectSame(
    _ source: String, _ format: DocumentFormat, inPartsOf size: Int, _ place: String
  ) {
    let bytes = Array(source.utf8)
    let document = Document(reading: bytes, as: format)
    let text = Document.read(bytes, as: format, inPartsOf: size, handingOverTo: PlainTextPage())
    #expect(text.text == PlainText.text(of: document), "\(place)")
    var page = Document.read(
      bytes, as: format, inPartsOf: size, handingOverTo: TerminalPage(width: 30, color: true))
    page.endBlock()
    page.appendFootnotes()
    let shown = TerminalText(width: 30, color: true).text(of: document)
    #expect(page.output == shown, "\(place)")
    // Links that lead nowhere have no element, and images are shown here or their words.
    let writer = HTMLWriter { $0.hasPrefix("i") ? $0 : nil }
    #expect(
      html(writer, bytes, format, inPartsOf: size) == writer.html(of: document), "\(place)")
  }

  private func html(
    _ writer: HTMLWriter, _ bytes: [UInt8], _ format: DocumentFormat, inPartsOf size: Int
  ) -> String {
    let output = Pieces()
    writer.write(reading: bytes, as: format, inPartsOf: size) { output.all += $0 }
    return String(decoding: output.all, as: UTF8.self)
  }

  /// What came, piece by piece.
  private final class Pieces { var all: [UInt8] = [] }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `a text is the same whether a tree is made of it or not`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for round in 0..<(Effort.isLong ? 40 : 15) {
      let source = Soup.source(using: &random)
      let place = "seed \(seed), round \(round): \(source.debugDescription)"
      for format in DocumentFormat.allCases {
        expectSame(source, format, inPartsOf: 1 << 16, "\(place), \(format)")
        expectSame(source, format, inPartsOf: 9, "\(place), \(format) in parts")
      }
    }
  }

  @Test(arguments: [
    "word ", "中文，\n", "*a* b ", "[a](/b) ", "a  \n", "\\\n", "- a\n", "    a\n\n", "| a |\n",
    "&nbsp;", "> a\n", "`a` ", "![a](b) ", "<b>a", "<a href=x>a ", "<br>", "\n    ", "e\u{301}",
    "![a](b)", "![](b)\n", "中![](b)\n中\n", "| a ", "| ", "| *a* b ", "| ![](b) ", "| [a](b) | | c",
    "<td>a<br>", "<td><img src=x><td>", "<td>b<b>a",
  ])
  func `long blocks come in parts that nobody sees`(unit: String) {
    let source = String(repeating: unit, count: 400 / unit.utf8.count) + "end"
    for size in [8, 64] {
      expectSame(source, .markdown, inPartsOf: size, unit)
      expectSame(source, .html, inPartsOf: size, unit)
      expectSame("```\n" + source, .markdown, inPartsOf: size, "code of " + unit)
      expectSame("<pre>" + source, .html, inPartsOf: size, "pre of " + unit)
      expectSame("1. # " + source, .markdown, inPartsOf: size, "heading of " + unit)
    }
  }

  @Test(arguments: [
    ("<ul>a<p>b", "<li>c", "</ul>"), ("<ul>a<p>b", "<li value=3>c", "</ul>"),
    ("<ol>a<ul>b", "<li>c", "</ul>d<li>e</ol>f"), ("<ol>a", "<p>b", "</ol>"),
    ("<table><tr><td>a", "<td>b", "</table>"), ("- a\n\n  b\n", "\n  c\n", "1. d\n"),
    ("| a |", " b |", "\n|---|\n| c |\n|---|\n"), ("| a |\n|---|\n", "| b | c |\n", "|---|\n"),
  ])
  func `what is told late is held until then`(before: String, unit: String, after: String) {
    let source = before + String(repeating: unit, count: 40) + after
    for size in [8, 64] {
      expectSame(source, .html, inPartsOf: size, source)
      expectSame(source, .markdown, inPartsOf: size, source)
    }
  }

  @Test func `a letter with a page of accents is shown as it is`() {
    let source = "e" + String(repeating: "\u{301}", count: 200_000) + "f"
    let text = TerminalText(width: 30, color: true).text(reading: Array(source.utf8), as: .markdown)
    #expect(Array(text.utf8) == Array(source.utf8))
  }

  @Test func `what is written is handed over while the rest is read`() {
    var counts: [Int] = []
    let source = String(repeating: "- *a* \"b\"\n", count: 8_000)
    HTMLWriter { _ in nil }.write(reading: Array(source.utf8), as: .markdown) {
      counts.append($0.count)
    }
    #expect(counts.count > 4)
    #expect(counts.allSatisfy { $0 < 1 << 17 })
  }

  @Test func `what bytes say is shown from the bytes`() {
    let bytes = Array("# T\n\n- a [b](/c)".utf8)
    #expect(PlainText.text(reading: bytes, as: .markdown) == "T\n\n• a b")
    let terminal = TerminalText(width: 30, color: false)
    #expect(terminal.text(reading: bytes, as: .markdown) == "T\n\n• a b[1]\n\n[1] /c")
    #expect(terminal.text(reading: [], as: .html) == "")
  }
}
