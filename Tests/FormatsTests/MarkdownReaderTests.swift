import Articles
import Formats
import Testing

@Suite struct MarkdownReaderTests {
  @Test func `front matter gives the metadata and the body keeps every byte`() throws {
    let text = """
      ---
      title: "A walk: north"
      source: https://www.example.org/walk
      author: 'O''Neil'
      date: 2020-03-13
      tags: [hills, "rain, mist"]
      language: en
      summary: Two days # not three
      layout: wide
      ---

      # Another heading

      Text.\u{20}\u{20}\r
      """
    let draft = try importPage(text)
    #expect(draft.title == "A walk: north")
    #expect(draft.url == "https://www.example.org/walk")
    #expect(draft.site == "example.org")
    #expect(draft.author == "O'Neil")
    #expect(draft.published == "2020-03-13")
    #expect(draft.tags == ["hills", "rain, mist"])
    #expect(draft.language == "en")
    #expect(draft.summary == "Two days")
    #expect(draft.body == Array(text.utf8))
    #expect(draft.format == .markdown)
  }

  @Test func `tags may be a list of lines`() throws {
    let draft = try importPage("---\ntags:\n- one\n- 'two'\nauthor: A\n---\ntext")
    #expect(draft.tags == ["one", "two"])
    #expect(draft.author == "A")
  }

  @Test func `front matter that never closes is text`() throws {
    let draft = try importPage("---\ntitle: X\n\ntext")
    #expect(draft.title == "title: X")
    #expect(draft.url == nil)
  }

  @Test func `a rule is no title unless there is nothing else`() throws {
    #expect(try importPage("---\nNote: so.\n\nAnd so on.\n\n---\n").title == "Note: so.")
    #expect(try importPage("-----\r\n\r\n# Boats\r\n").title == "Boats")
    #expect(try importPage("---\n").title == "---")
    #expect(try importPage("--\ntext").title == "--")
  }

  @Test func `an address that is none is dropped`() throws {
    let long = "https://example.org/" + String(repeating: "a", count: 8_173)
    for address in ["javascript:alert(1)", "https://", "http:///a", long] {
      #expect(try importPage("---\nurl: \(address)\n---\nx").url == nil, "\(address.prefix(20))")
    }
  }

  @Test(arguments: [
    ("text\n\n## The *first* one ##\n", "The *first* one"), ("Title\n=====\n\ntext", "Title"),
    ("Title\n---\n\n# Later", "Title"), ("```\n# code\n```\n# Real", "Real"),
    ("\n\nJust a line\nand more", "Just a line"), ("#hashtag\nmore", "#hashtag"),
    ("\u{FEFF}# Marked", "Marked"), ("# C#", "C#"), ("***\n \n", "***"),
  ])
  func `the title is the first heading, else the first line`(text: String, title: String) throws {
    #expect(try importPage(text).title == title)
  }

  @Test func `with no text of its own a page is named after its file`() throws {
    #expect(
      try importPage("---\nauthor: A\n---\n", at: "notes/walk.north.md").title == "walk.north")
  }

  @Test(arguments: [
    ("2020-03-13", "2020-03-13"), ("2020/3/13", "2020-03-13"), ("2020年3月13日", "2020-03-13"),
    ("2020-03-13T09:30:00Z", "2020-03-13T09:30:00Z"),
    ("2020-03-13 01:30:05 +0800", "2020-03-12T17:30:05Z"),
    ("2020-02-29T23:30:00.5-01:00", "2020-03-01T00:30:00Z"),
    ("2019-12-31T23:59-00:30", "2020-01-01T00:29:00Z"), ("2020-03-13T09:30", "2020-03-13"),
  ])
  func `dates become ISO 8601 in UTC`(written: String, normalized: String) throws {
    #expect(try importPage("---\ndate: \(written)\n---\nx").published == normalized)
  }

  @Test(arguments: [
    "2020-02-30", "2019-02-29", "2020-13-01", "yesterday", "13.3.2020", "2020-03", "0020-03-13",
    "2020-03-13T25:00:00Z", "2020-03-13T09:30:00 CET", "99999999999999999999-01-01",
  ])
  func `a date that is none is dropped`(written: String) throws {
    #expect(try importPage("---\ndate: \(written)\n---\nx").published == nil)
  }

  @Test func `the script of Chinese text is told apart`() throws {
    #expect(try importPage("# 标题\n\n这个国家的经济发展让人们说话。").language == "zh-Hans")
    #expect(try importPage("# 標題\n\n這個國家的經濟發展讓人們說話。").language == "zh-Hant")
    #expect(try importPage("# The end\n\nThe rest of the day and night.").language == "en")
    #expect(try importPage("# 山水\n\n人山人海").language == nil)
    #expect(try importPage("# Das Ende\n\nDer Rest des Tages.").language == nil)
  }

  @Test func `an HTML page is kept as it is and named by its title`() throws {
    let text = """
      <html lang="zh-Hant"><head><title>A &amp; B</title>
      <link rel="canonical" href="https://example.org/a">
      <meta name="author" content="Somebody">
      <meta property="article:published_time" content="2020-03-13T01:00:00+08:00">
      </head><body><h1>Other</h1></body></html>
      """
    let draft = try importPage(text, at: "a.HTML")
    #expect(draft.title == "A & B")
    #expect(draft.format == .html)
    #expect(draft.url == "https://example.org/a")
    #expect(draft.author == "Somebody")
    #expect(draft.published == "2020-03-12T17:00:00Z")
    #expect(draft.language == "zh-Hant")
    #expect(draft.text == text)
    #expect(try importPage("<h1>Only <b>this</b></h1>", at: "b.htm").title == "Only this")
    #expect(try importPage("<p>nothing</p>", at: "c.html").title == "c")
  }

  @Test func `an HTML page's address is the whole attribute or none`() throws {
    let addresses: [(String, String?, String?)] = [
      ("https://example.org/it's/a|b c", "https://example.org/it's/a|b c", "example.org"),
      (" HTTPS://WWW.Example.org/a\n", "HTTPS://WWW.Example.org/a", "example.org"),
      ("http://[::1]:8080/a", "http://[::1]:8080/a", "[::1]"),
      ("https://例子.中国/a", "https://例子.中国/a", "xn--fsqu00a.xn--fiqs8s"),
      ("https://example.org/", nil, nil),
      ("/go?to=https://other.example/", nil, nil), ("ftp://example.org/a", nil, nil),
      ("https://example.org/" + String(repeating: "a", count: 8_173), nil, nil),
    ]
    for (found, url, site) in addresses {
      let draft = try importPage(#"<link rel="canonical" href="\#(found)">"#, at: "a.html")
      #expect(draft.url == url)
      #expect(draft.site == site)
    }
  }

  @Test func `a text page is named by its first line`() throws {
    let draft = try importPage("\n  First \t line \nsecond", at: "a.txt")
    #expect(draft.title == "First line")
    #expect(draft.format == .text)
  }
}
