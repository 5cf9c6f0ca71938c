import Files
import Foundation
import TestSupport
import Testing

@testable import Formats

/// Damaged archives, books and saved pages are read or skipped, never a trap.
struct FileMutationTests {
  typealias Fixture = (name: String, format: Format, files: [(name: String, text: String)])

  private static let fixtures: [Fixture] = [
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
    ("book", .epub, book), ("book by chapters", .epub, book),
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

  private static let mutation = Mutation(fragments: [
    "\"", ",", "\n", "{", "}", "[", "]", "<", ">", "</", "/>", "<!--", "<![CDATA[", "&#x", "../",
    "%",
    "%00", "<body", "</body", "<nav", "<h1>", "</h1>", "<content src='", "full-path=",
    "PK\u{1}\u{2}",
  ])

  /// Reading takes a file, and here none takes room on a disk.
  private static func withFile(_ body: (String) throws -> Void) throws {
    let shared = "/dev/shm"
    let folder =
      FileManager.default.isWritableFile(atPath: shared)
      ? URL(filePath: shared) : FileManager.default.temporaryDirectory
    let file = folder.appending(path: UUID().uuidString + ".zip")
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }

  @Test(arguments: Mutation.seeds)
  func `damaged archives never trap, nor do whole ones of damaged files`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try Self.withFile { file in
      for fixture in Self.fixtures {
        let honest = Self.archive(fixture.files)
        for _ in 0..<Mutation.perSeed {
          var bytes = honest
          if Bool.random(using: &generator) {
            Self.mutation.damage(&bytes, using: &generator)
          } else {
            var files = fixture.files
            let place = Int.random(in: 0..<files.count, using: &generator)
            var damaged = Array(files[place].text.utf8)
            Self.mutation.damage(&damaged, using: &generator)
            files[place].text = String(decoding: damaged, as: UTF8.self)
            bytes = Self.archive(files)
          }
          try Data(bytes).write(to: URL(filePath: file))
          var input = FormatInput.path(FilePath(file))
          input.isByChapter = fixture.name == "book by chapters"
          guard let reader = try? fixture.format.reader(of: input) else { continue }
          for item in reader.items() { #expect(!item.place.isEmpty) }
        }
      }
    }
  }

  private static func archive(_ files: [(name: String, text: String)]) -> [UInt8] {
    var zip = ZipFixture()
    for file in files { zip.add(file.name, file.text) }
    return zip.bytes()
  }

  @Test(arguments: Mutation.seeds)
  func `damaged MHTML never traps`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let mutation = Mutation(fragments: [
      "\n", "\r\n\r\n", "--x", "--x--", "=", "=C3", "=\n", ": ", ";", "\"", "boundary=",
      "charset=gbk",
      "Content-Type: multipart/related; boundary=x\n\n", "Content-Transfer-Encoding: base64\n",
      "cid:",
      "=?utf-8?q?", "=?utf-8?b?", "?=", "<img src=", "../", "//", "#", "?", ">", "<",
    ])
    for _ in 0..<Mutation.perSeed {
      var bytes = Array(Self.saved.utf8)
      mutation.damage(&bytes, using: &generator)
      for path in ["a.mhtml", "a.html", "a"] {
        if skipReason(bytes, at: path) == nil { #expect(!bytes.isEmpty) }
      }
    }
  }

  private static let saved: String = {
    let picture =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 7, count: 20)
    let digits = String(decoding: Base64.text(of: picture), as: UTF8.self)
    return """
      Snapshot-Content-Location: https://news.example.org/a
      Subject: =?utf-8?Q?T=C3=A9?= =?utf-8?B?6Iy2?=
      Content-Type: multipart/related;
       start="<m@x>"; boundary="x"

      --x
      Content-Type: multipart/alternative; boundary=y

      --y
      Content-Type: text/html; charset=utf-8
      Content-ID: <m@x>
      Content-Transfer-Encoding: quoted-printable
      Content-Location: https://news.example.org/a

      <title>T=C3=A9</title><img src=3D"cid:p@x"><img src=3D"../p.png?x=3D1#=
      y">
      --y--
      --x
      Content-Type: image/png
      Content-ID: <p@x>
      Content-Location: /p.png?x=1
      Content-Transfer-Encoding: base64

      \(digits)
      --x--
      """
  }()
}
