import Testing

@testable import WebReader

@Suite struct MarkupTests {
  @Test func `what is put into markup is escaped, and markup is not`() {
    let inner: Markup = "<b>\("1 < 2 & \"3\" '4'")</b>"
    #expect(inner.html == "<b>1 &lt; 2 &amp; &quot;3&quot; &#39;4&#39;</b>")
    let outer: Markup = "<p title=\"\("\"><script>")\">\(inner) \(7)</p>"
    #expect(outer.html == "<p title=\"&quot;&gt;&lt;script&gt;\">\(inner.html) 7</p>")
  }
}

@Suite struct PercentTextTests {
  @Test(arguments: ["", "a b", "标签/x?&=#%+", "~._-", "\u{0}\n"])
  func `text comes back from an address as it was`(text: String) {
    let encoded = PercentText.encoded(text)
    #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?&=#+\"'<>".utf8.contains($0) })
    #expect(PercentText.decoded(encoded[...]) == text)
  }

  @Test(arguments: ["%", "%4", "%zz", "%ff", "%C3"])
  func `what is no text is refused`(text: String) {
    #expect(PercentText.decoded(text[...]) == nil)
  }

  @Test func `a form's fields keep their order`() throws {
    let fields = try #require(PercentText.fields(of: "a=1&b=x+y%26&a=2&c"))
    #expect(fields.map(\.name) == ["a", "b", "a", "c"])
    #expect(fields.map(\.value) == ["1", "x y&", "2", ""])
    #expect(Fields(fields)["a"] == "1")
    #expect(PercentText.fields(of: "a=%f") == nil)
  }
}

@Suite struct WordsTests {
  @Test(arguments: [
    (nil, "en"), ("", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"), ("en-GB,zh", "en"),
    ("fr, zh;q=0.2, en;q=0.1", "zh-Hans"), ("zh;q=0", "en"), ("de", "en"),
    ("zh;q=x,en;q=0.5", "en"),
  ])
  func `the language is the browser's first that there is`(header: String?, language: String) {
    #expect(Words(acceptLanguage: header).language.rawValue == language)
  }
}
