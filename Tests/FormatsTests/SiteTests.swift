import Articles
import Documents
import Files
import Formats
import Foundation
import Testing

/// Sites that are read from a stick: their pages, their index of words, and that nothing leads out.
@Suite struct SiteTests {
  private static let hostile = """
    # A & B

    <script src="https://evil.example/x.js"></script><img src="https://evil.example/pixel.gif">
    <iframe src="https://evil.example/"></iframe><a href="javascript:alert(1)">x</a>
    <style>@import url(https://evil.example/)</style><link rel=stylesheet href=//evil.example/>
    <video src="https://evil.example/v" poster="//evil.example/p"></video>
    <svg onload="x()"><a xlink:href="https://evil.example/">y</a></svg> [out](https://example.org/out)
    ![map](map.png) <form action="https://evil.example/"><input></form> <base href="//evil.example/">
    """

  private static let articles: [ExportedArticle] = [
    exportedArticle("A & B", hostile) {
      $0.url = "https://example.org/\"><script>"
      $0.site = "example.org"
      $0.author = "<b>O</b>"
      $0.published = "2020-03-13"
      $0.tags = ["a/b", "../up", "<i>"]
      $0.images = [ImageDraft(reference: "map.png", bytes: EPUBWriterTests.png)]
      $0.state.note = "<script>n</script>"
      $0.state.highlights = [exportedHighlight("<q>", note: "</blockquote>")]
    },
    exportedArticle("春天的桥", "桥上的人们看着河水。", number: 2) {
      $0.language = "zh-Hans"
      $0.site = "example.org"
      $0.published = "</script>"
      $0.state.addedMilliseconds = 1_780_000_000_000
    },
    exportedArticle("", "", number: 3, hasText: false) { $0.tags = [" "] },
  ]

