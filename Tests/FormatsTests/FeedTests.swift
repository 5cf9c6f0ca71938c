import Articles
import Testing

@testable import Formats

/// Feeds as files.
struct FeedTests {
  private let rss = """
    <?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:content="x" xmlns:dc="y"><channel><title>Channel</title>
    <link>https://example.org</link><language>de-CH</language>
    <item><title>Tea &amp; <![CDATA[<b>more</b>]]></title><link>https://example.org/1</link>
      <guid isPermaLink="false">17</guid><pubDate>Fri, 13 Mar 2020 09:30:00 +0800</pubDate>
      <dc:creator>Ann</dc:creator><category>a b</category><category><![CDATA[c]]></category>
      <description>Short &lt;i&gt;words&lt;/i&gt;</description>
      <content:encoded><![CDATA[<p>Hot <item>tea</item>.</p>]]></content:encoded></item>
    <item><description>&lt;p&gt;Only this&lt;/p&gt;</description>
      <guid>https://example.org/2</guid></item>
    <item><title>Nothing</title></item>
    </channel></rss>
    """

  @Test func `entries of RSS`() throws {
    let items = try exportItems(.feed, rss.replacing("<item>tea</item>", with: "tea"))
    #expect(items.map(\.reason) == [nil, nil, .noAddress])
    let found = items.compactMap(\.draft)
    #expect(found.map(\.url) == ["https://example.org/1", "https://example.org/2"])
    #expect(found.map(\.title) == ["Tea & more", ""])
    #expect(found.map(\.text) == ["<p>Hot tea.</p>", "<p>Only this</p>"])
    #expect(found.map(\.summary) == ["Short words", nil])
    #expect(found.allSatisfy { $0.format == .html && $0.language == "de-CH" && $0.isRecorded })
    #expect(found[0].author == "Ann" && found[0].tags == ["a b", "c"])
    #expect(found[0].published == "2020-03-13T01:30:00Z")
    #expect(found[0].state.recordedMilliseconds == 1_584_063_000_000)
  }

  @Test func `entries of Atom, of all kinds of text`() throws {
    let found = try drafts(
      .feed,
      """
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>F</title>
      <author><name>Nobody</name></author>
      <entry><title type="html">A &amp;lt;b&amp;gt;</title><id>tag:example.org,2020:1</id>
        <link rel="self" href="https://example.org/self"/><link href="https://example.org/1?a=1&amp;b=2"/>
        <author><name>Ann</name></author><author><name>Bob</name></author>
        <contributor><name>Eve</name></contributor>
        <published>2020-03-13T09:30:00Z</published><updated>2020-03-14T09:30:00Z</updated>
        <category term="x"/><summary>About</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hot &amp; <b>tea</b></p></div></content></entry>
      <entry><title>B</title><id>tag:example.org,2020:2</id><content>Plain &lt;text&gt;</content></entry>
      <entry><title>C</title><link href='https://example.org/3'/><content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry>
      </feed>
      """)
    #expect(
      found.map(\.url) == [
        "https://example.org/1?a=1&b=2", "tag:example.org,2020:2", "https://example.org/3",
      ])
    #expect(found.map(\.format) == [.html, .text, .html])
    #expect(found[0].text.contains("<p>Hot") && found[0].text.contains("<b>tea</b></p>"))
    #expect(found.map(\.text).suffix(2) == ["Plain <text>", "<p>x</p>"])
    #expect(found[0].author == "Ann, Bob" && found[0].summary == "About" && found[0].tags == ["x"])
    #expect(found[0].published == "2020-03-13T09:30:00Z" && found[0].language == "fr")
    #expect(found[0].state.changedMilliseconds == 1_584_178_200_000)
  }

  @Test func `items of a feed in JSON`() throws {
    let found = try drafts(
      .feed,
      """
      {"version":"https://jsonfeed.org/version/1.1","title":"F","language":"en","items":[
      {"id":"1","url":"https://example.org/1","title":"T","content_html":"<p>x</p>","summary":"s",
       "authors":[{"name":"Ann"}],"date_published":"2020-03-13T09:30:00Z","tags":["a"]},
      {"id":"2","external_url":"https://example.org/2","content_text":"x","author":{"name":"Bob"}}]}
      """)
    #expect(found.map(\.url) == ["https://example.org/1", "https://example.org/2"])
    #expect(found.map(\.format) == [.html, .text] && found.map(\.author) == ["Ann", "Bob"])
    #expect(found[0].tags == ["a"] && found[0].language == "en" && found[0].summary == "s")
    #expect(found[0].published == "2020-03-13T09:30:00Z")
  }

  @Test func `a list of feeds is listed`() throws {
    let items = try exportItems(
      .feed,
      """
      <opml version="2.0"><body><outline text="Folder"><outline text="A" type="rss"
      xmlUrl="https://example.org/feed?a=1&amp;b=2"/></outline></body></opml>
      """)
    #expect(items.count == 2)
    #expect(
      items.last?.outcome
        == .passedOver(
          .notSaved(reason: "a feed, which is not fetched: https://example.org/feed?a=1&b=2")))
  }

  @Test(arguments: [
    "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", "<feed xmlns=\"x\">", "<opml>",
    "<rdf:RDF xmlns=\"x\">", "{\"version\":\"https://jsonfeed.org/version/1\"",
  ])
  func `a feed is known by sight`(head: String) throws {
    #expect(Format.feed.isLike?(FormatSample(name: "x", head: Array(head.utf8))) == true)
  }

  @Test(arguments: ["<html><body><feedback>", "<p>An <rss> tag", "<!doctype html><rss>"])
  func `a page that speaks of feeds is a page`(head: String) {
    #expect(Format.feed.isLike?(FormatSample(name: "x.html", head: Array(head.utf8))) == false)
  }

  @Test func `whatever is cut or torn never traps`() {
    for count in 0...rss.utf8.count {
      let bytes = Array(rss.utf8.prefix(count))
      _ = Array(FeedRecords(MemorySource(bytes), named: "x").items())
    }
  }
}
