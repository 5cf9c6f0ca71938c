import Foundation
import Satchel
import Testing

@testable import WebReader

/// Pages say all in the language of their reader.
@Suite struct LanguageTests {
  /// All screens that need no more than a library in which something of everything is.
  static let addresses = [
    "", "?q=-is%3Aarchived&sort=title", "?q=tag%3A77", "?q=is%3Aunraed", "?q=%40nirgends", "?q=111",
    "?q=rating%3A9", "?q=%22", "?q=(", "?q=since%3Ax", "?q=tag%3A", "?from=51", "tags", "sites",
    "tags?rename=77", "conflicts", "bin", "history", "history?changed=1&others=2", "sync", "add",
    "add?added=3&changed=1", "settings", "help", "nothing",
    "image/x", "article/zzzzzzzz",
  ]

  /// A library in which every name is of digits or Chinese.
  private func library() async throws -> TestLibrary.Pair {
    let pair = try await TestLibrary.Pair()
    for (library, name) in [(pair.study, "书房"), (pair.kitchen, "厨房")] {
      _ = try await library.rename(name)
    }
    var ids: [ArticleID] = []
    for number in 1...60 {
      var draft = ArticleDraft(
        title: "第\(number)篇", format: .text, body: Array("正文 111".utf8))
      draft.url = "https://1.1/\(number)"
      draft.site = "1.1"
      draft.tags = ["77"]
      ids.append(try await pair.study.add(draft).id)
    }
    _ = try await pair.study.add(ArticleDraft(title: "链接", url: "https://1.1/x"))
    try await pair.meet()
    for library in [pair.study, pair.kitchen] {
      _ = try await library.setNote(ids[0], "备注" + (try await library.replicaName() ?? ""))
      _ = try await library.setTitle(ids[1], "标题" + (try await library.replicaName() ?? ""))
    }
    _ = try await pair.study.delete([ids[2]])
    _ = try await pair.kitchen.setNote(ids[2], "留着")
    try await pair.meet()
    _ = try await pair.study.setProgress(ids[3], percent: 20)
    _ = try await pair.study.rate(ids[3], stars: 3)
    _ = try await pair.study.mark([ids[4]], .archived)
    _ = try await pair.study.mark([ids[3]], .starred)
    _ = try await pair.study.delete([ids[5]])
    _ = try await pair.study.setView(ArticleView(name: "早上", query: "tag:77"))
    try await pair.study.addRemote("优盘", target: pair.target)
    return pair
  }

  @Test func `no page in Chinese says anything in English`() async throws {
    let pair = try await library()
    var visit = TestVisit(pair.study)
    visit.words = Words(language: .chinese)
    _ = await visit.post("sync")
    await visit.reader.syncing.settle(atMost: .seconds(60))
    let articles = try await pair.study.list(ArticleQuery(.everything, includingArchived: true))
    let deleted = try await pair.study.list(ArticleQuery(.state(.deleted)))
    let rows = try await articles.page(0..<articles.count) + deleted.page(0..<deleted.count)
    // In conflict, deleted, marked, without a text, and the others like one of them.
    #expect(rows.count == 61)
    for address in LanguageTests.addresses + rows.map({ "article/\($0.shortID)" }) {
      let text = await visit.get(address).text
      #expect(text.contains("<html lang=\"zh-Hans\""))
      let words = Self.latinWords(of: text)
      #expect(words.isEmpty, "\(address): \(words)")
    }
    let previews = [
      await visit.post("add", ["text": "一篇", "title": "题"]), await visit.post("add", ["text": ""]),
      await visit.post("list/mark", ["do": "read zzzzzzzz"]),
      await visit.post("tags/rename", ["old": "99", "new": "1"]),
      await visit.post("conflicts/settle", ["conflict": "0-1", "side": "kept"]),
      await visit.post("add/confirm", ["upload": "x", "kind": "text"]),
      await visit.post("add/confirm", ["url": "?", "kind": "text"]), await visit.post("undo"),
      await visit.post("article/\(rows[0].shortID)/note", ["text": "1"]),
      await visit.post("article/\(rows[0].shortID)/tags", ["add": ""]),
      await visit.post("article/\(rows[0].shortID)/highlight", ["quote": "2"]),
      await visit.post("article/\(rows[0].shortID)/highlight", ["quote": "1"]),
    ]
    for page in previews {
      let words = Self.latinWords(of: page.text)
      #expect(words.isEmpty, "\(words)")
    }
  }

  /// What is said of a page: its text, and the attributes that are read out, without what is marked as
  /// of another language, what stands in code, and ids.
  private static func latinWords(of html: String) -> [String] {
    var text = html
    for element in ["style", "script", "code", "kbd"] {
      text = without("<\(element)", "</\(element)>", in: text)
    }
    text = without("<span lang=\"en\">", "</span>", in: text)
    text = without("<li lang=\"en\">", "</li>", in: text)
    text = without("<option value=\"markdown\"", "</option>", in: text)
    text = without("<option value=\"html\"", "</option>", in: text)
    var said = ""
    for piece in text.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      let parts = piece.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
      said += " " + (parts.count > 1 ? parts[1] : "")
      for name in ["aria-label=\"", "placeholder=\"", "title=\""] {
        guard let start = parts[0].range(of: name) else { continue }
        said += " " + parts[0][start.upperBound...].prefix { $0 != "\"" }
      }
    }
    let words = said.split { !$0.isLetter || !$0.isASCII }.map(String.init)
    // Names, units, and the words of the language of queries, which it has in no other one.
    var allowed: Set<String> = [
      "Satchel", "satchel", "quot", "amp", "lt", "gt", "MB", "kB", "GB", "OR", "AND", "NOT", "is",
      "import", "unread", "unraed", "tag", "title", "text", "author", "note", "highlight", "lang",
      "zh", "Hans", "site", "example", "org", "rating", "progress", "today", "yesterday", "d", "w",
      "m", "y", "a", "b", "since", "archived", "deleted", "x", "nirgends", "zzzzzzzz",
    ]
    allowed.formUnion(FilterState.allCases.map(\.rawValue))
    return words.filter { !allowed.contains($0) }
  }

  private static func without(_ start: String, _ end: String, in text: String) -> String {
    let parts = text.components(separatedBy: start)
    return parts[0]
      + parts.dropFirst().map { part in
        part.range(of: end).map { String(part[$0.upperBound...]) } ?? ""
      }.joined(separator: " ")
  }

  @Test func `a session that only reads has no form that changes something`() async throws {
    let pair = try await library()
    for language in Words.Language.allCases {
      var visit = TestVisit(pair.study)
      visit.isReadOnly = true
      visit.words = Words(language: language)
      for address in LanguageTests.addresses {
        let text = await visit.get(address).text
        // But for what its own browser is to show.
        let forms = address == "settings" ? 1 : 0
        #expect(text.matches(of: /method="post"/).count == forms, "\(address)")
        #expect(text.matches(of: /name="token"/).count == forms, "\(address)")
        #expect(!text.contains("data-token"), "\(address)")
      }
    }
  }
}