  @Test func `no page fetches anything, and only links of texts lead out`() throws {
    try withSite(SiteTests.articles) { folder, pages in
      #expect(pages.count > 10)
      for (name, page) in pages {
        var policies = 0
        for token in HTMLTokenizer(Array(page.utf8)[...]) {
          guard case .startTag(let tag) = token else { continue }
          func value(_ attribute: StaticString) -> String? {
            tag.rawValue(of: attribute).map { String(decoding: $0, as: UTF8.self) }
          }
          if value("http-equiv") == "Content-Security-Policy" {
            policies += 1
            #expect(value("content")?.hasPrefix("default-src 'none'; ") == true)
          }
          let allowed: Set = [
            "html", "head", "meta", "title", "link", "script", "body", "nav", "main", "article",
            "section", "a", "h1", "h2", "p", "ul", "li", "span", "div", "form", "input",
            "blockquote",
            "img", "em", "strong", "br", "code", "pre",
          ]
          #expect(allowed.contains("\(tag.name)"), "\(name): \(tag.name)")
          for attribute: StaticString in [
            "src", "href", "action", "poster", "data", "srcset", "xlink:href",
          ] {
            guard let link = value(attribute) else { continue }
            if link.contains(":") || link.hasPrefix("/") {
              #expect("\(tag.name)" == "a" && link.hasPrefix("https://"), "\(link)")
            } else {
              let place = FilePath(name).removingLastComponent()
                .pushing(FilePath(link)).lexicallyNormalized()
              #expect(folder.place.pushing(place).exists, "\(name) leads to \(link)")
            }
          }
          if tag.name == "script" { #expect(value("src") == "search.js" && name == "index.html") }
          #expect(value("onload") == nil && value("style") == nil)
        }
        #expect(policies == 1, "\(name)")
      }
      for asset in ["style.css", "search.js"] {
        let text = try String(contentsOfFile: "\(folder.path)/\(asset)", encoding: .utf8)
        #expect(!text.contains("url(") && !text.contains("//") || asset == "search.js")
        #expect(!text.contains("http") && !text.contains("fetch(") && !text.contains("import"))
      }
    }
  }

  @Test func `lists lead to each article by day, site and tag`() throws {
    try withSite(SiteTests.articles) { _, pages in
      let days = pages.keys.filter { $0.hasPrefix("days/") }.sorted()
      #expect(days == ["days/1970-01.html", "days/2020-03.html", "days/2026-05.html"])
      #expect(pages.keys.filter { $0.hasPrefix("sites/") }.count == 1)
      #expect(pages.keys.filter { $0.hasPrefix("tags/") }.count == 3)
      let index = try #require(pages["index.html"])
      for article in SiteTests.articles { #expect(index.contains("articles/\(article.id).html")) }
      let site = try #require(pages.first { $0.key.hasPrefix("sites/") }?.value)
      #expect(site.contains("春天的桥") && site.contains("A &amp; B"))
    }
  }

  @Test func `exporting again touches nothing, and a new article changes what lists it`() throws {
    try withFolder { folder in
      _ = try export(SiteTests.articles, to: folder)
      let again = try export(SiteTests.articles, to: folder)
      #expect(again.tally.files == 0 && again.tally.removed == 0 && again.tally.unchanged > 30)
      let fewer = try export(Array(SiteTests.articles.prefix(1)), to: folder)
      // Two pages, two months and the three tags that are left.
      #expect(fewer.tally.removed == 4)
    }
  }

  @Test(
    arguments: [
      ("alpha", ["alpha"]), ("Alpha beta", ["alpha", "beta"]), ("a-b_c", ["a", "b", "c"]),
      ("桥", []), ("大桥", ["大桥"]), ("长大桥", ["长大", "大桥"]), ("大 桥", []), ("x大桥y", ["x", "大桥", "y"]),
      ("ÉCOLE", ["école"]), ("", []), ("123", ["123"]), ("🙂", []),
    ] as [(String, [String])])
  func `words of a text are found under their numbers`(text: String, words: [String]) throws {
    let article = exportedArticle("T", text + " ") { $0.format = .text }
    try withFolder { folder in
      _ = try export([article], to: folder)
      var found: Set<String> = []
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/search")
      where name.hasPrefix("words-") {
        let script = try String(contentsOfFile: "\(folder.path)/search/\(name)", encoding: .utf8)
        for line in script.split(separator: "\n") where line.contains("\":\"0\"") {
          let key = line.dropFirst().prefix(8)
          #expect(name == "words-\(key.prefix(1)).js")
          found.insert(String(key))
        }
      }
      #expect(found == Set(words.map(hash)))
    }
  }

  /// A program that is nothing like ours does what the page's script does.
  @Test(.enabled(if: Node.path != nil, "node is not installed"))
  func `the page's script finds titles and words`() throws {
    try withSite(SiteTests.articles) { folder, _ in
      let questions = ["春天", "河水", "alert", "b", "nothing"]
      let found = try #require(Node.search(folder.path, for: questions))
      #expect(found == "1|1||0|")
    }
  }
}

extension SiteTests {
  /// FNV-1a over units of UTF-16, once more.
  private func hash(_ word: String) -> String {
    let value = word.utf16.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return String(format: "%08x", value)
  }

  private func export(
    _ articles: [ExportedArticle], to folder: TemporaryFolder
  ) throws -> any FormatWriter {
    var writer = try Format.site.writer(at: folder.place)
    for article in articles { try writer.write(article) }
    try writer.finish()
    return writer
  }

  private func withSite(
    _ articles: [ExportedArticle],
    _ body: (TemporaryFolder, _ pages: [String: String]) throws -> Void
  ) throws {
    try withFolder { folder in
      #expect(try export(articles, to: folder).leftOut == [])
      var pages: [String: String] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      where name.hasSuffix(".html") {
        pages[name] = try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
      }
      try body(folder, pages)
    }
  }

  /// Runs the script with what a page offers it.
  private enum Node {
    static let path = ["/usr/bin/node", "/usr/local/bin/node"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }

    static func search(_ folder: String, for questions: [String]) -> String? {
      let code = """
        const fs = require("fs"), vm = require("vm"), path = require("path");
        const context = { Map, Set, Promise, Math, String, Number, decodeURIComponent,
          location: { hash: "" } };
        vm.createContext(context);
        const none = { addEventListener() {}, replaceChildren() {}, value: "" };
        context.document = { getElementById: () => none, createElement: () => ({}),
          head: { append(script) {
            vm.runInContext(fs.readFileSync(path.join(process.argv[1], script.src), "utf8"), context);
            script.onload(); } } };
        vm.runInContext(fs.readFileSync(path.join(process.argv[1], "search.js"), "utf8"), context);
        (async () => {
          const all = [];
          for (const question of process.argv.slice(2)) {
            all.push((await context.search(question)).join(","));
          }
          console.log(all.join("|"));
        })();
        """
      let process = Process()
      process.executableURL = path.map { URL(fileURLWithPath: $0) }
      process.arguments = ["-e", code, folder] + questions
      let pipe = Pipe()
      process.standardOutput = pipe
      guard (try? process.run()) != nil else { return nil }
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
  }
}
