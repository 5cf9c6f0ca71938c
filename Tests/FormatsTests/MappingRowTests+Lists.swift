import Formats

// Lists of links, and feeds.

extension MappingRowTests {
  static let bookmarks = [
    MappingExample(
      .bookmarks,
      """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <DL><p><DT><H3>Garden</H3><DL><p><DT><H3>Unsorted bookmarks</H3><DL><p>
      <DT><A HREF="https://example.org/1" ADD_DATE="1500000000" LAST_MODIFIED="1500000009"
        TAGS="a b,c" TOREAD="1">Tea</A>
      <DD>Two
      lines
      </DL></DL></DL>
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "tag/ + name": "a b; c; Garden",
        "note": "Two\nlines", "added": "1500000000000", "time of the record": "1500000009000",
        "read": "false",
      ]),
    MappingExample(
      .bookmarks,
      "<DL><DT><A HREF='https://example.org/1' ADD_DATE='1500000000123' TOREAD='0'>Tea</A></DL>",
      [
        "added": "1500000000123", "time of the record": "1500000000123", "read": "true",
      ]),
    MappingExample(
      .bookmarks,
      "<DL><DT><A HREF='https://example.org/1' ADD_DATE='1500000000123456'>Tea</A></DL>",
      ["added": "1500000000123"]),
    MappingExample(
      .bookmarks,
      "<DL><DT><A HREF='https://example.org/1' TAGS='linkding:archived,a b'>Tea</A></DL>",
      ["archived": "true", "tag/ + name": "a b"]),
  ]

  static let pocket = [
    MappingExample(
      .pocket,
      """
      <title>Pocket Export</title><h1>Unread</h1><ul></ul><h1>Read Archive</h1><ul>
      <li><a href="https://example.org/1" time_added="1500000000" tags="a b,c">Tea</a></li></ul>
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "tag/ + name": "a b; c",
        "added": "1500000000000", "time of the record": "1500000000000", "read": "true",
        "archived": "true",
      ])
  ]

  static let instapaper = [
    MappingExample(
      .instapaper,
      """
      <title>Instapaper: Export</title><h1>Garden</h1>
      <ol><li><a href="https://example.org/1">Tea</a></li></ol>
      """,
      ["url": "https://example.org/1", "title": "Tea", "tag/ + name": "Garden"]),
    MappingExample(
      .instapaper,
      """
      <title>Instapaper: Export</title><h1>Archive</h1>
      <ol><li><a href="https://example.org/1">Tea</a></li></ol>
      """,
      ["read": "true", "archived": "true"]),
    MappingExample(
      .instapaper,
      """
      <title>Instapaper: Export</title><h1>Starred</h1>
      <ol><li><a href="https://example.org/1">Tea</a></li></ol>
      """,
      ["starred": "true"]),
  ]

  static let rss = [
    MappingExample(
      .feed,
      """
      <rss version="2.0"><channel><title>C</title><language>de</language>
      <item><title>Tea</title><link>https://example.org/1</link><guid>https://example.org/9</guid>
      <pubDate>Fri, 13 Mar 2020 09:30:00 GMT</pubDate><dc:creator>Ann</dc:creator>
      <category>a b</category><category>c</category><description>Short</description>
      <content:encoded><![CDATA[<p>Hot tea</p>]]></content:encoded></item></channel></rss>
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "body": "html: <p>Hot tea</p>",
        "summary": "Short", "author": "Ann", "published": "2020-03-13T09:30:00Z",
        "language": "de", "tag/ + name": "a b; c", "time of the record": "1584091800000",
      ]),
    MappingExample(
      .feed,
      """
      <rss version="2.0"><channel><dc:language>fr</dc:language>
      <item><guid>https://example.org/9</guid><author>Bob</author>
      <dc:date>2020-03-13T09:30:00Z</dc:date><description>&lt;p&gt;Hot&lt;/p&gt;</description>
      </item></channel></rss>
      """,
      [
        "url": "https://example.org/9", "body": "html: <p>Hot</p>", "author": "Bob",
        "published": "2020-03-13T09:30:00Z", "language": "fr",
      ]),
  ]

  static let atom = [
    MappingExample(
      .feed,
      """
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>F</title>
      <entry><title>Tea</title><id>https://example.org/9</id>
      <link rel="self" href="https://example.org/8"/><link href="https://example.org/1"/>
      <author><name>Ann</name></author><author><name>Bob</name></author>
      <published>2020-03-13T09:30:00Z</published><updated>2020-03-13T09:30:01Z</updated>
      <category term="a b"/><summary>Short</summary>
      <content type="html">&lt;p&gt;Hot&lt;/p&gt;</content></entry></feed>
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "body": "html: <p>Hot</p>",
        "summary": "Short", "author": "Ann, Bob", "published": "2020-03-13T09:30:00Z",
        "language": "fr", "tag/ + name": "a b", "time of the record": "1584091801000",
      ]),
    MappingExample(
      .feed,
      """
      <feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://example.org/9</id>
      <link rel="alternate" href="https://example.org/1"/>
      <updated>2020-03-13T09:30:01Z</updated><summary type="text">Hot</summary></entry></feed>
      """,
      [
        "url": "https://example.org/1", "body": "text: Hot", "published": "2020-03-13T09:30:01Z",
      ]),
    MappingExample(
      .feed,
      """
      <feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://example.org/9</id>
      <published>2020-03-13T09:30:00Z</published><content>Hot</content></entry></feed>
      """,
      [
        "url": "https://example.org/9", "body": "text: Hot",
        "time of the record": "1584091800000",
      ]),
  ]

  static let jsonFeed = [
    MappingExample(
      .feed,
      """
      {"version":"https://jsonfeed.org/version/1.1","title":"F","language":"de","items":[
      {"id":"https://example.org/9","url":"https://example.org/1",
       "external_url":"https://example.org/8","title":"Tea","content_html":"<p>Hot</p>",
       "content_text":"Cold","summary":"Short","authors":[{"name":"Ann"},{"name":"Bob"}],
       "date_published":"2020-03-13T09:30:00Z","date_modified":"2020-03-13T09:30:01Z",
       "tags":["a b"],"language":"fr"}]}
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "body": "html: <p>Hot</p>",
        "summary": "Short", "author": "Ann, Bob", "published": "2020-03-13T09:30:00Z",
        "language": "fr", "tag/ + name": "a b", "time of the record": "1584091801000",
      ]),
    MappingExample(
      .feed,
      """
      {"version":"https://jsonfeed.org/version/1","language":"de","items":[
      {"id":"https://example.org/9","external_url":"https://example.org/8","content_text":"Hot",
       "author":{"name":"Ann"},"date_published":"2020-03-13T09:30:00Z"}]}
      """,
      [
        "url": "https://example.org/8", "body": "text: Hot", "author": "Ann", "language": "de",
        "time of the record": "1584091800000",
      ]),
    MappingExample(
      .feed,
      """
      {"version":"https://jsonfeed.org/version/1","items":[
      {"id":"https://example.org/9","content_text":"Hot"}]}
      """,
      ["url": "https://example.org/9"]),
  ]
}
