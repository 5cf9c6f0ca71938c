import Articles
import Files
import Formats
import Foundation
import TestSupport
import Testing

/// The note and the highlights below an exported page's text.
@Suite struct MarkdownSectionTests {
  @Test func `a page shows its note and its highlights below the text`() throws {
    let article = exportedArticle("T", "# Low\n\nWater") {
      $0.state.note = "Mine"
      $0.state.highlights = [exportedHighlight("Wa\nter", color: "blue", note: "wet")]
    }
    let page = try page(article)
    let data = page.split(separator: "\n").first { $0.hasPrefix("{") }.map(String.init) ?? ""
    #expect(
      page == """
        ---
        title: "T"
        note: "Mine"
        satchel: 1
        ---
        # Low

        Water
        <!-- satchel:highlights -->

        ## Note

        Mine

        ## Highlights

        > Wa
        > ter

        wet

        <!-- satchel:data
        \(data)
        -->

        """)
    #expect(data.hasPrefix("{\"id\":\"") && data.hasSuffix("}"))
  }

  @Test(arguments: [
    "plain", "<!-- satchel:highlights -->", "a\n<!-- satchel:highlights -->\nb",
    "a\n<!-- satchel:highlights -->\n\n<!-- satchel:data\n{}\n-->\n", "\n\n", "a\r\nb\r\n",
  ])
  func `a text comes back whatever stands in it, with marks and without`(text: String) throws {
    let marks = [
      [], [exportedHighlight("q", note: "<!-- satchel:data\n-->\n<!-- satchel:highlights -->")],
      [exportedHighlight("-->\n<!-- satchel:highlights -->\n", number: 2)],
    ]
    for highlights in marks {
      let article = exportedArticle("T", "x" + text) { $0.state.highlights = highlights }
      #expect(try read(page(article)) == article.draft)
    }
  }

  @Test(arguments: 1...40)
  func `whatever highlights and notes hold comes back`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "<!-- satchel:highlights -->\n", "<!-- satchel:data\n", "-->", "\n", "\r\n", "> ", "\"", "\\",
      "<", "&", "\u{0}", "\u{1b}", "桥", "🙂", "\u{2028}", "x", "{", "}",
    ]
    func text() -> String {
      let words = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      return "q" + words.joined()
    }
    let article = exportedArticle("T", text()) {
      $0.body.removeAll { $0 == 0 }
      $0.state.note = text()
      $0.state.highlights = (1...3).map {
        exportedHighlight(text(), number: $0, color: "red", note: text())
      }
    }
    #expect(try read(page(article)) == article.draft)
  }

  @Test func `a line of data that is none is passed over`() throws {
    let page = """
      ---
      title: T
      satchel: 1
      ---
      Text
      <!-- satchel:highlights -->

      Anything at all

      <!-- satchel:data
      no JSON
      {"quote":""}
      {"quote":"Te","id":"short","start":0}
      -->
      more
      """
    let draft = try read(page)
    #expect(draft.text == "Text")
    #expect(draft.state.highlights == [HighlightDraft(quote: "Te")])
  }
}

extension MarkdownSectionTests {
  private func page(_ article: ExportedArticle) throws -> String {
    try withFolder { folder in
      var writer = try Format.markdown.writer(at: folder.place)
      try writer.write(article)
      try writer.finish()
      let name = try #require(try visibleNames(in: folder.path).first)
      return try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    }
  }

  private func read(_ page: String) throws -> ArticleDraft { try importPage(page) }
}
