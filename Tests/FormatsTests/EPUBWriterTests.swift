import Articles
import Documents
import Files
import Formats
import Foundation
import FoundationXML
import Replication
import TestSupport
import Testing

/// Books, held to their container, to XML, and to a validator where one is here.
@Suite struct EPUBWriterTests {
  /// A picture of one point.
  static let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
    + [0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89]
    + [0, 0, 0, 10, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0, 1, 0, 0, 5, 0, 1]
    + [0x0D, 0x0A, 0x2D, 0xB4, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]

  static let articles: [ExportedArticle] = [
    exportedArticle("Fish & <Ships>", "# Fish & <Ships>\n\nA ![map](map.png) and ![](none.tiff).") {
      $0.images = [
        ImageDraft(reference: "map.png", bytes: png),
        ImageDraft(reference: "none.tiff", bytes: [1]),
      ]
      $0.url = "https://example.org/a b|c?x=1&y=[2]#e#f"
      $0.language = "en"
      $0.state.note = "line <1>\n\nline 2"
      $0.state.highlights = [exportedHighlight("A", note: "& why")]
    },
    exportedArticle("", "桥\n\n| a | b |\n|---|---|\n| 1 |\n", number: 2) {
      $0.language = "zh-Hans"
    },
    exportedArticle("שלום", "טקסט", number: 3),
    exportedArticle("No text", "", number: 4, hasText: false) { $0.language = "not a tag!" },
    exportedArticle("Shapes", shapes, number: 5) { $0.format = .html },
  ]

  /// What a page may hold that a strict reader does not take as it is.
  private static let shapes = """
    <h1>One</h1><figure><figcaption>a</figcaption><img src="x"><figcaption>b</figcaption></figure>
    <ul><p>loose</p><li>item<ul><li>deep</li></ul></li></ul><ol start="3"><li>three</li></ol><ul></ul>
    <table><tr></tr><tr><th>h</th></tr><tr><td>1</td><td>2</td></tr></table>
    <a href="https://exa mple.org/">space</a> <a href="https://">none</a> <a href="http://[::1">six</a>
    <a href="https://例え.example/道?q=<x>">other letters</a> <a href="javascript:x">script</a>
    <a href="http://user@host:99x/">port</a> <a href="mailto:a@b">mail</a> <a href="#top">here</a>
    <blockquote><pre>code\u{1} &amp;\u{FFFF}</pre></blockquote><p>é\u{85}🙂</p><hr>
    <a href="https://example.org/"><a href="https://example.org/2">nested</a></a>
    """

  /// Articles of pieces of HTML at random.
  private static func soup(seed: UInt64) -> [ExportedArticle] {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "<p>", "</p>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "<th>", "</table>",
      "<figure>", "<figcaption>", "</figure>", "<img src=a alt='\"<'>",
      "<a href='http://a.example/%zz'>", "</a>", "<b>", "</i>", "<pre>", "</pre>", "<blockquote>",
      "</blockquote>", "<h3>", "<hr>", "<br>", "&", "<ol><li value=x>", "x", " ", "\u{FFFE}",
      "\u{0}", "桥", "<dl><dt>", "<dd>", "]]>", "<code>",
    ]
    return (1...40).map { number in
      exportedArticle("Soup \(number)", number: number) {
        $0.format = .html
        let text = (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        $0.body = Array("<article>\(text)</article>".utf8)
      }
    }
  }

  @Test func `the archive begins as EPUB asks`() throws {
    let bytes = try exportedFile(.epub, EPUBWriterTests.articles, leftOut: 1)
    #expect(Array(bytes[0..<4]) == [0x50, 0x4B, 3, 4])
    // Stored, with a name of 8 bytes and no extra field.
    #expect(bytes[8] == 0 && bytes[9] == 0 && Array(bytes[26..<30]) == [8, 0, 0, 0])
    #expect(bytes[30...].starts(with: "mimetypeapplication/epub+zip".utf8))
  }

