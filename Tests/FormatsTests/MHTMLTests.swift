import Articles
import Documents
import Files
import TestSupport
import Testing

@testable import Formats

/// Pages that browsers save with their pictures in one file.
struct MHTMLTests {
  private struct Case: Decodable {
    let name: String
    let file: String
    let value: Value?

    struct Value: Decodable, Equatable {
      let address: String?
      let html: String
      let images: [Image]
    }

    struct Image: Decodable, Equatable {
      let reference: String
      let length: Int
    }
  }

  @Test func `they are read as the vectors say`() throws {
    let vectors: [Case] = try VectorFile.cases(in: "mhtml")
    #expect(vectors.count >= 20)
    for vector in vectors {
      let page = try? MHTMLFile(Array(vector.file.utf8)).page(assuming: nil)
      let value = page.map { page in
        Case.Value(
          address: page.envelope.address, html: String(decoding: page.text, as: UTF8.self),
          images: page.images.map { Case.Image(reference: $0.reference, length: $0.bytes.count) })
      }
      #expect(value == vector.value, "\(vector.name)")
    }
  }

  /// As Chromium writes it.
  static let saved = """
    From: <Saved by Blink>
    Snapshot-Content-Location: https://news.example.org/a?utm_source=x
    Subject: =?utf-8?Q?T=C3=A9,?= =?utf-8?B?6Iy2?=
     and more
    Date: Fri, 13 Mar 2026 07:00:00 GMT
    MIME-Version: 1.0
    Content-Type: multipart/related;
    \ttype="text/html";
    \tboundary="----MultipartBoundary--x----"


    ------MultipartBoundary--x----
    Content-Type: text/html
    Content-ID: <frame-1@mhtml.blink>
    Content-Transfer-Encoding: quoted-printable
    Content-Location: https://news.example.org/a?utm_source=x

    <html lang=3D"de"><head><link rel=3D"canonical" href=3D"https://news.exam=
    ple.org/a"></head><body><p>Tee</p></body></html>
    ------MultipartBoundary--x------

    """

  private func crlf(_ text: String) -> [UInt8] {
    Array(
      text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
  }

  @Test func `address, title and time are those of the page, else of the file around it`() throws {
    let draft = try importPage(MHTMLTests.saved, at: "x.mhtml")
    #expect(draft.url == "https://news.example.org/a" && draft.site == "news.example.org")
    #expect(draft.title == "Té,茶 and more" && draft.language == "de" && draft.format == .html)
    #expect(draft.state.addedMilliseconds == 1_773_385_200_000)
    #expect(draft.text.hasPrefix("<html lang=\"de\">") && draft.text.hasSuffix("</html>"))
    #expect(draft.source?.bytes == Array(MHTMLTests.saved.utf8))
    let titled = MHTMLTests.saved.split(separator: "<head>").joined(
      separator: "<head><title>T</title>")
    #expect(try importPage(titled, at: "x.mhtml").title == "T")
  }

  @Test func `a page that was saved in two manners is one article`() throws {
    let page = "<!--\n Page saved with SingleFile\n url: https://news.example.org/a\n--><p>Tee</p>"
    let single = try importPage(page, at: "x.html")
    #expect(try importPage(MHTMLTests.saved, at: "x.mhtml").url == single.url)
  }

  @Test func `it is known by its name and by its beginning, in a folder and alone`() throws {
    try withFolder { folder in
      for name in ["f/a.mhtml", "f/b.MHT", "f/c.html", "f/d.md", "e.eml"] {
        try folder.write(name, crlf(MHTMLTests.saved))
      }
      func titles(_ name: String) throws -> [String?] {
        let place = folder.place.pushing(FilePath(name))
        #expect(Format.detected(at: place) == .mirror)
        return Array(try Format.mirror.reader(of: .path(place)).items()).map(\.draft?.title)
      }
      // A page of Markdown is one whatever it says.
      #expect(try titles("f").prefix(3) == ["Té,茶 and more", "Té,茶 and more", "Té,茶 and more"])
      #expect(try importPage(MHTMLTests.saved, at: "d.md").format == .markdown)
      #expect(try titles("e.eml") == ["Té,茶 and more"])
    }
  }

  @Test func `what has its name and is none says so`() {
    for text in ["<p>A page</p>", "Subject: x\n\nText", "Content-Type: text/plain\n\nText"] {
      guard case .archive = skipReason(Array(text.utf8), at: "a.mhtml") else {
        Issue.record("\(text)")
        continue
      }
    }
    #expect(skipReason(Array("Content-Type: text/html\n\n \n".utf8), at: "a.mht") == .empty)
  }
}

/// Files that nobody saved.
struct HostileMHTMLTests {
  private static let head = "Content-Type: multipart/related; boundary=b\n\n"
  private static let page = "--b\nContent-Type: text/html\nContent-Location: https://a.example/\n\n"

  private func opened(_ text: String) throws(SkipReason) -> OpenedPage {
    try MHTMLFile(Array(text.utf8)).page(assuming: nil)
  }

