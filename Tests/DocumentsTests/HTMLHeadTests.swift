import Documents
import Testing

@Suite struct HTMLHeadTests {
  private func metadata(_ source: String, at address: String? = nil) -> PageMetadata {
    HTMLHead(of: Array(source.utf8)[...], at: address).metadata
  }

  private func script(_ json: String) -> String {
    #"<title>T - Site</title><script type="application/ld+json">\#(json)</script>"#
  }

  @Test func `JSON-LD tells title, authors, day and language`() {
    let found = metadata(
      script(
        #"""
        {"@context":"https://schema.org","@type":"NewsArticle","headline":"Boats &amp; ropes",
        "datePublished":"2026-03-13T08:00:00+01:00","inLanguage":"sv",
        "author":[{"@type":"Person","name":"Ana Lind"},{"name":"Bo Ek"}],"description":"D."}
        """#))
    #expect(found.title == "Boats & ropes")
    #expect(found.author == "Ana Lind, Bo Ek")
    #expect(found.published == "2026-03-13T07:00:00Z")
    #expect(found.language == "sv")
    #expect(found.summary == "D.")
  }

  @Test(arguments: [
    #"{"@graph":[{"@type":"WebSite","name":"S"},{"@type":["Thing","BlogPosting"],"headline":"H","author":{"@id":"a:1"}},{"@id":"a:1","@type":"Person","name":"Ana"}]}"#,
    #"[{"@type":"BreadcrumbList"},{"@type":"https://schema.org/Article","headline":"H","author":"Ana"}]"#,
    #"{"@type":"WebPage","mainEntity":{"@type":"Report","name":"H","author":[["Ana"],{"name":["Ana"]}]}}"#,
    "//<![CDATA[\n" + #"{"@type":"Article","headline":"H","author":{"name":"Ana"}}"# + "\n//]]>",
  ])
  func `articles are found in graphs and lists`(json: String) {
    #expect(metadata(script(json)).title == "H")
    #expect(metadata(script(json)).author == "Ana")
  }

  @Test(arguments: [
    #"{"@type":"NewsArticle","headline":"H",}"#, #"{"@type":"Product","headline":"H"}"#,
    #"{"@type":"JobPosting","headline":"H"}"#, "", "[", #"{"@type":"Article","headline":"H"} x"#,
    String(repeating: "[", count: 100_000),
  ])
  func `what is no article, or no JSON, tells nothing`(json: String) {
    #expect(metadata(script(json)).title == "T - Site")
  }

  @Test func `Open Graph and other names of a head are read in any case`() {
    let found = metadata(
      """
      <html lang=""><title>x | y</title><meta PROPERTY="OG:Title" content="Boats at rest">
      <META NAME=Author content="By Ana Lind"><meta property="article:published_time"
      content="2026-03-13"><meta http-equiv=Content-Language content=sv>
      <meta name=description content="First."><meta property="og:description" content="Second.">
      """)
    #expect(found.title == "Boats at rest")
    #expect(found.author == "Ana Lind")
    #expect(found.published == "2026-03-13")
    #expect(found.language == "sv")
    #expect(found.summary == "First.")
  }

  @Test func `an address is no author`() {
    let found = metadata(
      """
      <meta property="article:author" content="https://social.example/ana">
      <p class="byline">By <a rel="author" href="/ana">Ana Lind</a>, editor</p>
      """)
    #expect(found.author == "Ana Lind")
  }

  @Test func `the byline nearest below the title counts`() {
    #expect(
      metadata(
        """
        <title>Boats at rest</title><li class=author>Cy Ro</li><h1>Boats at rest</h1>
        <div class="post author-ana"><span class=byline>By Ana Lind</span><p>Text</p></div>
        """
      ).author == "Ana Lind")
    let long = String(repeating: "long ", count: 300)
    #expect(metadata("<div class=author>\(long)</div>").author == nil)
    #expect(metadata("<p class=author>\(String(repeating: "x", count: 100))</p>").author == nil)
  }

  @Test func `a time element tells the day, the surest mark first`() {
    #expect(
      metadata(#"<time datetime="2026-03-13T08:00:00Z">13 March</time>"#).published
        == "2026-03-13T08:00:00Z")
    #expect(
      metadata(
        """
        <time datetime="2026-01-01"></time><time datetime="2026-01-02" pubdate></time>
        <meta itemprop="datePublished" content="2026-01-03">
        """
      ).published == "2026-01-03")
    #expect(
      metadata("<time datetime='PT5M'></time><time datetime=2026-01-02></time>").published
        == "2026-01-02")
  }

  @Test func `SingleFile's comment tells the address and when the page was saved`() {
    let found = metadata(
      """
      <!DOCTYPE html><html lang=en><!--
       Page saved with SingleFile\u{20}
       url: https://example.org/s/1\u{20}
       saved date: 2026-03-13T08:00:00+01:00
      --><title>T</title><!-- Page saved with SingleFile
       url: https://other.example/ -->
      """)
    #expect(found.address == "https://example.org/s/1")
    #expect(found.saved == "2026-03-13T07:00:00Z")
    #expect(found.published == nil)
    #expect(
      metadata("<!-- saved from url=(0019)https://example.org --><p>").address
        == "https://example.org")
    #expect(metadata("<!-- url: https://example.org/1 --><p>").address == nil)
  }

  @Test(
    arguments: [
      (nil, "https://e.org/a", "https://e.org/a"), (nil, "https://e.org/", nil),
      (nil, "https://www.e.org", nil), (nil, "/a", nil),
      ("https://e.org/a?x=1", "https://www.E.org/a", "https://www.E.org/a"),
      ("https://e.org/a", "https://other.example/a", "https://e.org/a"),
      ("https://e.org/a", "https://e.org/", "https://e.org/a"),
      ("https://e.org/", "http://e.org", "http://e.org"),
      ("https://e.org/a?x=1", "/a", "https://e.org/a"),
      ("https://e.org/a", "//e.org/b", "https://e.org/b"),
      ("https://e.org/a", "javascript:x", "https://e.org/a"),
    ] as [(String?, String, String?)])
  func `a canonical link is believed of pages on its host only`(
    known: String?, claim: String, address: String?
  ) {
    let link = "<LINK REL='x Canonical' href='\(claim)'>"
    #expect(metadata(link, at: known).address == address)
    if let known {
      let comment = "<!-- Page saved with SingleFile\n url: \(known)\n-->"
      #expect(metadata(comment + link).address == address)
    }
  }

  @Test func `the title is the page's, not a drawing's, nor the site's name`() {
    #expect(
      metadata("<svg><title>icon</title></svg><h1>Boats at rest</h1>").title == "Boats at rest")
    #expect(metadata("<svg><title>icon<p>x<title>T</title>").title == "T")
    #expect(
      metadata("<title>Boats at rest - Harbour News</title><h1>Boats at rest</h1>").title
        == "Boats at rest")
    #expect(
      metadata("<meta property='og:site_name' content=Harbour><title>Boats | Harbour</title>").title
        == "Boats")
    #expect(
      metadata("<title>Boats at rest today</title><h1>Boats at rest</h1>").title
        == "Boats at rest today")
  }
}