  @Test func `every page is well-formed, and what the package lists is what there is`() throws {
    let files = try unpacked(EPUBWriterTests.articles, leftOut: 1)
    for (name, bytes) in files where name.hasSuffix("ml") || name.hasSuffix("cx") {
      #expect(throws: Never.self, "\(name)") { try XMLDocument(data: bytes) }
    }
    let package = String(decoding: try #require(files["OEBPS/content.opf"]), as: UTF8.self)
    for name in files.keys where name.hasPrefix("OEBPS/") && !name.hasSuffix(".opf") {
      #expect(package.contains("href=\"\(name.dropFirst(6))\""), "\(name)")
    }
    #expect(package.contains("<dc:title>A &amp; B</dc:title>"))
    let first = String(decoding: try #require(files["OEBPS/c1.xhtml"]), as: UTF8.self)
    #expect(first.contains("<title>Fish &amp; &lt;Ships&gt;</title>"))
    #expect(first.contains("<img src=\"i1.png\" alt=\"map\"/>"))
    #expect(first.components(separatedBy: "Fish &amp; &lt;Ships&gt;").count == 3, "\(first)")
    #expect(files["OEBPS/i1.png"] == Data(EPUBWriterTests.png))
    let untitled = String(decoding: try #require(files["OEBPS/c2.xhtml"]), as: UTF8.self)
    #expect(untitled.contains("<h1>Untitled</h1>") && untitled.contains("xml:lang=\"zh-Hans\""))
    let hebrew = String(decoding: try #require(files["OEBPS/c3.xhtml"]), as: UTF8.self)
    #expect(hebrew.contains(" dir=\"rtl\""))
    let contents = String(decoding: try #require(files["OEBPS/nav.xhtml"]), as: UTF8.self)
    #expect(contents.components(separatedBy: "<li>").count == 6)
  }

  /// A book that has its contents in parts.
  private static let long = (1...101).map { number in
    exportedArticle("Long \(number)", "x", number: UInt64(number)) {
      $0.published = "2020-0\(1 + number / 50)-03"
    }
  }

  @Test func `a long book has its contents in parts, and each chapter once`() throws {
    let files = try unpacked(EPUBWriterTests.long, leftOut: 0)
    let contents = String(decoding: try #require(files["OEBPS/nav.xhtml"]), as: UTF8.self)
    for (first, month) in [(1, "2020-01"), (50, "2020-02"), (100, "2020-03")] {
      let part =
        "<li><a href=\"c\(first).xhtml\">\(month)</a>\n<ol>\n<li><a href=\"c\(first).xhtml\">"
      #expect(contents.contains(part), "\(month)")
    }
    #expect(contents.components(separatedBy: "Long ").count == 102)
    let older = String(decoding: try #require(files["OEBPS/toc.ncx"]), as: UTF8.self)
    #expect(older.contains("<text>2020-03</text></navLabel><content src=\"c100.xhtml\"/>"))
    #expect(older.components(separatedBy: "<text>Long ").count == 102)
  }

  /// All of them in one book, since most of what the validator takes is its own beginning.
  @Test(.enabled(if: Validator.isHere, "epubcheck is not installed"))
  func `a validator finds nothing`() throws {
    let all = EPUBWriterTests.articles + EPUBWriterTests.long + EPUBWriterTests.soup(seed: 7)
    let chapters = all.enumerated().map { number, article in
      ExportedArticle(
        ArticleID(key: Identifier(high: 0, low: UInt64(number))), article.draft,
        hasText: article.hasText)
    }
    try withFolder { folder in
      try folder.write("a.epub", exportedFile(.epub, chapters, leftOut: 1))
      let (status, output) = try run(Validator.command + ["\(folder.path)/a.epub"])
      #expect(status == 0 && output.contains("0 errors / 0 warnings"), "\(output)")
    }
  }
}

extension EPUBWriterTests {
  /// The program, which is a Java archive with or without a script around it.
  private enum Validator {
    static let path = "/usr/bin/epubcheck"
    static let isHere =
      FileManager.default.fileExists(atPath: path)
      && FileManager.default.isExecutableFile(atPath: "/usr/bin/java")
    static let command: [String] = {
      let head = FileHandle(forReadingAtPath: path)?.readData(ofLength: 2) ?? Data()
      return head == Data("PK".utf8) ? ["/usr/bin/java", "-jar", path] : [path]
    }()
  }

  private func run(_ command: [String]) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// The files of a book by their names, as another program unpacks them.
  private func unpacked(
    _ articles: [ExportedArticle], leftOut: Int
  ) throws -> [String: Data] {
    try withFolder { folder in
      try folder.write("a.epub", exportedFile(.epub, articles, leftOut: leftOut))
      let code = """
        import sys, zipfile
        book = zipfile.ZipFile(sys.argv[1])
        assert book.testzip() is None
        book.extractall(sys.argv[2])
        print("\\n".join(book.namelist()))
        """
      let (status, output) = try run(
        ["/usr/bin/env", "python3", "-c", code, "\(folder.path)/a.epub", "\(folder.path)/book"])
      try #require(status == 0, "\(output)")
      var files: [String: Data] = [:]
      for name in output.split(separator: "\n").map(String.init) {
        files[name] = FileManager.default.contents(atPath: "\(folder.path)/book/\(name)")
      }
      return files
    }
  }
}
