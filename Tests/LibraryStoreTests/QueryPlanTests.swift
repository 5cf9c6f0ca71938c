import Articles
import GRDB
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// What the database and the index are asked for a query.
struct QueryPlanTests {
  private func plan(_ typed: String, _ store: ReplicaStore) async throws -> QueryPlan {
    let query = try ArticleQuery(typed, includingArchived: true)
    return try await store.read { db in
      Result {
        var compiler = FilterCompiler(db, today: 20_000)
        return try compiler.plan(query)
      }
    }.get()
  }

  @Test func `words that decide alone are one question to the index`() async throws {
    let test = try TestStore(1)
    let cases = [
      ("tea garden", #"((("tea")) AND (("garden")))"#), ("中國人", #"((("中 国 人")))"#),
      ("中国、美国", #"((("中 国") AND ("美 国")))"#), (#""中国，美国""#, #"((("中 国 ¶ 美 国")))"#),
      (#""Tea Garden""#, #"((("tea garden")))"#),
      ("don't e-mail", #"((("don t")) AND (("e mail")))"#),
      ("a -b -\"c d\"", #"(((("a"))) NOT ((("b")) OR (("c d"))))"#),
      ("tea OR coffee milk", #"(((("tea")) OR (("coffee"))) AND (("milk")))"#),
      ("gard* \"tea gard\"*", #"((("gard" *)) AND (("tea gard" *)))"#),
      ("title:tea note:x", #"(((title : "tea")) AND ((note : "x")))"#),
      ("tea is:read", #"((("tea")))"#), ("tea - milk", #"((("tea")) AND (("milk")))"#),
      ("a -(b -c)", #"(((("a"))) NOT ((((("b"))) NOT ((("c"))))))"#),
    ]
    for (typed, expression) in cases {
      let plan = try await plan(typed, test.store)
      let words = plan.words?.filter { $0 != " " }
      #expect(words == expression.filter { $0 != " " }, "\(typed)")
      #expect(plan.needsIndex)
    }
    for typed in ["is:read", "tag:x -since:7d", "", "rating:>=3 OR lang:zh"] {
      let plan = try await plan(typed, test.store)
      #expect(plan.words == nil && !plan.needsIndex, "\(typed)")
    }
    for typed in ["-tea", "tea OR is:read", "-(tea is:read)"] {
      let plan = try await plan(typed, test.store)
      #expect(plan.words == nil && plan.needsIndex, "\(typed)")
    }
    for typed in ["&", "-!?", "\"\"", "* OR &", "( & )"] {
      await #expect(throws: QueryError.noWords, "\(typed)") { try await plan(typed, test.store) }
    }
  }

  @Test func `what is shown as found are the words of the text that are asked for`() async throws {
    let test = try TestStore(1)
    let shown = try await plan("tea 绿茶 title:nothing -home OR (text:leaf* -x)", test.store).shown
    #expect(
      shown.map { $0.words.map { String(decoding: $0, as: UTF8.self) } } == [
        ["tea"], ["绿", "茶"], ["leaf"],
      ])
  }

  @Test func `nothing that is typed is a syntax error to FTS5 or SQLite`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "a b", text: "中 国")
    let pieces = [
      "a", "b", "中国", "\"", "'", "*", "-", "OR", "AND", "NOT", "NEAR(", ")", "(", "title:", ":",
      "{", "}", "^", "+", ",", " ", " ", "\0", "\\", ";", "¶", "\u{202E}", "text :", "“",
      "is:read ",
      "tag:a", "site:%", "lang:_", "since:7d", "rating:<3", "is:conflicted",
    ]
    var asked = 0
    for seed in UInt64(0)..<400 {
      var generator = SeededGenerator(seed: seed)
      let typed = (0..<6).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      guard let query = try? ArticleQuery(typed) else { continue }
      do {
        _ = try await test.store.articles(query, today: 0)
        asked += 1
      } catch QueryError.noWords {
        continue
      } catch {
        Issue.record("seed \(seed): \(typed): \(error)")
      }
    }
    #expect(asked > 100)
  }

  @Test func `registers decide as the query says`() async throws {
    let test = try TestStore(1)
    let ids = (0..<6).map { Sample.article($0) }
    for number in UInt64(0)..<6 { try await test.store.put(number, title: "\(number)") }
    func set(_ number: Int, _ field: Field, _ value: Value) -> Edit {
      ids[number].edit(field, value)
    }
    var edits = [
      set(0, ArticleField.site, try .text("News.Example.org")),
      set(1, ArticleField.site, try .text("example.org")),
      set(2, ArticleField.site, try .text("badexample.org")),
    ]
    edits += [
      set(0, ArticleField.language, try .text("zh-Hans")),
      set(1, ArticleField.language, try .text("ZH")),
      set(2, ArticleField.language, try .text("zhx")),
    ]
    edits += [
      set(0, ArticleField.rating, .integer(4)), set(1, ArticleField.rating, .integer(2)),
      set(3, ArticleField.progress, .integer(40)), set(4, ArticleField.progress, .integer(40)),
    ]
    edits += [
      ids[4].mark(.read), ids[5].mark(.archived), try ids[0].tag("Rail", present: true),
      try ids[1].tag("rail", present: true), try ids[2].tag("railway", present: true),
    ]
    edits += [
      set(5, ArticleField.published, try .text("2020-03-12")),
      set(0, ArticleField.published, try .text("2020-03-13T01:00:00Z")),
      set(3, ArticleField.note, try .text(" \n")), set(2, ArticleField.note, try .text("a note")),
    ]
    try await test.store.write(edits, now: Sample.now)
    let cases: [(String, [Int])] = [
      ("site:EXAMPLE.org", [0, 1]), ("site:example*", [1]), ("-site:example.org", [2, 3, 4, 5]),
      ("site:*", [0, 1, 2]), ("lang:zh", [0, 1]), ("lang:zh-hans", [0]),
      ("-lang:zh", [2, 3, 4, 5]),
      ("rating:>=3", [0]), ("rating:<3", [1, 2, 3, 4, 5]), ("rating:2", [1]),
      ("progress:>0", [3, 4]),
      ("is:begun", [3]), ("tag:RAIL", [0, 1]), ("tag:rail*", [0, 1, 2]), ("tag:*", [0, 1, 2]),
      ("-tag:*", [3, 4, 5]), ("since:2020-03-13", [0]), ("before:2020-03-13", [1, 2, 3, 4, 5]),
      ("since:2020-03-12 before:2020-03-13", [5]), ("is:archived", [5]), ("is:noted", [2]),
      ("added:1970-01-01", [0, 1, 2, 3, 4, 5]), ("added:1970-01-02", []),
      ("is:link", [0, 1, 2, 3, 4, 5]),
      ("is:missing OR is:conflicted OR is:highlighted", []), ("since:50y", [0, 5]),
    ]
    for (typed, expected) in cases {
      let query = try ArticleQuery(typed, includingArchived: true)
      let found = try await test.store.articles(query, today: 20_000)
      #expect(found.map { Int($0.article.addedMilliseconds) }.sorted() == expected, "\(typed)")
      #expect(try await test.store.count(of: query, today: 20_000) == expected.count, "\(typed)")
      let asIDs = try await test.store.articleIDs(query, today: 20_000)
      #expect(Set(asIDs) == Set(found.map(\.id)), "\(typed)")
    }
    let listed = try await test.store.articles(ArticleQuery("tag:*"), today: 20_000)
    #expect(listed.count == 3)
  }

  @Test func `views stand for their queries, and never lead to themselves`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "tea")
    try await test.store.put(2, title: "milk", more: [Sample.article(2).mark(.archived)])
    func keep(_ name: String, _ query: String) async throws {
      let view = ArticleView(name: name, query: query)
      try await test.store.write(view.edits(for: ArticleView.key(of: name)), now: Sample.now)
    }
    func found(_ typed: String) async throws -> [Int] {
      try await test.store.articles(ArticleQuery(typed), today: 0)
        .map { Int($0.article.addedMilliseconds) }.sorted()
    }
    try await keep("茶", "tea")
    try await keep("old", "is:archived")
    try await keep("both", "@茶 OR @old")
    #expect(try await found("@茶") == [1])
    #expect(try await found("-@茶") == [])
    #expect(try await found("@both") == [1, 2])
    #expect(try await test.store.views().map(\.name) == ["both", "old", "茶"])
    await #expect(throws: QueryError.noSuchView("none")) { try await found("@none") }
    // Two replicas may each make one that leads to the other's.
    try await keep("old", "@both")
    await #expect(throws: QueryError.loop(view: "both")) { try await found("@both") }
    await #expect(throws: QueryError.loop(view: "both")) {
      try await test.store.check(ArticleFilter("tea @old"), of: "both")
    }
    try await keep("old", "colour:red")
    let error = await #expect(throws: QueryError.self) { try await found("@old") }
    guard case .unreadable("old", let filterError) = error else { throw error ?? .noWords }
    #expect(filterError.place == 0..<6)
    // Others are as they were.
    #expect(try await found("@茶") == [1])
    for number in 1...12 {
      try await keep("v\(number)", "@v\(number + 1) @v\(number + 1) @v\(number + 1)")
    }
    try await keep("v13", "tea")
    await #expect(throws: QueryError.self) { try await found("@v1") }
    try await test.store.write(
      [ArticleView.deletion(of: ArticleView.key(of: "茶"), true)], now: Sample.now)
    #expect(try await test.store.views().map(\.name).contains("茶") == false)
    // An entity whose key is another name's is no view.
    try await test.store.write(
      ArticleView(name: "x", query: "tea").edits(for: ArticleView.key(of: "y")), now: Sample.now)
    #expect(try await test.store.view(named: "x") == nil)
    #expect(try await test.store.view(named: "y") == nil)
  }
}

/// The piece of a text that a search shows.
struct SearchSnippetTests {
  private func snippet(of text: String, _ typed: String...) -> SearchSnippet {
    var tokens = SearchTokens(recordingPlaces: true)
    let terms = typed.flatMap { SearchTerm.terms(of: FilterWords($0), &tokens) }
    return SearchSnippet(of: text, showing: terms, columns: 60)
  }

  @Test func `a snippet shows where most of the words stand, in one line`() {
    let filler = String(repeating: "nothing to see here. ", count: 30)
    let text = "Tea\n\nHome \u{A0} | Tea\n\n\(filler)She pours\ntea: Green TEA, 綠茶。\(filler)"
    let snippet = snippet(of: text, "tea", "绿茶")
    #expect(snippet.parts.filter(\.isMatch).map(\.text) == ["tea", "TEA", "綠茶"])
    #expect(snippet.text.contains("She pours tea: Green TEA, 綠茶。"))
    #expect(snippet.text.hasPrefix("…") && snippet.text.hasSuffix("…"))
    #expect(snippet.text.unicodeScalars.count <= 62)
  }

  @Test func `a snippet of a text without the words is its beginning`() {
    #expect(snippet(of: "a\n b", "tea").text == "a b")
    #expect(snippet(of: "", "tea").parts.isEmpty)
    let long = String(repeating: "国", count: 100)
    #expect(snippet(of: long, "tea").text == String(repeating: "国", count: 30) + "…")
  }

  /// Of a million articles the few that are meant are found, and not looked for.
  @Test(arguments: [
    ("is:read", "article_read"), ("is:starred", "article_starred"),
    ("is:archived", "article_archived"), ("is:begun", "article_begun"),
    ("is:noted", "article_noted"), ("is:link", "article_link"), ("is:deleted", "article_deleted"),
    ("is:highlighted", "highlight_by_article"), ("is:conflicted", "highlight"),
    ("site:a.example before:2010", "article_by_site"), ("site:a.example", "article_by_site"),
    ("lang:zh", "article_by_language"),
    ("added:7d", "article_by_added"), ("rating:>=4", "article_rated"),
    ("rating:>0", "article_rated"),
    ("rating:3", "article_rated"), ("progress:>50", "article_begun"), ("tag:news", "article_tag"),
    ("is:starred OR is:noted", "article_noted"), ("is:unread is:starred", "article_starred"),
    ("", "article_by_day"), ("-is:starred", "article_by_day"), ("rating:<3", "article_by_day"),
    ("since:7d", "article_by_day"),
  ])
  func `a query goes by the index of what it means`(typed: String, index: String) async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "a")
    let steps = try await steps(of: typed, test.store)
    #expect(steps.contains { $0.contains(index) }, "\(typed): \(steps)")
    let isWhole = index == "article_by_day"
    #expect(
      steps.contains { $0.hasPrefix("SCAN article USING INDEX article_by_day") } == isWhole
        || typed == "since:7d", "\(typed): \(steps)")
    #expect(!steps.contains("SCAN article"), "\(typed): \(steps)")
  }

  @Test func `a state that very many are in goes by the order of the list`() async throws {
    let test = try TestStore(1)
    try await test.store.queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
          INSERT INTO article(id, key, title, format, added, day, read, starred, archived, progress,
            rating, deleted)
          SELECT i, CAST(printf('%016d', i) AS BLOB), '', 'text', i, i, i > 1, 1, 0, 0, 0, 0 FROM n
          """)
    }
    for (typed, isFew, count) in [("is:starred", false, 50_000), ("is:read", true, 49_999)] {
      let steps = try await steps(of: typed, test.store)
      let isByOrder = steps.contains { $0.hasPrefix("SCAN article USING INDEX article_by_day") }
      #expect(isByOrder != isFew, "\(typed): \(steps)")
      #expect(try await test.store.count(of: ArticleQuery(typed), today: 0) == count)
    }
  }

  /// How SQLite goes about a query.
  private func steps(of typed: String, _ store: ReplicaStore) async throws -> [String] {
    try await store.read { db in
      var compiler = FilterCompiler(db, today: 20_000)
      let plan = try compiler.plan(ArticleQuery(typed))
      return try Row.fetchAll(
        db,
        sql: """
          EXPLAIN QUERY PLAN SELECT article.id FROM article WHERE \(plan.whole.sql)
          ORDER BY \(ArticleQuery().order)
          """, arguments: StatementArguments(plan.whole.arguments)
      ).map { $0["detail"] as String }
    }
  }
}
