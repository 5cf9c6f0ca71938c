import Formats
import TestSupport

// Records in lists of an object, chapters, and saved pages.

extension MappingRowTests {
  static let karakeep = [
    MappingExample(
      .karakeep,
      """
      {"bookmarks":[{"id":"b1","createdAt":1500000000,"title":"Tea","tags":["a b"],"note":"mm",
        "lists":["l1"],"archived":true,"content":{"type":"link","url":"https://example.org/1"}}],
       "lists":[{"id":"l1","name":"Drinks"}]}
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "note": "mm", "added": "1500000000000",
        "time of the record": "1500000000000", "archived": "true", "tag/ + name": "a b; Drinks",
      ]),
    MappingExample(
      .karakeep,
      """
      {"bookmarks":[{"id":"b2","createdAt":1500000000,"title":null,"tags":[],
        "content":{"type":"text","text":"# Hot\\n\\nwater"}}]}
      """,
      ["title": "Hot", "body": "markdown: # Hot\n\nwater"]),
  ]

  static let linkwarden = [
    MappingExample(
      .linkwarden,
      """
      {"username":"ann","collections":[{"id":1,"name":"Drinks","links":[{"id":7,"name":"Tea",
        "description":"mm","url":"https://example.org/1","textContent":"Hot",
        "importDate":"2017-07-14T02:40:00.000Z","createdAt":"2020-01-01T00:00:00.000Z",
        "updatedAt":"2017-07-14T02:40:09.000Z","tags":[{"name":"a b"}]}]}],
       "pinnedLinks":[{"id":7}]}
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "body": "text: Hot", "note": "mm",
        "tag/ + name": "a b; Drinks", "added": "1500000000000",
        "time of the record": "1500000009000", "starred": "true",
      ]),
    MappingExample(
      .linkwarden,
      """
      {"username":"ann","collections":[{"id":1,"name":"Unorganized","links":[{"id":8,"name":"Tea",
        "url":"https://example.org/2","createdAt":"2017-07-14T02:40:00.000Z"}]}]}
      """,
      ["added": "1500000000000", "time of the record": "1500000000000"]),
  ]

  static let chapter: [MappingExample] = {
    var example = MappingExample(
      .epub, bytes: chapterArchive,
      [
        "title": "First", "site": "Tea", "images": "m.png",
        "body": "html: <h1>One</h1><img src='m.png'/>",
      ])
    example.isByChapter = true
    return [example]
  }()

  private static var chapterArchive: [UInt8] {
    var zip = ZipFixture()
    zip.add("mimetype", "application/epub+zip")
    zip.add(
      "META-INF/container.xml",
      "<container><rootfiles><rootfile full-path=\"c.opf\"/></rootfiles></container>")
    zip.add(
      "c.opf",
      """
      <package><metadata><dc:title>Tea</dc:title><dc:description>About</dc:description>
      <dc:source>https://example.org/1</dc:source></metadata><manifest>
      <item id="a" href="1.xhtml"/><item id="n" properties="nav" href="n.xhtml"/></manifest>
      <spine><itemref idref="a"/></spine></package>
      """)
    zip.add("n.xhtml", "<nav epub:type='toc'><ol><li><a href='1.xhtml'>First</a></li></ol></nav>")
    zip.add("1.xhtml", "<html><body><h1>One</h1><img src='m.png'/></body></html>")
    zip.add("m.png", [1, 2])
    return zip.bytes()
  }

  static let mhtml = [
    MappingExample(
      .markdown,
      """
      From: saved
      Snapshot-Content-Location: https://example.org/1
      Subject: Tea
      Date: Fri, 14 Jul 2017 02:40:00 -0000
      Content-Type: multipart/related; boundary="b"

      --b
      Content-Type: text/css

      p {}
      --b
      Content-Type: text/html

      <p>Hot</p>
      --b--
      """,
      [
        "url": "https://example.org/1", "title": "Tea", "body": "html: <p>Hot</p>",
        "added": "1500000000000",
      ]),
    MappingExample(
      .markdown,
      """
      Content-Type: multipart/related; boundary="b"; start="<two>"

      --b
      Content-Type: text/html
      Content-ID: <one>

      <p>No</p>
      --b
      Content-Type: text/html
      Content-ID: <two>
      Content-Location: https://example.org/2

      <p>Yes</p>
      --b--
      """,
      ["url": "https://example.org/2", "title": "saved", "body": "html: <p>Yes</p>"]),
  ]
}
