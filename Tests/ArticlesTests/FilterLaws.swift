import Replication
import TestSupport
import Testing

@testable import Articles

/// Laws of queries as text (Protocol 10.1 and 10.2).
struct FilterLaws {
  private static let pieces = [
    "tea", "中国", "OR", "AND", "NOT", "or", "(", ")", "-", "－", "\"", "“", "*", "＊", ":", "：", " ",
    " ",
    "\u{3000}", "title:", "is:", "unread", "tag:", "site:", "lang:zh", "since:", "2026-03-13", "7d",
    "yesterday", "rating:", ">=", "3", "progress:<50", "@", "morning", "//", "\0", "\u{202E}", "é",
    "e\u{301}", "note:", "👩‍👩‍👧", ",", "\n", "\\", "\\\"", "\\“",
  ]

  private static func text(_ count: Int, using generator: inout SeededGenerator) -> String {
    (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  @Test func `what was read reads the same in its own form, and places lie in the text`() {
    var (read, refused) = (0, Set<String>())
    for seed in UInt64(0)..<20_000 {
      var generator = SeededGenerator(seed: seed)
      let text = FilterLaws.text(Int.random(in: 1...9, using: &generator), using: &generator)
      do throws(FilterError) {
        let filter = try ArticleFilter(text)
        let form = filter.description
        #expect((try? ArticleFilter(form)) == filter, "seed \(seed): \(text)")
        #expect((try? ArticleFilter(form))?.description == form, "seed \(seed): \(text)")
        read += 1
      } catch {
        let count = text.unicodeScalars.count
        #expect(error.place.lowerBound >= 0 && error.place.upperBound <= count, "seed \(seed)")
        refused.insert("\(error.description.prefix(14))")
      }
    }
    #expect(read > 5_000)
    #expect(refused.count >= 9, "\(refused)")
  }

  @Test func `trees that programs make are texts that mean the same`() throws {
    let trees: [(ArticleFilter, String)] = [
      (.titled("tea garden"), "title:\"tea garden\""),
      (.words(FilterWords("OR")), "\"OR\""), (.words(FilterWords("-x")), "\"-x\""),
      (.words(FilterWords("note:x")), "\"note:x\""), (.words(FilterWords("x\"y")), "\"x\\\"y\""),
      (.any([.state(.unread)]), "is:unread"),
      (.all([.any([.state(.read), .tag("a")])]), "is:read OR tag:a"),
      (.not(.all([.state(.read), .state(.begun)])), "-(is:read is:begun)"),
      (.tag(FilterName("two words")), "tag:\"two words\""),
      (
        .any([.all([.view("a"), .language("zh")]), .since(.today)]), "(@a lang:zh) OR since:today"
      ),
    ]
    for (tree, text) in trees {
      #expect(tree.description == text)
      #expect(try ArticleFilter(text).description == text)
    }
  }

  @Test(arguments: [
    "\"x\"", "“y”", "「引」", "『", "a\\", "\\", "\\\"", "C:\\a b", "*", "a*", "a＊", "(", "a b", "a:b",
    "-a",
    "OR", "@a", "//", "\"", "„x“ \\ y",
  ])
  func `a name has a spelling, whatever is in it`(name: String) throws {
    for filter in [ArticleFilter.tag, ArticleFilter.site] {
      for isPrefix in [false, true] {
        let meant = filter(FilterName(name, isPrefix: isPrefix))
        for text in [meant.description, "tea -\(meant) OR (\(meant))"] {
          let read = try ArticleFilter(text)
          #expect(read.description == text.replacing("(\(meant))", with: meant.description))
          #expect(read == meant || text.hasPrefix("tea"), "\(text)")
        }
      }
    }
  }

  @Test func `views stand for what they say, and what a query speaks of is seen through them`()
    throws
  {
    let filter = try ArticleFilter("tea -(@a OR @b)")
    #expect(!filter.mentions(.archived))
    let whole = try filter.expanded { name throws(FilterError) in
      try ArticleFilter(name == "a" ? "is:archived x" : "is:starred")
    }
    #expect(whole.description == "tea -((is:archived x) OR is:starred)")
    #expect(whole.mentions(.archived) && !whole.mentions(.deleted))
    #expect(whole.holdsWords)
    #expect(try !ArticleFilter("is:read -tag:x").holdsWords)
  }

  @Test func `a view's name is short, visible, and none of a query's signs`() {
    #expect(ArticleView.isName("早上") && ArticleView.isName("a-b"))
    #expect(ArticleView.isName(String(repeating: "a", count: Limits.viewNameBytes - 1)))
    #expect(ArticleView.isName(String(repeating: "a", count: Limits.viewNameBytes)))
    #expect(!ArticleView.isName(String(repeating: "a", count: Limits.viewNameBytes + 1)))
    for name in ["", "-a", "a b", "a:b", "a*", "@a", "a(", "a\"", "a\u{1}", "a　b", "a：b"] {
      #expect(!ArticleView.isName(name), "\(name)")
    }
  }

  @Test func `names of tags and sites are meant by what is like them`() {
    #expect(FilterName("Café").means("cafe\u{301}") && !FilterName("cafe").means("café"))
    #expect(FilterName("ra", isPrefix: true).means("RAIL") && !FilterName("ra").means("rail"))
    #expect(FilterName("", isPrefix: true).means("anything"))
    #expect(FilterName("Example.org").means(site: "news.EXAMPLE.org"))
    #expect(!FilterName("example.org").means(site: "badexample.org"))
    #expect(!FilterName("example", isPrefix: true).means(site: "news.example.org"))
  }

  @Test func `days are counted as the calendar does`() {
    #expect(FilterDay("1970-01-01")?.number(today: 0) == 0)
    #expect(FilterDay("2026-11-28")?.number(today: 0) == 20_785)
    #expect(FilterDay("0000-01-01")?.number(today: 0) == -719_528)
    #expect(FilterDay("yesterday")?.number(today: 5) == 4)
    #expect(FilterDay("2w")?.number(today: 20) == 6)
    for number in stride(from: -719_528, through: 2_932_896, by: 61) {
      let text = CivilDay(number: number).description
      #expect(CivilDay(text)?.number == number)
    }
    for text in [
      "2026-02-30", "2025-02-29", "1900-02-29", "2026-00-01", "2026-01-00", "26-01-01", "d", "-1d",
    ] {
      #expect(FilterDay(text) == nil, "\(text)")
    }
  }

  @Test func `a guess is a name that a slip of the finger turns into the word`() {
    #expect(Spelling.nearest(to: "unred", among: ["read", "unread"]) == "unread")
    #expect(Spelling.nearest(to: "sit", among: ["site", "since"]) == "site")
    #expect(Spelling.nearest(to: "zebra", among: ["site", "since"]) == nil)
  }
}
