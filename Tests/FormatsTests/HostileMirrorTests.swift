import Articles
import Testing

@testable import Formats

/// Pages made to be slow to read: the work grows with their length and no faster.
@Suite struct HostileMirrorTests {
  @Test(arguments: [
    "【诚征荣誉会员】", "社会危难之中。", "<p>【诚征荣誉会员】", "<b>【诚征荣誉会员】</i>", "【", "<hr/><br/>",
    "<p><p>x【诚征荣誉会员】社会危难之中。</p>", "【诚征荣誉会员】\(String(repeating: "<b>", count: 50))",
  ])
  func `each place is compared with each mark of a block once`(pattern: String) {
    for count in [1_000, 8_000] {
      let article = Array("【诚征荣誉会员】\(String(repeating: pattern, count: count))船".utf8)
      let block = StandingMatter.blocks[0]
      let search = StandingMatterSearch(for: block, in: article)
      #expect(search.steps > 0 && search.steps <= 2 * article.count)
      for (range, next) in zip(search.found, search.found.dropFirst()) {
        #expect(range.upperBound <= next.lowerBound)
      }
    }
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "原文", "原文链接", "原文链接：http", "<br/>原文链接：", "<br/>原文链接：https://a.example/", "<br>", "<br",
      "<br ",
      "\n原文链接：https://a.example/", "\n手机上长按", "\n#### ", "\n#### [a](b)", "\n---",
      "\n++++++++++<br>",
      "【诚征荣誉会员】", "<p>【诚征荣誉会员】</p>", "<b>【诚征荣誉会员】<i>社会危难之中。", "【诚征荣誉会员】<b>",
      "<time datetime='2020-01-01'>", "<time datetime='", "（记者", "https://a.example/(", "[(",
    ])
  func `a page of one thing repeated is read in one go`(pattern: String) {
    for opening in ["", "<p>【诚征荣誉会员】", "<br/>原文链接：https://a.example/b"] {
      let repeated = String(repeating: pattern, count: 25_000 / pattern.utf8.count)
      let page = "### T\n---\n\(opening)\(repeated)\n原文链接：https://example.org/a\n"
      let draft = try? importPage(page, as: .mirror)
      #expect((draft?.body.count ?? 0) <= page.utf8.count)
    }
  }
}
