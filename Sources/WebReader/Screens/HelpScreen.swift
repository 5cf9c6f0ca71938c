import Satchel

/// Keys, and the language of queries.
struct HelpScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    let words = visit.words
    let title = words(.help)
    let keys = HelpScreen.keys.map { key, phrase -> Markup in
      "<tr><th scope=\"row\"><kbd>\(key)</kbd></th><td>\(words(phrase))</td></tr>\n"
    }
    let entries = QueryHelp.allCases.map { help -> Markup in
      let examples = help.examples.map {
        "<a href=\"\(visit.list($0))\"><code>\($0)</code></a>" as Markup
      }
      return """
        <tr><th scope="row">\(examples.joined(by: "<br>"))</th>\
        <td>\(words(Phrase(help.meaning, help.chinese)))</td></tr>

        """
    }
    return PageFrame(visit: visit, title: title, section: .help).page(
      """
      <h1>\(title)</h1>
      <section aria-labelledby="keys">
      <h2 id="keys">\(words(.helpKeys))</h2>
      <table class="keys">
      <tbody>
      \(keys.joined())</tbody>
      </table>
      <p>\(words(.keysExplained))</p>
      </section>
      <section aria-labelledby="queries">
      <h2 id="queries">\(words(.queries))</h2>
      <table class="queries">
      <tbody>
      \(entries.joined())</tbody>
      </table>
      <p>\(words(Phrase(QueryHelp.remark, QueryHelp.chineseRemark)))</p>
      <p>\(words(.queryRules))</p>
      </section>

      """)
  }

  /// In the order in which hands find them.
  static let keys: [(key: String, does: Phrase)] = [
    ("j", Phrase("the next row, or the next article", "下一行，或下一篇文章")),
    ("k", Phrase("the row before, or the article before", "上一行，或上一篇文章")),
    ("o", Phrase("open the row's article; the original from an article", "打开该行的文章；在文章页则打开原文")),
    ("r", Phrase("read or unread", "标为已读或未读")),
    ("s", Phrase("star it, or take the star off", "加星标或取消星标")),
    ("a", Phrase("archive it, or bring it back", "归档或取消归档")),
    ("n", Phrase("the next unread article", "下一篇未读文章")),
    ("/", Phrase("to the query box", "转到查询框")),
    ("?", Phrase("this page", "打开本页")),
  ]
}

extension QueryHelp {
  fileprivate var chinese: String {
    switch self {
    case .words: "两个词都要出现：标题、正文、作者、网站、摘要、标签或备注中均可"
    case .phrase: "词要相邻；“中国”就是相邻的两个字"
    case .prefix: "以此开头的词"
    case .either: "任一即可；OR 比空格结合得更紧，一般不需要括号"
    case .without: "不含它的；也可写 -(a OR b)"
    case .place: "只在一处查找：title:（标题）text:（正文）author:（作者）note:（备注）highlight:（高亮）"
    case .name: "带此标签；带任意标签。site:example.org 指该网站及其子域"
    case .language: "该语言的文章；lang:zh-Hans 更精确"
    case .state:
      "状态：" + FilterState.allCases.map { "\($0.rawValue)（\($0.chinese)）" }.joined(separator: " ")
    case .day:
      "这一天或以后，或在它之前：按发布日期，未知时按添加日期。日期写作 2026-03-13、2026-03、2026、today、"
        + "yesterday、7d、2w、3m、1y"
    case .added: "当天或以后添加的"
    case .number: "星级；progress:<50 则按阅读百分比。可用 < <= > >= ="
    case .view: "这个视图查到的文章"
    }
  }

  fileprivate static let chineseRemark =
    "大小写、重音、全角半角都不区分，引号、冒号、空格用哪一种也都可以。引号里的总是要查找的词：\"is:unread\"、\"OR\"。"
}

extension FilterState {
  fileprivate var chinese: String {
    switch self {
    case .unread: "未读"
    case .read: "已读"
    case .starred: "星标"
    case .archived: "归档"
    case .deleted: "已删除"
    case .begun: "读了一部分"
    case .conflicted: "有冲突"
    case .noted: "有备注"
    case .highlighted: "有高亮"
    case .link: "仅链接"
    case .missing: "正文不在本机"
    }
  }
}

extension Phrase {
  static let help = Phrase("Help", "帮助")
  static let helpKeys = Phrase("Keys", "快捷键")
  static let keysExplained = Phrase(
    "Keys need the page's script; everything else works without it.",
    "快捷键需要页面脚本；其他功能没有脚本也能使用。")
  static let queries = Phrase("Queries", "查询语言")
  static let queryRules = Phrase(
    "Lists leave archived articles out unless the query speaks of is:archived or looks for words, and "
      + "deleted ones unless it speaks of is:deleted.",
    "列表不含已归档的文章，除非查询提到 is:archived 或查找词语；也不含已删除的文章，除非提到 is:deleted。")
}
