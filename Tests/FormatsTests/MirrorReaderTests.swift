import Articles
import Formats
import Testing

@Suite struct MirrorReaderTests {
  @Test func `a page becomes its article`() throws {
    let fixture = MirrorFixture()
    let draft = try read(fixture)
    #expect(draft.title == "一座桥的故事")
    #expect(draft.url == "https://www.example.com/gb/2020/03/13/a1001.html")
    #expect(draft.site == "example.com")
    #expect(draft.published == "2020-03-13")
    #expect(draft.author == "王小明")
    #expect(draft.editor == "李大山")
    #expect(draft.tags == ["news1"])
    #expect(draft.language == "zh-Hans")
    #expect(draft.format == .markdown)
    #expect(
      draft.text == """
        <div><img alt="桥" src="https://i.example.com/bridge.jpg"/>
        <div class="caption">
        桥的照片
        </div></div>

        <div><p>
        \(fixture.lead)
        <ok href="https://www.example.com/tag/桥">
        两岸
        </ok>
        都高兴。
        </p>
        <p>
        责任编辑：李大山#
        </p>
        </div>
        """)
  }

  @Test func `the body does not depend on the mirror around it`() throws {
    let body = try read(MirrorFixture()).body
    var other = MirrorFixture(channel: "other7", repository: "another/copy2")
    #expect(try read(other).body == body)
    other.menu = ["起始", "帮助", "更多"]
    #expect(try read(other).body == body)
    other.promotions = []
    #expect(try read(other).body == body)
    other.promotions = ["a", "b", "c", "d"]
    #expect(try read(other).body == body)
    #expect(try read(other).tags == ["other7"])
  }

  @Test func `another article has another body`() throws {
    let other = MirrorFixture(closing: "责任编辑：李小山#")
    #expect(try read(other).body != read(MirrorFixture()).body)
  }

  @Test func `a section before the bar becomes a tag`() throws {
    let draft = try read(MirrorFixture(title: "评论 | 桥 &amp; 路"))
    #expect(draft.title == "桥 & 路")
    #expect(draft.tags == ["news1", "评论"])
    let long = "一个很长很长的标题前半部分 | 后半部分"
    #expect(try read(MirrorFixture(title: long)).title == long)
  }

  @Test func `trackers, code and links into the mirror go, the rest stays`() throws {
    let picture = """
      <img src="https://i.example.com/t.gif" width="1"/><img src="https://i.example.com/p.jpg" \
      width="100%"/><a href="https://github.com/some-owner/x">更多</a><a href="https://example.com/y">出处</a>\
      <iframe src="https://v.example.com"></iframe><style>p {}</style><hr class="thin"/>
      """
    let text = try read(MirrorFixture(picture: picture)).text
    #expect(
      text.hasPrefix(
        """
        <div><img src="https://i.example.com/p.jpg" width="100%"/>更多\
        <a href="https://example.com/y">出处</a><hr class="thin"/>
        """))
  }

  @Test func `relative images of an article are taken along`() throws {
    let fixture = MirrorFixture(picture: "<img src=\"img/a.png\"/><img src=\"/b.png\"/>")
    let draft = try importPage(
      fixture.text, at: fixture.path, as: .mirror,
      images: ["news1/img/a.png": [1], "b.png": [2], "news1/a1001.md.png": [3]])
    #expect(draft.images == [ImageDraft(reference: "img/a.png", bytes: [1])])
  }

  @Test func `preformatted text keeps its indentation`() throws {
    let picture = "<pre>\n  a\n\n\n    b\n</pre>\n\n\n\n   <b>c</b>"
    let text = try read(MirrorFixture(picture: picture)).text
    #expect(text.hasPrefix("<div><pre>\n  a\n\n\n    b\n</pre>\n\n<b>c</b>\n<div"))
  }

  @Test func `an article that quotes the share line is not cut there`() throws {
    let draft = try read(MirrorFixture(lead: "第一\n手机上长按并复制\n原文地址：https://a.example/1\n最后"))
    #expect(draft.text.contains("最后"))
    #expect(draft.url == "https://www.example.com/gb/2020/03/13/a1001.html")
  }

  @Test func `a page without an original is imported without an address`() throws {
    let draft = try read(MirrorFixture(original: nil))
    #expect(draft.url == nil)
    #expect(draft.published == "2020-03-14")
    #expect(try draft.body == read(MirrorFixture()).body)
  }

  @Test func `an original's address goes on over quotes that did not open before it`() throws {
    let addresses = [
      ("https://a.example/it's|1", "https://a.example/it's|1"),
      ("'https://a.example/1'。", "https://a.example/1"),
      ("<https://a.example/1>", "https://a.example/1"),
      ("\"https://a.example/1\"", "https://a.example/1"),
    ]
    for (line, address) in addresses {
      #expect(try read(MirrorFixture(original: line)).url == address)
    }
    #expect(try read(MirrorFixture(original: "http://[::1]:8080/a")).site == "[::1]")
  }

  @Test func `what no mirror laid out is read as it is`() throws {
    for text in ["<p>text</p>", "#### [a](b)\ntext", "### Title\n\ntext", "### A\n---\ntext"] {
      #expect(try importPage(text, as: .mirror) == importPage(text, as: .markdown))
    }
  }

  @Test func `a page of nothing but links holds no article`() {
    #expect(mirrorSkip("### Title\n------\n\n#### [a](b)\n<hr/>\n") == .noArticle)
    #expect(mirrorSkip("#### [a](b)\n#### [c](d) | [e](f)\n\n----\n#### [g](h)\n") == .noArticle)
    #expect(mirrorSkip("### Title\n\n#### [a](b)\n") == .noArticle)
    for text in ["### Title\n------\n", "- [a](b)\n- [c](d)\n", "### Title\n\n#### [a](b)\n.\n"] {
      #expect(mirrorSkip(text) == nil, "\(text)")
    }
  }

  @Test func `other kinds of page in a mirror are read as they are`() throws {
    #expect(try importPage("<title>T</title>", at: "a.html", as: .mirror).format == .html)
  }

  private func read(_ fixture: MirrorFixture) throws -> ArticleDraft {
    try importPage(fixture.text, at: fixture.path, as: .mirror)
  }

  private func mirrorSkip(_ text: String) -> SkipReason? {
    skipReason(Array(text.utf8), as: .mirror)
  }
}
