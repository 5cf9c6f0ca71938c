import Testing

@testable import Documents

/// What properties say about a page. Everything is read in each way: by Yams beside a key in quotes,
/// and line by line beside a line that is no YAML.
@Suite struct FrontMatterMetadataTests {
  @Test(arguments: [
    ("title: Boats", "Boats"), ("title: 'It''s'", "It's"), ("title: \"a \\\"b\\\"\"", "a \"b\""),
    ("title: |\n  Boats\n  at rest", "Boats at rest"),
    ("title: >-\n  Boats\n\n  at rest", "Boats at rest"),
    ("title: Boats\n  at rest # not this", "Boats at rest"),
    ("title: \"Boats\n  at rest\"", "Boats at rest"),
    ("title: \"Boats \\\n  at rest\"", "Boats at rest"),
    ("title: 'Boats\n\n  at rest'", "Boats at rest"),
    ("title: \"\\u8239 \\U0001F6A2\"", "船 🚢"), ("title: null", nil), ("title: ~", nil),
    ("title:", nil), ("title: ''", nil), ("title: \"null\"", "null"), ("Title: Boats", "Boats"),
    ("title: \"[[Boats]]\"", "Boats"), ("title: 2020", "2020"),
    ("title: [Boats, at rest]", "Boats"),
    ("title: '[Boats] at rest'", "[Boats] at rest"), ("title: R&B and *stars*", "R&B and *stars*"),
    ("\"title\": Boats", "Boats"), ("title: # nothing", nil), ("title: C# and F#", "C# and F#"),
  ])
  func `a title is one line`(lines: String, title: String?) throws {
    for metadata in try readings(of: lines) { #expect(metadata.title == title) }
  }

  @Test(arguments: [
    ("author: Ana Lind", "Ana Lind"), ("author: [Ana Lind, Bo Ek]", "Ana Lind, Bo Ek"),
    ("authors:\n  - Ana Lind\n  - Bo Ek", "Ana Lind, Bo Ek"),
    ("author:\n- \"[[Ana Lind]]\"\n- '[[people/bo|Bo Ek]]'", "Ana Lind, Bo Ek"),
    ("author: \"[[Ana Lind]]\"", "Ana Lind"), ("author: [[Ana Lind]]", "Ana Lind"),
    ("author: [[[Ana Lind]], [[Bo Ek]]]", "Ana Lind, Bo Ek"),
    ("author:\n  name: Ana Lind\n  email: ana@example.org", "Ana Lind"),
    ("author:\n  - name: Ana Lind\n    site: x\n  - name: 'Bo Ek'", "Ana Lind, Bo Ek"),
    ("author: \"[Ana Lind](https://example.org/ana)\"", "Ana Lind"), ("author: null", nil),
    ("author: ''\nby: Bo Ek", "Bo Ek"), ("author: []\nbyline: Bo Ek", "Bo Ek"),
    ("author: \"Lind, Ana\"", "Lind, Ana"), ("author: [\"Lind, Ana\", Bo]", "Lind, Ana, Bo"),
  ])
  func `authors are names with commas between them`(lines: String, author: String?) throws {
    for metadata in try readings(of: lines) { #expect(metadata.author == author) }
  }

  @Test(arguments: [
    ("tags: boats", ["boats"]),
    ("tags: boats, winter, north sea", ["boats", "winter", "north sea"]),
    ("tags: 船，冬天、海", ["船", "冬天", "海"]),
    ("tags: [boats, \"north sea, far\"]", ["boats", "north sea, far"]),
    ("tags: [boats,\n  winter]", ["boats", "winter"]),
    ("tags: [\n  boats,\n  winter,\n]", ["boats", "winter"]),
    ("tags:\n- boats\n- 'north sea'", ["boats", "north sea"]),
    ("tags:\n  - \"#boats\"\n  -\n  - ~", ["boats"]),
    ("tags: [#boats, winter]", ["boats", "winter"]),
    ("tags: [boats, # and\n winter]", ["boats", "winter"]),
    ("tags: \"#boats #winter\"", ["boats", "winter"]),
    ("tags:\n  - boats\n\n  - winter", ["boats", "winter"]), ("tags: []", []), ("tags: null", []),
    ("tags:", []), ("tag: boats", ["boats"]), ("keywords: a; b", ["a", "b"]),
    ("tags: [2020, true]", ["2020", "true"]), ("tags: [a, b, a]", ["a", "b"]),
    ("tags:\n  - \"[[boats]]\"", ["boats"]), ("tags: [a b, 'c']  # note", ["a b", "c"]),
  ])
  func `tags come in every shape`(lines: String, tags: [String]) throws {
    for metadata in try readings(of: lines) { #expect(metadata.tags == tags) }
  }

  @Test(arguments: [
    "url: U", "source: U", "canonical: U", "canonical_url: U", "link: U", "from: U",
    "bookmark-of: U",
    "bookmarkOf: U", "original_url: U", "source: <U>", "source: '<U>'", "link: \"[the page](U)\"",
    "link: [the page](U)", "url: n/a\nsource: U", "url: /posts/1\nfrom: U",
    "url: https://\nsource: U", "url: [U]",
    "source:\n  - U", "url: U # the page", "url: >-\n  U", "source: \"[x](<U>)\"", "URL: U",
  ])
  func `an address is found under its keys`(lines: String) throws {
    let address = "https://example.org/a?b=1#c"
    let written = lines.replacing("U", with: address).replacing(address + "RL", with: "URL")
    for metadata in try readings(of: written) { #expect(metadata.address == address) }
  }

  @Test(arguments: [
    "url: n/a", "url: /posts/1", "url: javascript:alert(1)", "url: ftp://example.org/",
    "from: Ana Lind", "link: see https://example.org", "source: https//example.org",
    "url: https://example.org/a b",
  ])
  func `what is no address is none`(lines: String) throws {
    for metadata in try readings(of: lines) { #expect(metadata.address == nil) }
  }

  @Test func `dates, languages and summaries are read, and what is none is left out`() throws {
    let lines = """
      date: someday
      date_published: 1700000000
      lang: zh_Hans
      description: Two days # not three
      """
    for metadata in try readings(of: lines) {
      #expect(metadata.published == "2023-11-14T22:13:20Z")
      #expect(metadata.language == "zh-Hans")
      #expect(metadata.summary == "Two days")
    }
    for metadata in try readings(of: "language: English") { #expect(metadata.language == nil) }
  }

  @Test func `lines may end in either way, and a mark may stand in front`() throws {
    for lines in ["title: Boats\ntags:\n- a\n- b", "title: |\n  Boats\ntags: [a,\n b]"] {
      for metadata in try readings(of: lines.replacing("\n", with: "\r\n"), end: "\r\n") {
        #expect(metadata.title == "Boats")
        #expect(metadata.tags == ["a", "b"])
      }
    }
  }

  @Test(arguments: [
    ("title: Boats: a history", "Boats: a history"), ("title:\tBoats", "Boats"),
    ("title: @boats", "@boats"),
    ("title: \"Boats\" at rest", "\"Boats\" at rest"),
    ("title: [Boats] at rest", "[Boats] at rest"),
    ("title: 'Boats", "'Boats"), ("title: %boats", "%boats"), ("title: `boats`", "`boats`"),
    ("title: *boats*", "*boats*"), ("title: & so on", "& so on"),
    ("title: Boats\ntitle: Again", "Boats"), ("title: | boats", "| boats"),
    ("title: a: b\n\t- c", "a: b"),
  ])
  func `what is no YAML is read as it was meant`(lines: String, title: String) throws {
    let page = Array("---\n\(lines)\n---\n".utf8)
    let read = try #require(FrontMatter(startOf: page[...])).metadata.title
    #expect(read == title)
  }

  @Test(arguments: [
    "author: [{name: Ana Lind}, {name: Bo Ek}]", "{author: [Ana Lind, Bo Ek], title: x}",
    "? author\n: - Ana Lind\n  - Bo Ek", "author: !!seq\n- Ana Lind\n- !!str Bo Ek",
  ])
  func `what YAML alone can say is read by its parser`(lines: String) throws {
    let page = Array("---\n\(lines)\n---\n".utf8)
    #expect(try #require(FrontMatter(startOf: page[...])).metadata.author == "Ana Lind, Bo Ek")
  }

  @Test func `TOML is read as YAML is`() throws {
    let page = """
      +++
      # The page
      title = "Boats \\u2013 \\"at rest\\""
      date = 2026-03-13T08:00:00+01:00
      tags = [ "boats", 'north sea', # both
        "winter", ]
      description = \"""
      Two days, \\
        not three\"""
      draft = false
      menu = { main = "x" }
      [params]
      author = 'Ana Lind'
      url = "https://example.org/a"
      [menu.main]
      title = "Menu"
      +++
      text
      """
    let metadata = try #require(FrontMatter(startOf: Array(page.utf8)[...])).metadata
    #expect(metadata.title == "Boats – \"at rest\"")
    #expect(metadata.published == "2026-03-13T07:00:00Z")
    #expect(metadata.tags == ["boats", "north sea", "winter"])
    #expect(metadata.summary == "Two days, not three")
    #expect(metadata.author == "Ana Lind")
    #expect(metadata.address == "https://example.org/a")
  }

  /// What all readers make of the lines.
  private func readings(of lines: String, end: String = "\n") throws -> [PageMetadata] {
    try ["x: y", "\"x\": y", "x: y: z", "x: 'y"].map { line in
      let page = Array("---\(end)\(lines)\(end)\(line)\(end)---\(end)text".utf8)
      return try #require(FrontMatter(startOf: page[...])).metadata
    }
  }
}
