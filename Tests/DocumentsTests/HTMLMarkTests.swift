import TestSupport
import Testing

@testable import Documents

/// Passages that are marked in the HTML of a document.
@Suite struct HTMLMarkTests {
  private func html(
    _ source: String, _ marks: [HTMLMark], _ format: DocumentFormat = .markdown
  ) -> String {
    var embedding = HTMLEmbedding()
    embedding.marks = marks
    let part = HTMLWriter(image: { _ in nil }).part(
      1, reading: Array(source.utf8), as: format, in: embedding)
    return String(decoding: part.html, as: UTF8.self)
  }

  /// The mark of the first place of a passage in the plain text.
  private func mark(
    _ passage: String, _ id: String = "a", color: String? = nil, in source: String,
    _ format: DocumentFormat = .markdown
  ) -> HTMLMark {
    let text = Array(plainText(source, format).unicodeScalars)
    let words = Array(passage.unicodeScalars)
    let start = text.indices.first { text[$0...].starts(with: words) } ?? 0
    return HTMLMark(start..<start + words.count, id: id, color: color)
  }

  private func marked(_ source: String, _ passage: String, _ format: DocumentFormat = .markdown)
    -> String
  {
    html(source, [mark(passage, in: source, format)], format)
  }

  @Test func `marks stand closest to the text, inside of styles, links and blocks`() {
    #expect(
      marked("hot **tea** now", "t tea n") == """
        <p>ho<mark id="a" class="yellow">t </mark><strong><mark class="yellow">tea</mark></strong>\
        <mark class="yellow"> n</mark>ow</p>

        """)
    #expect(
      marked("a [b c](https://e.org) d", "c d") == """
        <p>a <a href="https://e.org" rel="noreferrer noopener">b <mark id="a" class="yellow">c</mark>\
        </a><mark class="yellow"> d</mark></p>

        """)
    #expect(
      marked("- one\n- two\n\nthree", "one\n• two") == """
        <ul>
        <li><mark id="a" class="yellow">one</mark></li>
        <li><mark class="yellow">two</mark></li>
        </ul>
        <p>three</p>

        """)
    #expect(
      marked("| a | b |\n|---|---|\n| c | d |", "b\nc | d") == """
        <table>
        <tr><th>a</th><th><mark id="a" class="yellow">b</mark></th></tr>
        <tr><td><mark class="yellow">c</mark></td><td><mark class="yellow">d</mark></td></tr>
        </table>

        """)
    #expect(
      marked("> x\n> y\n\n***\n\n```\na\nb\n```", "y\n\n---\n\na") == """
        <blockquote>
        <p>x <mark id="a" class="yellow">y</mark></p>
        </blockquote>
        <hr>
        <pre><mark class="yellow">a</mark>
        b</pre>

        """)
    #expect(
      marked("see ![a cup](c.png) of tea", "cup] of")
        == "<p>see <mark id=\"a\" class=\"yellow\">[image: a cup]</mark>"
        + "<mark class=\"yellow\"> of</mark> tea</p>\n")
    #expect(
      marked("one\ntwo", "e\nt", .text)
        == "<p>on<mark id=\"a\" class=\"yellow\">e<br>t</mark>wo</p>\n")
  }

  @Test func `marks that overlap are nested anew in each piece`() {
    let source = "one two three"
    let marks = [
      mark("one two", "a", color: "green", in: source),
      mark("two three", "b", color: "teal", in: source),
    ]
    #expect(
      html(source, marks) == """
        <p><mark id="a" class="green">one </mark><mark class="green"><mark id="b" class="yellow">two\
        </mark></mark><mark class="yellow"> three</mark></p>

        """)
    // Of those that begin together the longer is outside.
    let same = [mark("one", "a", in: source), mark("one two", "b", color: "blue", in: source)]
    #expect(
      html(source, same) == """
        <p><mark id="b" class="blue"><mark id="a" class="yellow">one</mark></mark>\
        <mark class="blue"> two</mark> three</p>

        """)
  }

  @Test func `an id cannot end its attribute, and many marks of one place are not all shown`()
    throws
  {
    let html = html("tea", (0..<40).map { HTMLMark(0..<3, id: "\"><b>\($0)", color: "<") })
    let page = try StrictMarkup(html)
    #expect(Set(page.elements.map(\.name)) == ["p", "mark"])
    #expect(page.all("mark").count == 8)
    #expect(page.all("mark").allSatisfy { $0.attributes["class"] == "yellow" })
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `the text in marks is the text of the passages, and else nothing changes`(seed: UInt64)
    throws
  {
    var random = SplitMix(state: seed)
    for round in 0..<30 {
      let source = Soup.source(using: &random)
      let place = "seed \(seed), round \(round): \(source.debugDescription)"
      for format in DocumentFormat.allCases {
        let bytes = Array(source.utf8)
        let text = Document.read(bytes, as: format, handingOverTo: TextUnits())
        guard text.count > 0 else { continue }
        let passages = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          let start = Int.random(in: 0..<text.count, using: &random)
          return start..<Int.random(in: start...min(text.count, start + 20), using: &random)
        }
        let html = html(
          source, passages.enumerated().map { HTMLMark($1, id: "\($0)", color: nil) }, format)
        let page = try StrictMarkup("<div>\(html)</div>")
        let marks = page.elements.indices.filter { page.elements[$0].name == "mark" }
        let outer = marks.filter { index in
          !page.elements[index].around.contains { page.elements[$0].name == "mark" }
        }
        let marked = outer.map { page.elements[$0].text }.joined()
        #expect(letters(marked) == letters(text.text(of: passages)), "\(place), \(format)")
        #expect(page.repeatedIDs.isEmpty, "\(place), \(format)")
        #expect(unmarked(html) == self.html(source, [], format), "\(place), \(format)")
        #expect(Set(page.elements.map(\.name)).isSubset(of: allowedElements), "\(place)")
      }
    }
  }

  private let allowedElements: Set<String> = [
    "a", "blockquote", "br", "code", "div", "em", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "img", "li", "mark", "ol", "p", "pre", "strong", "table", "td", "th", "tr",
    "ul",
  ]

  /// Bars and white space are written as tags in HTML.
  private func letters(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0 != "|" && !$0.properties.isWhitespace }))
  }

  private func unmarked(_ html: String) -> String {
    html.replacing("</mark>", with: "").replacing(#/<mark[^>]*>/#, with: "")
  }
}

/// A plain text by what of it is marked as a whole, or not at all: a character, or an image.
private struct TextUnits: TextBlockReceiver {
  private var units: [(text: String, place: Range<Int>)] = []
  private var frame = PlainTextFrame()
  /// In scalars, what stands before lines and between blocks included.
  private(set) var count = 0

  mutating func append(_ block: TextBlock) {
    if !block.isContinuation { count += frame.beginning(of: block).unicodeScalars.count }
    for run in block.runs {
      if run.image != nil {
        add(run.visibleText)
      } else {
        for character in run.text { add(String(character)) }
      }
    }
  }

  private mutating func add(_ text: String) {
    let breaks = text.unicodeScalars.count { $0 == "\n" }
    let end = count + text.unicodeScalars.count
    units.append((text, count..<end))
    count = end + breaks * frame.linePrefix.unicodeScalars.count
  }

  /// What is marked of passages.
  func text(of passages: [Range<Int>]) -> String {
    units.filter { unit in passages.contains { $0.overlaps(unit.place) } }.map(\.text).joined()
  }
}
