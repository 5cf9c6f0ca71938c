import Documents
import Testing

@Suite struct HTMLWriterTests {
  private func html(_ source: String, _ format: DocumentFormat = .markdown) -> String {
    HTMLWriter { $0 == "known.png" ? "/body/1" : nil }.html(of: document(source, format))
  }

  @Test func `blocks and styles have their elements`() {
    #expect(
      html("# T\n\na **b** *c* `d`\\\ne") == """
        <h1>T</h1>
        <p>a <strong>b</strong> <em>c</em> <code>d</code><br>e</p>

        """)
    #expect(
      html("> 3. a\n>    - b") == """
        <blockquote>
        <ol>
        <li value="3">a
        <ul>
        <li>b</li>
        </ul>
        </li>
        </ol>
        </blockquote>

        """)
    #expect(
      html("| a |\n|---|\n| b |\n\n***") == """
        <table>
        <tr><th>a</th></tr>
        <tr><td>b</td></tr>
        </table>
        <hr>

        """)
  }

  @Test func `text cannot become markup`() {
    #expect(
      html("\\<script>&lt;b>&amp;lt;\"'") == "<p>&lt;script&gt;&lt;b&gt;&amp;lt;&quot;&#39;</p>\n")
    #expect(html("<pre>a\u{0}\u{1b}b</pre>", .html) == "<pre>a\u{FFFD}\u{FFFD}b</pre>\n")
    #expect(html("```\n</pre><script>\n```") == "<pre>&lt;/pre&gt;&lt;script&gt;</pre>\n")
  }

  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:x", "java\tscript:x", " javascript:x", "data:text/html,x",
    "vbscript:x", "file:///etc", "//e.org/x", "/x", "x", "#x", "", "http\n://e.org",
    "https://e.org/\u{0}", "\u{1}https://e.org", "blob:https://e.org",
  ])
  func `a link that leads elsewhere is text`(address: String) {
    let document = Document([.paragraph([.link(destination: address, [.text("a")])])])
    #expect(HTMLWriter { _ in nil }.html(of: document) == "<p>a</p>\n")
  }

  @Test(arguments: [
    "http://e.org/", "https://e.org/?a=1&b=\"2\"", "HTTPS://e.org", "mailto:a@e.org",
  ])
  func `a link to the web or to a person stays`(address: String) {
    let document = Document([.paragraph([.link(destination: address, [.text("a")])])])
    let written = HTMLWriter { _ in nil }.html(of: document)
    #expect(written.hasPrefix("<p><a href=\"") && !written.contains("\"2"))
    #expect(Document(reading: Array(written.utf8), as: .html) == document)
  }

  @Test func `only images that are known are shown`() {
    #expect(
      html("![a\"b](known.png) ![c](https://e.org/track.gif)")
        == "<p><img src=\"/body/1\" alt=\"a&quot;b\"> [image: c]</p>\n")
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `what is written holds nothing but allowed elements and reads as the same`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for round in 0..<400 {
      let source = Soup.source(using: &random)
      let original = document(source, .html)
      let written = HTMLWriter { $0 }.html(of: original)
      expectAllowed(written, "seed \(seed), round \(round)")
      #expect(document(written, .html) == original, "seed \(seed), round \(round): \(source)")
    }
  }

  private static let allowed: Set<String> = [
    "a", "blockquote", "br", "code", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6",
    "hr", "img", "li", "ol", "p", "pre", "strong", "table", "td", "th", "tr", "ul",
  ]
  private static let attributes: Set<String> = ["href", "src", "alt", "value"]

  private func expectAllowed(_ html: String, _ place: String) {
    for token in HTMLTokenizer(Array(html.utf8)[...]) {
      switch token {
      case .startTag(let tag), .endTag(let tag):
        #expect(HTMLWriterTests.allowed.contains(tag.name), "\(place): \(tag.name)")
        #expect(
          tag.attributes.allSatisfy { HTMLWriterTests.attributes.contains($0.name) }, "\(place)")
      case .text: break
      case .comment, .doctype: Issue.record("\(place): a comment")
      }
    }
  }
}
