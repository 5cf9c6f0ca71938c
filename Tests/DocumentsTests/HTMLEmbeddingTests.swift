import TestSupport
import Testing

@testable import Documents

/// Documents that become parts of a page.
@Suite struct HTMLEmbeddingTests {
  private func html(_ source: String, title: String?, marks: [HTMLMark] = []) -> String {
    var embedding = HTMLEmbedding()
    embedding.title = title
    embedding.headingsLowered = 1
    embedding.marks = marks
    let writer = HTMLWriter(image: { $0 == "known.png" ? "/1" : nil }, original: { $0 })
    let part = writer.part(1, reading: Array(source.utf8), as: .markdown, in: embedding)
    return String(decoding: part.html, as: UTF8.self)
  }

  @Test func `headings stand below the page's`() {
    let lowered = html("# a\n\n##### b\n\n###### c", title: nil)
    #expect(lowered == "<h2>a</h2>\n<h6>b</h6>\n<h6>c</h6>\n")
  }

  @Test func `a heading at the beginning that says the title again is left out`() {
    #expect(html("# *A* garden!\n\nPeas.", title: "A Garden - Example") == "<p>Peas.</p>\n")
    #expect(html("By Ann\n\n# 花园\n\n豆", title: "花园") == "<p>By Ann</p>\n<p>豆</p>\n")
    #expect(html("# Peas\n\n# A garden", title: "A garden") == "<h2>Peas</h2>\n<h2>A garden</h2>\n")
    #expect(html("a\n\nb\n\nc\n\n# T", title: "T").hasSuffix("<h2>T</h2>\n"))
    #expect(html("# T\n\n# T", title: "T") == "<h2>T</h2>\n")
    #expect(html("# !\n\na", title: "T") == "<h2>!</h2>\n<p>a</p>\n")
    #expect(html("# T ![x](known.png)\n\na", title: "T x").hasPrefix("<h2>T <img"))
  }

  @Test func `passages behind a title that is left out keep their places, and one in it keeps it`()
  {
    let behind = html("# T\n\na b c", title: "T", marks: [HTMLMark(5..<6, id: "m", color: "blue")])
    #expect(behind == "<p>a <mark id=\"m\" class=\"blue\">b</mark> c</p>\n")
    let inside = html("# T\n\na", title: "T", marks: [HTMLMark(0..<1, id: "m", color: nil)])
    #expect(inside == "<h2><mark id=\"m\" class=\"yellow\">T</mark></h2>\n<p>a</p>\n")
  }

  @Test func `words of a picture that is not shown lead to where it lies`() {
    #expect(
      html("![a](known.png) ![b](https://e.org/b.png)", title: nil) == """
        <p><img src="/1" alt="a" loading="lazy"> <a href="https://e.org/b.png" rel="noreferrer \
        noopener">[image: b]</a></p>

        """)
    #expect(html("![b](b.png) ![c](javascript:x)", title: nil) == "<p>[image: b] [image: c]</p>\n")
    // No link stands in another one.
    #expect(
      html("[![b](https://e.org/b.png)](https://e.org)", title: nil)
        == "<p><a href=\"https://e.org\" rel=\"noreferrer noopener\">[image: b]</a></p>\n")
    let tree = HTMLWriter(image: { _ in nil }, original: { $0 })
    #expect(
      tree.html(of: document("[![b](https://e.org/b.png)](https://e.org)"))
        == "<p><a href=\"https://e.org\">[image: b]</a></p>\n")
  }
}

/// Very long documents, which are shown in several pages.
@Suite struct HTMLPartTests {
  private func parts(
    _ source: String, _ format: DocumentFormat, bytes: Int, marks: [HTMLMark] = []
  ) -> [HTMLPart] {
    var embedding = HTMLEmbedding()
    embedding.marks = marks
    let writer = HTMLWriter(image: { $0 })
    func part(_ number: Int) -> HTMLPart {
      writer.part(
        number, reading: Array(source.utf8), as: format, in: embedding, partBytes: bytes)
    }
    return (1...part(1).count).map(part)
  }

  private func text(_ html: [UInt8]) throws -> String {
    let page = try StrictMarkup("<div>\(String(decoding: html, as: UTF8.self))</div>")
    return page.elements[0].text.filter { !$0.isWhitespace }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `the parts hold all of the text, and each is whole`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for round in 0..<12 {
      let source = (0..<2).map { _ in Soup.source(using: &random) }.joined(separator: "\n\n")
      for format in DocumentFormat.allCases {
        let whole = parts(source, format, bytes: .max)
        #expect(whole.count == 1)
        for bytes in [1, 80] {
          let parts = parts(source, format, bytes: bytes)
          #expect(
            try parts.map { try text($0.html) }.joined() == text(whole[0].html),
            "seed \(seed), round \(round), \(format), \(bytes): \(source.debugDescription)")
        }
      }
    }
  }

  @Test(arguments: [
    ("word ", "", DocumentFormat.markdown), ("word\n", "", .text), ("- a\n", "", .markdown),
    ("a b  \n", "```\n", .markdown), ("<td>a", "<table><tr>", .html), ("| a |\n", "", .markdown),
    ("<li>a", "<ul>", .html), ("<b>a", "", .html), ("> a\n> > b\n", "", .markdown),
    ("<tr><td>a<td>b", "<table>", .html),
  ])
  func `no block is so long that a part is`(unit: String, start: String, format: DocumentFormat)
    throws
  {
    // Letters that stand between many marks are few.
    let count = unit == "<b>a" ? 40_000 : 24_000
    let source = start + String(repeating: unit, count: count / unit.utf8.count)
    let parts = parts(source, format, bytes: 5_000)
    #expect(parts.count > 1)
    for part in parts {
      #expect(part.html.count < 30_000)
      #expect(!(try text(part.html).isEmpty))
    }
  }

  @Test func `a part that there is not is empty, and marks know their parts`() {
    let source = (0..<100).map { "paragraph \($0)" }.joined(separator: "\n\n")
    let marks = [
      HTMLMark(0..<9, id: "first", color: nil), HTMLMark(1_200..<1_210, id: "last", color: nil),
      HTMLMark(90_000..<90_001, id: "none", color: nil),
    ]
    let parts = parts(source, .markdown, bytes: 500, marks: marks)
    let places = parts[0].partsOfMarks
    #expect(places["first"] == 1 && places["none"] == nil)
    #expect(places["last"].map { $0 > 1 && $0 <= parts.count } == true)
    for part in parts {
      let html = String(decoding: part.html, as: UTF8.self)
      #expect(html.contains("id=\"last\"") == (part.number == places["last"]))
    }
    let none = HTMLWriter(image: { $0 }).part(
      9, reading: Array("a".utf8), as: .markdown, in: HTMLEmbedding())
    #expect(none.html.isEmpty && none.count == 1)
  }
}
