import Documents
import Testing

@Suite struct HTMLTextTests {
  @Test func `white space collapses and blocks stand apart`() {
    #expect(plainText("<p> a\n  b <i> c</i>\t</p>d<div>e</div>", .html) == "a b c\n\nd\n\ne")
  }

  @Test func `a line end between Chinese characters is no space`() {
    #expect(
      plainText("<p>\n 山东\n <a href='x'>\n  青岛\n </a>\n 市“\n好\n”</p>", .html)
        == "山东青岛市“好”")
    #expect(plainText("<p>中 文\nand\n中\nEnglish</p>", .html) == "中 文 and 中 English")
    #expect(plainText("<p>한국\n어</p>", .html) == "한국 어")
  }

  @Test func `entities are decoded and no-break spaces stay`() {
    #expect(plainText("a&nbsp;&lt;b&gt; &#20013;&unknown;", .html) == "a\u{A0}<b> 中&unknown;")
    #expect(plainText("<p>a</p><p>&nbsp;</p><p>b</p>", .html) == "a\n\nb")
  }

  @Test func `one br ends a line, two a paragraph`() {
    #expect(plainText("a<br>b<br/>\n<br/>c<br>", .html) == "a\nb\n\nc")
    #expect(plainText("<img src=a.png><br>caption", .html) == "[image]\ncaption")
  }

  @Test func `lists nest and count`() {
    #expect(
      plainText("<ul><li>a<li>b<ol start=4><li>c</li><li value=9>d</ol></ul>e", .html)
        == "• a\n• b\n  4. c\n  9. d\n\ne")
    #expect(plainText("<li><p>a</p><p>b</p></li>", .html) == "• a\n\nb")
  }

  @Test func `quotes, code and tables keep their shape`() {
    #expect(plainText("<blockquote><p>a<p>b</blockquote>c", .html) == "> a\n\n> b\n\nc")
    #expect(plainText("<pre>\n x  y\n\tz\n</pre>w", .html) == " x  y\n\tz\n\nw")
    #expect(
      plainText("<table><tr><th>a<th>b<tr><td>c</td><td>d</td></table>", .html)
        == "a | b\nc | d")
  }

  @Test func `what a reader does not see is dropped`() {
    #expect(plainText("a<script>if (1<2) x</script><style>p{}</style><!-- c -->b", .html) == "ab")
    #expect(
      plainText("a<span style='color:red;display: none'>x<span>y</span></span>b", .html)
        == "ab")
    #expect(plainText("<p hidden>x</p><p style='display:nonesuch'>b</p>", .html) == "b")
  }

  @Test func `images show their words unless they are counters`() {
    #expect(
      plainText("<img alt=' two\n words ' src=a.png><img src=b.png width='0px'>", .html)
        == "[image: two words]")
    #expect(plainText("<img data-src=a.png>x<img>", .html) == "[image]x")
  }

  @Test func `what is closed twice, never or crosswise loses no text`() {
    #expect(plainText("</div></p>a</ul></ol></li><b><div>b</b>c</div></pre>", .html) == "a\n\nbc")
    #expect(plainText("<ul><li><b>a</ul>b<blockquote>c", .html) == "• a\n\nb\n\n> c")
    #expect(plainText("a < b <3 & c <", .html) == "a < b <3 & c <")
  }

  @Test func `styles and links end where their element ends`() {
    #expect(
      document("<a href='/x'>a <b>b</b></a> <em>c</em>d", .html).blocks == [
        .paragraph([
          .link(destination: "/x", [.text("a "), .strong([.text("b")])]), .text(" "),
          .emphasis([.text("c")]), .text("d"),
        ])
      ])
  }

  @Test func `plain text keeps its lines`() {
    #expect(plainText("a <b>\n  b  \n\n \nc", .text) == "a <b>\n  b\n\nc")
  }
}
