import Articles
import Testing

@testable import Formats

/// What sites repeat under their pages, cut out between its first and its last words.
@Suite struct StandingMatterTests {
  private let appeal = "【诚征荣誉会员】请加入<span>会员</span>，防瘟疫与其它社会危难之中。"

  @Test func `an appeal is cut out, and nothing else`() throws {
    let text = try body(
      """
      <p>船停在岸边。</p>
      <p style="x"><hr style="y"/><br/>
      \(appeal)
      <center><img src="a.jpg"/></center>
      </p><p>责任编辑：李山</p>
      """)
    #expect(!text.contains("会员") && !text.contains("瘟疫") && !text.contains("<hr"))
    #expect(text.contains("船停在岸边。") && text.contains("责任编辑：李山"))
    #expect(text.contains("<img src=\"a.jpg\"/>"))
    #expect(
      text.count { $0 == "<" } == "<p></p><p><center><img/></center></p><p></p>".count { $0 == "<" }
    )
  }

  @Test(arguments: ["", "<p>完</p>"])
  func `the paragraph that is all of it goes with its tags`(after: String) throws {
    let text = try body("<div><p>船</p>\n<p class=\"a\">\n<b>\(appeal)</b>\n</p>\n\(after)</div>")
    #expect(text.replacing("\n", with: "") == "<div><p>船</p>\(after)</div>")
  }

  @Test func `tags that only begin or end in it stay`() throws {
    let text = try body(
      "<p><b>船【诚征荣誉会员】</b><i>x<ul><li>y</li>社会危难之中。z</i></p>")
    #expect(text == "<p><b>船</b><i><ul>z</i></p>")
  }

  @Test func `it counts from the beginning that is next to the end`() throws {
    let text = try body("<p>见【诚征荣誉会员】一文。</p><p>船</p><p>\(appeal)</p><p>\(appeal)完</p>")
    #expect(text == "<p>见【诚征荣誉会员】一文。</p><p>船</p><p>完</p>")
  }

  @Test func `without an end nothing is cut but a paragraph that begins so`() throws {
    let inside = "<p>报道提到【诚征荣誉会员】一事。</p><p>完</p>"
    #expect(try body(inside) == inside)
    let own = "<p>船</p><p>【诚征荣誉会员】请加入。</p><p>完</p>"
    #expect(try body(own) == "<p>船</p><p>完</p>")
    #expect(try body("<p>【诚征荣誉会员】请加入。</p><p>船</p><p>\(appeal)</p>") == "<p>船</p>")
    let titled = "<p>船</p><p>【诚征荣誉会员】</p>\n<p>防瘟疫。</p><p>完</p>"
    #expect(try body(titled) == "<p>船</p><p>完</p>")
    let last = "<div><p>船</p><p>【诚征荣誉会员】</p></div>"
    #expect(try body(last) == "<div><p>船</p></div>")
  }

  @Test func `an end that is far away is another text's`() throws {
    let story = "<p>\(String(repeating: "船停在岸边。", count: 600))</p>"
    let text = "<p>提到【诚征荣誉会员】</p>\(story)<p>救于社会危难之中。</p>"
    #expect(try body(text) == text)
    let tags = String(repeating: "<b></b>", count: 1_200)
    #expect(try body("<p>船</p><p>【诚征荣誉会员】\(tags)社会危难之中。</p>").contains("危难"))
    #expect(try !body("<p>船</p><p>【诚征荣誉会员】\(tags.dropLast(700))社会危难之中。</p>").contains("危难"))
  }

  @Test func `the words in an attribute or a comment are none`() throws {
    let text = "<p title=\"【诚征荣誉会员】\">船停在社会危难之中。</p>"
    #expect(try body(text) == text)
  }

  @Test(arguments: [
    ("www.soundofhope.org", "<p>希望之声版权所有，请勿转载，违者必究。</p>"),
    ("b5.secretchina.com", "<p>【誠徵榮譽會員】請加入，社會危難之中。</p>"),
    ("example.net", "<p>【诚征荣誉会员】请加入，社会危难之中。</p>"),
    ("cn.reuters.com", "<div><span>我们的标准：</span><a href='x'>某某“信任原则”</a></div>"),
    ("www.epochtimes.com", "<p>【支持】为真相护航<br/><ok>https://donate.epochtimes.com</ok></p>"),
  ])
  func `each site has its own`(host: String, block: String) throws {
    #expect(try body("<p>船</p>\(block)<p>完</p>", host: host) == "<p>船</p><p>完</p>")
  }

  @Test func `what another site says is its text`() throws {
    for host in ["example.net", "notsoundofhope.org", "soundofhope.org.example"] {
      let text = "<p>希望之声版权所有，请勿转载，违者必究。</p>"
      #expect(try body(text, host: host) == text)
    }
  }

  @Test func `a site's advertisements for itself are no images of the article`() throws {
    let text = "<p>船<img src=\"/kzgd/ad/a.jpg\"/><img src=\"/b.jpg\"/></p>"
    #expect(try body(text, host: "www.secretchina.com") == "<p>船<img src=\"/b.jpg\"/></p>")
    #expect(try body(text) == text)
  }

  @Test func `every block has marks of its own that are long enough to be no accident`() {
    let blocks = StandingMatter.blocks
    #expect(blocks.count >= 8)
    for block in blocks {
      #expect(block.begin.utf8CodeUnitCount >= 18 && block.end.utf8CodeUnitCount >= 12)
      #expect(!block.sites.isEmpty || block.begin.description.hasPrefix("【"))
    }
    #expect(Set(blocks.map(\.begin.description)).count == blocks.count)
  }

  private func body(_ article: String, host: String = "example.org") throws -> String {
    let page = "### 港口\n---\n\(article)\n原文链接：https://\(host)/a\n"
    return try importPage(page, as: .mirror).text
  }
}