  @Test func `parts behind the limit, and parts in parts in parts, do not count`() throws {
    let parts = String(repeating: "--b\n\n", count: MIMEParts.limit - 1)
    #expect(try opened(Self.head + parts + Self.page + "<p>in</p>").text == Array("<p>in</p>".utf8))
    #expect(throws: SkipReason.self) { try opened(Self.head + parts + "--b\n\n" + Self.page) }
    func nested(_ depth: Int) -> String {
      let inner = (1..<depth).map { level in
        "--\(level)\nContent-Type: multipart/related; boundary=\(level + 1)\n\n"
      }
      return "Content-Type: multipart/related; boundary=1\n\n" + inner.joined()
        + "--\(depth)\nContent-Type: text/html\n\n<p>in</p>"
    }
    #expect(try opened(nested(MIMEParts.depth)).text == Array("<p>in</p>".utf8))
    #expect(throws: SkipReason.self) { try opened(nested(MIMEParts.depth + 1)) }
    #expect(throws: SkipReason.self) { try opened(nested(5_000)) }
  }

  @Test func `a boundary of a whole page, and a head without an end, cost no more than they say`() {
    let long = String(repeating: "-", count: 200_000)
    for text in [
      "Content-Type: multipart/related; boundary=\(long)\n\n" + long + "\n",
      "Content-Type: multipart/related; boundary=-\n\n" + String(repeating: "---\n", count: 50_000),
      "Content-Type: multipart/related;" + String(repeating: "\n ;a=b", count: 50_000),
      "Content-Type: multipart/related; boundary=\"" + String(repeating: "\\", count: 99_999),
    ] {
      #expect(throws: SkipReason.self) { try opened(text) }
    }
  }

  @Test func `a picture that is named again and again makes no page larger than it may be`() throws
  {
    let picture =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 7, count: 990)
    let part =
      "\n--b\nContent-Location: https://a.example/p\nContent-Transfer-Encoding: base64\n\n"
      + String(decoding: Base64.text(of: picture), as: UTF8.self) + "\n--b--"
    func page(_ count: Int) -> String {
      Self.head + Self.page + String(repeating: "<img src=p>", count: count) + part
    }
    #expect(try opened(page(3)).text.count > 3 * picture.count)
    #expect(throws: SkipReason.tooLarge(limit: PageFolder.fileSizeLimit)) {
      try opened(page(60_000))
    }
  }

  @Test func `a page past its limit is refused, and one with so many pictures is not`() throws {
    var reader = PageReader.markdown
    reader.textLimit = 64 << 10
    let picture =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 7, count: 64 << 10)
    let part =
      "\n--b\nContent-Location: https://a.example/p\nContent-Transfer-Encoding: base64\n\n"
      + String(decoding: Base64.text(of: picture), as: UTF8.self) + "\n--b--"
    let file = Array((Self.head + Self.page + "<img src=p>" + part).utf8)
    let draft = try reader.draft(of: file, at: PagePath("a.mhtml")) { _ in nil }
    #expect(draft.images.map(\.bytes) == [picture])
    let words = String(repeating: "word ", count: 16 << 10)
    #expect(
      skipReason(Array((Self.head + Self.page + words).utf8), at: "a.mhtml", as: reader)
        == .tooLarge(limit: reader.textLimit))
  }

  @Test(arguments: [
    ("b", nil, "b"), ("http://a.example", nil, "http://a.example"),
    ("b", "https://a.example", "https://a.example/b"), ("b#c", "x", "b"),
    ("?q", "https://a.example/b/c?d#e", "https://a.example/b/c?q"),
    ("", "https://a.example/b?d#e", "https://a.example/b?d"),
    ("#f", "https://a.example/b", "https://a.example/b"),
    ("../../../g?x/../y", "https://a.example/b/c/d", "https://a.example/g?x/../y"),
    ("./", "https://a.example/b/c", "https://a.example/b/"),
    ("..", "https://a.example/b/c/d", "https://a.example/b/"),
    ("//h/i", "http://a.example/b", "http://h/i"),
    ("/i", "http://a.example?q", "http://a.example/i"),
    ("a:b", "http://a.example", "a:b"), ("1:b", "http://a.example/c/", "http://a.example/c/1:b"),
  ])
  func `addresses are resolved as RFC 3986 says`(reference: String, base: String?, whole: String) {
    #expect(WebReference.resolved(reference, against: base) == whole)
  }

  @Test(arguments: [
    ("=?utf-8?q?a_b?=", "a b"), ("=?UTF-8?B?5LiN?= x", "不 x"), ("=?gb2312?Q?=B2=E8?=", "茶"),
    ("=?utf-8?q?a?= \t=?utf-8*de?q?b?=", "ab"), ("=?nope?q?a?=", "=?nope?q?a?="),
    ("=?utf-8?x?a?= =?", "=?utf-8?x?a?= =?"), ("=?utf-8?b?***?=", "=?utf-8?b?***?="),
    ("a =?utf-8?q?b", "a =?utf-8?q?b"), ("=?utf-8?q?=FF?=", "=?utf-8?q?=FF?="),
  ])
  func `words in a head are decoded where they can be`(text: String, words: String) {
    #expect(EncodedWords.decoded(text) == words)
  }
}
