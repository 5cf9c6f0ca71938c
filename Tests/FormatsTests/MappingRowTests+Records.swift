import Formats
import TestSupport

// Records of JSON, and books.

extension MappingRowTests {
  static let wallabag = [
    MappingExample(
      .wallabag,
      """
      [{"id":7,"url":"https://example.org/1","given_url":"https://example.org/9","title":"Tea",
        "content":"<p>Hot</p>","published_by":["Ann","Bob"],"published_at":"2020-03-13T09:30:00Z",
        "language":"en_US","tags":["a b",{"label":"c"},{"slug":"d"}],
        "created_at":"2017-07-14T02:40:00+0000","updated_at":"2017-07-14T02:40:09+0000",
        "is_archived":1,"is_starred":"1",
        "annotations":[{"quote":"Hot","text":"mm","created_at":"2017-07-14T02:40:01+0000"}]}]
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "body": "html: <p>Hot</p>",
        "author": "Ann, Bob", "published": "2020-03-13T09:30:00Z", "language": "en-US",
        "tag/ + name": "a b; c; d", "added": "1500000000000",
        "time of the record": "1500000009000", "archived": "true", "read": "true",
        "starred": "true", "highlights": "Hot, mm, 1500000001000",
      ]),
    MappingExample(
      .wallabag,
      """
      [{"id":"7","given_url":"https://example.org/9","title":"No title found","tags":"a b,c",
        "created_at":"2017-07-14T04:40:00+0200","is_read":true,"is_fav":0}]
      """,
      [
        "url": "https://example.org/9", "tag/ + name": "a b; c", "archived": "true",
        "read": "true", "starred": "false", "time of the record": "1500000000000",
      ]),
  ]

  static let omnivore = [
    MappingExample(.omnivore, bytes: omnivoreArchive, omnivoreSays),
    MappingExample(
      .omnivore,
      """
      [{"slug":"tea","title":"Tea","author":"Ann","description":"Short",
        "url":"https://example.org/1","isArchived":true,"readingProgress":40.4,"labels":["a b"],
        "createdAt":"2017-07-14T02:40:00.000Z","content":"<p>Hot</p>",
        "highlights":[{"quote":"Hot","annotation":"mm","createdAt":"2017-07-14T02:40:01.000Z"}]}]
      """,
      [
        "body": "html: <p>Hot</p>", "tag/ + name": "a b", "added": "1500000000000",
        "time of the record": "1500000000000", "archived": "true", "progress": "40",
        "highlights": "Hot, mm, 1500000001000",
      ]),
    MappingExample(
      .omnivore,
      """
      [{"slug":"n","title":"News","url":"https://omnivore.app/no_url?q=1","content":"<p>x</p>"}]
      """,
      ["title": "News", "body": "html: <p>x</p>"]),
  ]

  private static let omnivoreSays = [
    "url": "https://example.org/1", "title": "Tea", "body": "html: <p>Hot tea</p>",
    "author": "Ann", "published": "2020-03-13T09:30:00Z", "summary": "Short",
    "tag/ + name": "a b; c", "added": "1500000000000", "time of the record": "1500000009000",
    "archived": "true", "read": "true", "progress": "100", "highlights": "Hot, mm",
  ]

  private static var omnivoreArchive: [UInt8] {
    var zip = ZipFixture()
    zip.add(
      "metadata_0_to_1.json",
      """
      [{"slug":"tea","title":"Tea","description":"Short","author":"Ann",
        "url":"https://example.org/1","state":"Archived","readingProgress":100,
        "labels":["a b",{"name":"c"}],"savedAt":"2017-07-14T02:40:00.000Z",
        "updatedAt":"2017-07-14T02:40:09.000Z","publishedAt":"2020-03-13T09:30:00.000Z"}]
      """)
    zip.add("content/tea.html", "<p>Hot</p>")
    zip.add("content/tea.html", "<p>Hot tea</p>")
    zip.add("highlights/tea.md", "> Hot\n\n#label\n\nmm\n")
    return zip.bytes()
  }

  static let book = [
    MappingExample(
      .epub, bytes: bookArchive,
      [
        "title": "Tea & Peas", "language": "en", "author": "Ann, Bob", "published": "2020-03-13",
        "summary": "Short", "tag/ + name": "a b; c", "url": "https://example.org/1",
        "body": "html: <p>One <img src='../i/m.png'/></p>\n<p>Two<a></a></p>\n",
        "images": "../i/m.png",
      ])
  ]

  private static var bookArchive: [UInt8] {
    var zip = ZipFixture()
    zip.add("mimetype", "application/epub+zip")
    zip.add(
      "META-INF/container.xml",
      """
      <container><rootfiles><rootfile full-path="O/c.opf"/><rootfile full-path="O/d.opf"/>
      </rootfiles></container>
      """)
    zip.add(
      "O/c.opf",
      """
      <package><metadata><dc:title>Tea &amp; Peas</dc:title><dc:title>Other</dc:title>
      <dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator><dc:language>en</dc:language>
      <dc:date>soon</dc:date><dc:date>2020-03-13</dc:date>
      <dc:description>&lt;b&gt;Short&lt;/b&gt;</dc:description><dc:subject>a b</dc:subject>
      <dc:subject>c</dc:subject><dc:source>urn:x:1</dc:source>
      <dc:source>https://example.org/1</dc:source></metadata><manifest>
      <item id="b" href="t/2.xhtml"/><item id="a" href="t/1.xhtml"/><item id="n" href="n.xhtml"/>
      </manifest><spine><itemref idref="a"/><itemref idref="n" linear="no"/><itemref idref="b"/>
      </spine></package>
      """)
    zip.add("O/t/1.xhtml", "<html><body><p>One <img src='../i/m.png'/></p></body></html>")
    zip.add("O/t/2.xhtml", "<html><body><p>Two<a/></p></body></html>")
    zip.add("O/n.xhtml", "<html><body>Contents</body></html>")
    zip.add("O/i/m.png", [1, 2])
    return zip.bytes()
  }
}
