import Articles
import Formats
import Testing

/// Layouts of mirrors besides the one of `MirrorFixture`.
@Suite struct MirrorKindTests {
  @Test func `a page may have neither menus nor a share block`() throws {
    let draft = try read(
      """
      ### 港口的冬天
      ------------------------

      <div class="wsw">
       <p>船停在岸边。</p>
      </div>
      <br/>原文链接：https://example.org/a/1.html?from=feed&name=x


      ------------------------
      #### [首页](https://github.com/some-owner/mirror/blob/master/README.md)
      """)
    #expect(draft.url == "https://example.org/a/1.html?from=feed&name=x")
    #expect(draft.text == "<div class=\"wsw\">\n<p>船停在岸边。</p>\n</div>")
  }

  @Test func `a row of plus signs stands above some share blocks, whose links are Markdown`() throws
  {
    let draft = try read(
      """
      ### 港口
      ---

      <p>船</p><a href="https://github.com/some-owner/other">更多</a>
      ++++++++++++++++++++++++++++++<br/><br/>
      手机上长按并复制下列链接或二维码分享本文章：<br/>
      [https://github.com/some-owner/m/a.md](https://github.com/some-owner/m/a.md)<br/>
      [<img src='https://github.com/some-owner/m/a.md.png'/>](https://github.com/some-owner/m/a.md)<br/>
      原文地址（需翻墙访问）：https://example.org/a
      """)
    #expect(draft.url == "https://example.org/a")
    #expect(draft.text == "<p>船</p>更多")
  }

  @Test func `a mirror with a site of its own keeps its pages in one folder`() throws {
    for folder in ["posts", "pages"] {
      let text = """
        ### 港口
        ---

        <p>船<a href="https://some-mirror.example/about">关于</a><a href="https://b.example/c">c</a></p>
        <hr/>
        手机上长按并复制下列链接或二维码分享本文章：<br/>
        https://some-mirror.example/\(folder)/2020/a.md <br/>
        原文地址：https://example.org/a
        """
      let draft = try importPage(text, at: "\(folder)/a.md", as: .mirror)
      #expect(draft.text == "<p>船关于<a href=\"https://b.example/c\">c</a></p>")
      #expect(draft.tags.isEmpty)
      #expect(try importPage(text, at: "\(folder)/news/a.md", as: .mirror).tags == ["news"])
    }
  }

  @Test func `an article that quotes the share line keeps its text where no block follows`() throws
  {
    let draft = try read(
      """
      ### 港口
      ---
      <p>
      手机上长按并复制下列链接
      \((1...10).map { "第\($0)段" }.joined(separator: "\n"))
      最后</p>
      原文链接：https://example.org/a
      """)
    #expect(draft.text.contains("第10段") && draft.text.contains("最后"))
    #expect(draft.url == "https://example.org/a")
  }

  @Test func `words of an original above the share block are the article's`() throws {
    let draft = try read(
      """
      ### 港口
      ---
      <p>船</p>
      原文链接：https://example.org/quoted
      <p>完</p>
      手机上长按并复制下列链接或二维码分享本文章：<br/>
      """)
    #expect(draft.url == nil)
    #expect(draft.text.contains("quoted") && draft.text.contains("完"))
  }

  @Test(arguments: [
    ("2020-03-13T08:00:00+08:00", "2020-03-13T00:00:00Z"), ("2020-03-13", "2020-03-13"),
    ("2020-03-13T08:00:00Z", "2020-03-13T08:00:00Z"), ("2020-03-13T08:00", "2020-03-13"),
  ])
  func `a time element dates the page`(time: String, date: String) throws {
    #expect(try draft("<p><time datetime=\"\(time)\">三月</time>船</p>").published == date)
  }

  @Test func `unless the address does, or it stands far down, or says nothing`() throws {
    let time = "<time datetime='2019-01-01'>x</time>"
    #expect(try draft(time, at: "https://example.org/2020/03/13/a").published == "2020-03-13")
    let story = String(repeating: "船停在岸边。", count: 200)
    #expect(try draft("<p>\(story)</p>\(time)").published == nil)
    for other in ["<time>2019-01-01</time>", "<time datetime='soon'>x</time>"] {
      #expect(try draft(other + time).published == "2019-01-01")
    }
    #expect(try draft("【本报2020年3月9日讯】\(time)").published == "2019-01-01")
  }

  private func draft(
    _ article: String, at address: String = "https://example.org/a"
  ) throws -> ArticleDraft {
    try read("### 港口\n---\n\(article)\n原文链接：\(address)\n")
  }

  private func read(_ text: String) throws -> ArticleDraft { try importPage(text, as: .mirror) }
}
