import GRDB
import TestSupport
import Testing

@testable import LibraryStore

/// What a person types is read as leniently as it can be.
struct SearchQueryTests {
  @Test(arguments: [
    ("tea garden", #"("tea") AND ("garden")"#),
    ("中國人", #"("中 国 人")"#),
    ("中国、美国", #"("中 国") AND ("美 国")"#),
    (#""中国，美国""#, #"("中 国 ¶ 美 国")"#),
    (#""Tea Garden""#, #"("tea garden")"#),
    ("“tea garden” 「茶 园」", #"("tea garden") AND ("茶 园")"#),
    ("don't e-mail", #"("don t") AND ("e mail")"#),
    ("a -b -\"c d\"", #"(("a")) NOT ("b" OR "c d")"#),
    ("tea OR coffee milk", #"("tea" OR "coffee") AND ("milk")"#),
    ("milk tea OR coffee OR cocoa", #"("milk") AND ("tea" OR "coffee" OR "cocoa")"#),
    ("gard* \"tea gard\"*", #"("gard" *) AND ("tea gard" *)"#),
    ("title:tea Title：\"a b\" -title:c", #"(("title : "tea") AND ("#),
    // Signs that mean nothing where they stand.
    ("OR tea OR", #"("tea")"#), ("tea OR -milk", #"(("tea")) NOT ("milk")"#),
    ("tea - milk * - title:", #"("tea") AND ("milk")"#), ("tea \"", #"("tea")"#),
    ("\"tea milk", #"("tea milk")"#), ("te\"a b\"c", #"("te") AND ("a b") AND ("c")"#),
    ("tea or NOT (milk) NEAR(a b)", #"("tea") AND ("or") AND ("not") AND ("milk")"#),
    ("title: tea", #"(title : "tea")"#), ("titles:tea", #"("titles tea")"#),
    ("--tea", ""), ("a AND b", #"("a") AND ("and") AND ("b")"#),
  ])
  func `a query is read`(typed: String, expression: String) throws {
    guard !expression.isEmpty else {
      #expect(throws: SearchQuery.Failure.onlyExclusions) { try SearchQuery(typed) }
      return
    }
    let read = try SearchQuery(typed).expression
    if typed.hasPrefix("title:tea ") {
      #expect(
        read == #"((title : "tea") AND (title : "a b")) NOT (title : "c")"#)
    } else {
      #expect(read.hasPrefix(expression), "\(read)")
    }
  }

  @Test func `a query without a word, or one that only excludes, says so`() {
    for typed in ["", " ", "!?", "\"\"", "*", "OR", "title:", "-"] {
      #expect(throws: SearchQuery.Failure.noWords, "\(typed)") { try SearchQuery(typed) }
    }
    for typed in ["-a", "-title:a -\"b c\"", "OR -a"] {
      #expect(throws: SearchQuery.Failure.onlyExclusions, "\(typed)") { try SearchQuery(typed) }
    }
    let most = (0..<SearchQuery.maximumTermCount).map { "w\($0)" }.joined(separator: " ")
    #expect(throws: Never.self) { try SearchQuery(most) }
    #expect(throws: SearchQuery.Failure.tooManyTerms) { try SearchQuery(most + " more") }
    #expect(throws: SearchQuery.Failure.tooManyTerms) { try SearchQuery(most + " -more") }
  }

  @Test func `nothing that is typed is a syntax error to FTS5`() throws {
    let queue = try DatabaseQueue()
    try queue.write {
      try $0.execute(
        sql: """
          CREATE VIRTUAL TABLE words USING fts5(title, text, about, content='', tokenize='ascii');
          INSERT INTO words(rowid, title, text, about) VALUES (1, 'a', 'b 中 国', 'c');
          """)
    }
    let pieces = [
      "a", "b", "中国", "\"", "'", "*", "-", "OR", "AND", "NOT", "NEAR(", ")", "(", "title:", ":",
      "{", "}", "^", "+", ",", " ", " ", "\0", "\\", ";", "¶", "\u{202E}", "text :", "“",
    ]
    var asked = 0
    for seed in UInt64(0)..<2_000 {
      var generator = SeededGenerator(seed: seed)
      let typed = (0..<8).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      guard let query = try? SearchQuery(typed) else { continue }
      asked += 1
      #expect(throws: Never.self, "seed \(seed): \(typed)") {
        try queue.read {
          _ = try Int.fetchAll(
            $0, sql: "SELECT rowid FROM words WHERE words MATCH ?", arguments: [query.expression])
        }
      }
    }
    #expect(asked > 1_000)
  }

  @Test func `a snippet shows where most of the words stand, in one line`() throws {
    let filler = String(repeating: "nothing to see here. ", count: 30)
    let text = "Tea\n\nHome \u{A0} | Tea\n\n\(filler)She pours\ntea: Green TEA, 綠茶。\(filler)"
    let query = try SearchQuery("tea 绿茶 title:nothing -home")
    let snippet = SearchSnippet(of: text, showing: query.shown, columns: 60)
    #expect(snippet.parts.filter(\.isMatch).map(\.text) == ["tea", "TEA", "綠茶"])
    #expect(snippet.text.contains("She pours tea: Green TEA, 綠茶。"))
    #expect(snippet.text.hasPrefix("…") && snippet.text.hasSuffix("…"))
    #expect(snippet.text.unicodeScalars.count <= 62)
  }

  @Test func `a snippet of a text without the words is its beginning`() throws {
    let shown = try SearchQuery("tea").shown
    #expect(SearchSnippet(of: "a\n b", showing: shown, columns: 60).text == "a b")
    #expect(SearchSnippet(of: "", showing: shown, columns: 60).parts.isEmpty)
    let long = String(repeating: "国", count: 100)
    #expect(
      SearchSnippet(of: long, showing: shown, columns: 60).text
        == String(repeating: "国", count: 30) + "…")
  }
}
