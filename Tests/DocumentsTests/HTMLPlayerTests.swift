import Documents
import Testing

@Suite struct HTMLPlayerTests {
  @Test(arguments: [
    #"<iframe src="https://e.org/v">x</iframe>"#,
    #"<video src="https://e.org/v"><p>old</p></video>"#,
    #"<audio controls><source src="https://e.org/v"><source src="b.ogg">old</audio>"#,
    #"<embed src="https://e.org/v">"#, #"<object data="https://e.org/v"><b>old</b></object>"#,
    #"<object><embed src="https://e.org/v"></object>"#,
    #"<iframe data-src="https://e.org/v"></iframe>"#,
    #"<iframe src="about:blank" data-src="https://e.org/v"></iframe>"#,
  ])
  func `a player is a link to its address`(source: String) {
    #expect(
      document("<p>a</p>\(source)<p>b</p>", .html).blocks == [
        .paragraph([.text("a")]),
        .paragraph([.link(destination: "https://e.org/v", [.text("https://e.org/v")])]),
        .paragraph([.text("b")]),
      ])
  }

  @Test(arguments: [
    #"<iframe src="javascript:x"></iframe>"#, #"<iframe src="about:blank"></iframe>"#,
    #"<iframe src="https://e.org" width="1" height="1"></iframe>"#, "<video></video>",
    #"<iframe src="https://e.org" style="display:none"></iframe>"#, #"<embed src="data:x" hidden>"#,
    #"<video src="blob:https://e.org/1">old</video>"#, "<source src=a.png>",
    #"<picture><source src="a.webp"></picture>"#,
  ])
  func `a player that leads nowhere is nothing`(source: String) {
    #expect(plainText("<p>a</p>\(source)<p>b</p>", .html) == "a\n\nb")
  }

  @Test func `a player in a row or in code stays there`() {
    #expect(
      plainText("<table><tr><td>a<td><video src=v.mp4></video>b</table>", .html) == "a | v.mp4 b")
    #expect(plainText("<pre>a<embed src=v>b</pre>", .html) == "a v b")
  }

  @Test func `an object that names nothing shows what it holds`() {
    #expect(plainText("<object><p>old</p></object>", .html) == "old")
  }

  @Test(arguments: [
    ("<p>one</p><svg><p>two</p><p>three</p>", "one\n\ntwo\n\nthree"),
    ("<p>one</p><svg><text>x</text></svg>two", "one\n\ntwo"),
    ("<p>one <svg/>two", "one two"), ("<svg><g><text>x<div>two</div>three", "two\n\nthree"),
    ("<svg><foreignObject><p>two</p></foreignObject></svg>three", "two\n\nthree"),
    ("<math><mi>x</mi><annotation>X<p>two</p>three", "x\n\ntwo\n\nthree"),
    ("<math><mi>x</mi><annotation>X</annotation></math> y", "x y"),
    ("<svg><title>a<p>two</p>", "two"), ("<svg><style>a<b>two</b>", "two"),
  ])
  func `a drawing that is never closed hides nothing`(source: String, text: String) {
    #expect(plainText(source, .html) == text)
  }
}
