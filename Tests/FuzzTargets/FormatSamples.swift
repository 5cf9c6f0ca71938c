import Formats
import TestSupport

/// Small files of each kind that is read, written for the purpose.
enum FormatSamples {
  static let exports: [(format: Format, text: String)] = [
    (
      .csv,
      "title,url,time_added,tags,status\nA,https://a.example/1,1400000000,a|b,archive\n\"x\n\"\"y\",https://a.example/2,,,\n"
    ),
    (.csv, "URL;Title;Selection;Folder;Tags\nhttps://a.example;\"T\";;Archive;\"[\"\"a\"\"]\"\n"),
    (
      .instapaper,
      "URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example,T,,Archive,1400000000,\"[\"\"a\"\"]\"\n"
    ),
    (
      .readwise,
      "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\nT,https://a.example,x,\"['a']\",2023-01-15 10:30:00+00:00,0.5,archive,True\n"
    ),
    (
      .raindrop,
      "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,T,n,e,https://a.example,a/b,\"a, b\",2023-01-15T10:30:00Z,,Highlight:x,true\n"
    ),
    (
      .bookmarks,
      "<DL><p><DT><H3>F</H3><DL><p><DT><A HREF=\"https://a.example\" ADD_DATE=\"1500000000\" TAGS=\"a\">A &amp; B</A><DD>x<br>y</DL></DL>"
    ),
    (
      .pocket,
      "<title>Pocket Export</title><h1>Unread</h1><ul><li><a href=\"https://a.example\" time_added=\"1400000000\" tags=\"a,b\">A</a></ul>"
    ),
    (
      .wallabag,
      "[{\"is_archived\":1,\"is_starred\":0,\"tags\":[\"a\",{}],\"url\":\"https://a.example\",\"content\":\"<p>\\u4e2d</p>\",\"created_at\":\"2016-09-08T11:55:58+0200\",\"annotations\":[{\"quote\":\"x\"}]}]"
    ),
    (
      .omnivore,
      "[{\"slug\":\"a\",\"readingProgress\":4.5,\"labels\":[{\"name\":\"x\"}],\"url\":\"https://a.example\",\"savedAt\":\"2023-01-02T03:04:05.678Z\",\"highlights\":[{\"quote\":\"q\",\"annotation\":\"n\"}]}]"
    ),
    (
      .karakeep,
      "{\"bookmarks\":[{\"createdAt\":1700000000,\"title\":null,\"tags\":[\"a\"],\"lists\":[\"b\"],\"content\":{\"type\":\"text\",\"text\":\"# W\"},\"archived\":true}],\"lists\":[{\"id\":\"b\",\"name\":\"P\",\"parentId\":\"a\"}]}"
    ),
    (
      .linkwarden,
      "{\"username\":\"a\",\"collections\":[{\"id\":2,\"name\":\"P\",\"links\":[{\"id\":7,\"content\":{},\"url\":\"https://a.example\",\"tags\":[{\"name\":\"d\"}]}]}],\"pinnedLinks\":[{\"id\":7}]}"
    ),
    (
      .feed,
      "<rss><channel><language>de</language><item><title>T &amp; <![CDATA[x]]></title><link>https://a.example</link><category>a</category><description>&lt;p&gt;</description></item></channel></rss>"
    ),
    (
      .feed,
      "<feed xml:lang='fr'><entry><title type='html'>T</title><link href=\"https://a.example\"/><author><name>A</name></author><content type=\"xhtml\"><div><p>x</p></div></content></entry></feed>"
    ),
  ]

  typealias Archive = (name: String, format: Format, files: [(name: String, text: String)])

  static let archives: [Archive] = [
    (
      "pocket", .pocket,
      [
        (
          "part_000000.csv",
          "title,url,time_added,tags,status\nA,https://a.example/1,14000,a|b,archive\n"
        ),
        ("part_000001.csv", "title,url\n\"x\n\"\"y\",https://a.example/2\n"),
      ]
    ),
    (
      "omnivore", .omnivore,
      [
        (
          "metadata_0_to_1.json",
          "[{\"slug\":\"a\",\"title\":\"A\",\"url\":\"https://a.example\",\"labels\":[\"x\"]},{\"slug\":\"b\"}]"
        ), ("content/a.html", "<p>Hot <b>tea</b></p>"),
        ("highlights/a.md", "> Hot\n\n#x\n\nnote\n"),
      ]
    ),
    ("epub", .epub, book),
  ]

  private static let book = [
    ("mimetype", "application/epub+zip"),
    (
      "META-INF/container.xml",
      "<container><rootfiles><rootfile full-path=\"O/c.opf\"/></rootfiles></container>"
    ),
    (
      "O/c.opf",
      """
      <package><metadata><dc:title>T</dc:title><dc:date>2020-03-13</dc:date></metadata><manifest>
      <item id="a" href="a.xhtml"/><item id="b" href="t/b%20.xhtml"/><item id="n" properties="nav"
      href="n.xhtml"/></manifest><spine toc="n"><itemref idref="a"/><itemref idref="b"/></spine></package>
      """
    ),
    (
      "O/a.xhtml",
      "<html><body><h1>A &amp; B</h1><script/><p>x<br/><img src='i.png'/></p></body></html>"
    ),
    (
      "O/t/b .xhtml",
      "<?xml version='1.0'?><html><body class='c'>茶<img src=\"../i.png\"/></body></html>"
    ),
    (
      "O/n.xhtml",
      "<nav epub:type=\"toc\"><ol><li><a href=\"a.xhtml#x\">A <b>b</b></a></li></ol></nav>"
    ),
    ("O/i.png", "picture"),
  ]
}
