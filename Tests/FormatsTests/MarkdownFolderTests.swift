import Articles
import Files
import Formats
import Foundation
import Replication
import TestSupport
import Testing

/// Articles written as a folder of Markdown pages, and read again.
@Suite struct MarkdownFolderTests {
  @Test func `an article comes back with all that was said of it`() throws {
    var draft = ArticleDraft(
      title: "A: \"walk\" # north", format: .markdown, body: bytes("# Walk\n"))
    draft.url = "https://www.example.org/walk?a=1#!x"
    draft.site = "example.org"
    draft.author = "O'Neil, [Jr.]"
    draft.editor = "李大山"
    draft.published = "2020-03-13T09:30:00Z"
    draft.language = "zh-Hans"
    draft.summary = "Two days\nnot three"
    draft.tags = ["hills", "rain, mist", "# no", "- x"]
    draft.state.isRead = true
    draft.state.isStarred = true
    draft.state.isArchived = true
    draft.state.progressPercent = 40
    draft.state.rating = 3
    draft.state.note = "One: \\n\n\n---\n\ttwo \u{7}\u{2028}\"three\""
    draft.state.addedMilliseconds = 1_780_000_000_123
    #expect(try throughFolder([draft]) == [draft])
  }

  @Test func `what says nothing takes no line`() throws {
    let draft = ArticleDraft(title: "T", format: .markdown, body: bytes("x"))
    try withFolder { folder in
      _ = try write([draft], to: folder)
      let pages = try visibleNames(in: folder.path)
      let page = try #require(pages.first)
      let text = try String(contentsOfFile: "\(folder.path)/\(page)", encoding: .utf8)
      #expect(text == "---\ntitle: \"T\"\nsatchel: 1\n---\nx")
    }
  }

  @Test(arguments: [
    "no line feed", "two\r\nlines\r\n", "---\ntitle: Other\ntags: [a]\n---\n\nText\n",
    "\n\n# Low\n\n", "\u{FEFF}# Marked", "---\n", "satchel: 1\n---\n", "+++\na = 1\n+++\n",
  ])
  func `a text comes back byte for byte`(text: String) throws {
    for format in BodyFormat.allCases {
      let draft = ArticleDraft(title: "T", format: format, body: bytes(text))
      #expect(try throughFolder([draft]) == [draft])
    }
  }

  @Test(arguments: 1...20)
  func `whatever texts hold comes back`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let drafts = (0..<20).map { number in
      var draft = ArticleDraft(
        title: "\(number)" + text(using: &random), format: .markdown,
        body: bytes("x" + text(using: &random)))
      draft.author = "a" + text(using: &random)
      draft.state.note = "n" + text(using: &random)
      draft.tags = ["t" + text(using: &random), "u" + text(using: &random)]
      return draft
    }
    #expect(try sorted(throughFolder(drafts)) == sorted(drafts))
  }

  @Test func `images lie where the text's references lead, each article's apart`() throws {
    var first = ArticleDraft(
      title: "One", format: .markdown, body: bytes("![](img/a%20b.png) ![](../../up.jpg)"))
    first.images = [
      ImageDraft(reference: "img/a%20b.png", bytes: [1]),
      ImageDraft(reference: "../../up.jpg", bytes: [2]),
    ]
    var second = ArticleDraft(
      title: "Two", format: .html, body: bytes("<img src='img/a%20b.png'>"))
    second.images = [ImageDraft(reference: "img/a%20b.png", bytes: [3])]
    #expect(try sorted(throughFolder([first, second])) == [first, second])
  }

  @Test func `an image without a place is told, and nothing is written outside`() throws {
    let references = [
      String(repeating: "../", count: 12) + "out.png", "/etc/out.png", "https://example.org/a.png",
      "program.sh", "A.png", "a.PNG", "ok.png/x.png", "ok.png",
    ]
    var draft = ArticleDraft(title: "One", format: .markdown, body: bytes("x"))
    draft.images = references.enumerated().map {
      ImageDraft(reference: $1, bytes: [UInt8($0)])
    }
    try withFolder { folder in
      let leftOut = try write([draft], to: folder, in: "deep/down").leftOut
      #expect(leftOut.count == 6)
      #expect(leftOut.allSatisfy { $0.article == "One" })
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        .filter { !$0.hasSuffix("/.satchel-export") && !FilePath("\(folder.path)/\($0)").isFolder }
      #expect(files.allSatisfy { $0.hasPrefix("deep/down/One ") }, "\(files)")
      #expect(files.count == 3, "\(files)")
    }
  }

  @Test(arguments: [
    ("a/b\\c:d*e?f\"g<h>i|j#k^l[m]n", "a b c d e f g h i j k l m n"), ("...hidden", "hidden"),
    ("  two \n\t spaces ", "two spaces"), ("", ""), (". .", ""), ("\u{202E}gpj", "gpj"),
    (String(repeating: "长", count: 200), String(repeating: "长", count: 32)),
  ])
  func `names are legal on every medium`(title: String, name: String) throws {
    let draft = ArticleDraft(title: title, format: .markdown, body: bytes("x"))
    try withFolder { folder in
      _ = try write([draft], to: folder)
      let pages = try visibleNames(in: folder.path)
      let id = id(0).description.prefix(10)
      #expect(pages == [name.isEmpty ? "\(id).md" : "\(name) \(id).md"])
    }
  }

  @Test func `pictures that a text names by an address lie beside it, and come back`() throws {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let web = ["https://a.example/map of it.png?x=1&y", "HTTP://b.example/\"quoted\".png"]
    for near in [[], ["pictures/1.png"], ["../up.png", "images/a.png"]] {
      var draft = ArticleDraft(title: "Map", format: .markdown, body: bytes("text"))
      draft.body = bytes((near + web).map { "![x](<\($0)>)" }.joined(separator: " "))
      draft.images = near.map { ImageDraft(reference: $0, bytes: bytes("near \($0)")) }
      draft.images += web.map { ImageDraft(reference: $0, bytes: png + bytes($0)) }
      let read = try throughFolder([draft])
      #expect(read.map(\.body) == [draft.body], "\(near)")
      #expect(
        read.map { Set($0.images.map(\.reference)) } == [Set(draft.images.map(\.reference))])
      for image in draft.images {
        #expect(read.first?.images.first { $0.reference == image.reference } == image)
      }
    }
  }

  @Test(arguments: [
    "/etc/passwd https://a.example/", "../../up.png https://a.example/",
    "pictures/1.png images/other.png", "pictures/1.png", "pictures/none.png https://a.example/",
  ])
  func `a picture is taken from beside the page, and for an address alone`(said: String) throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/page/pictures", withIntermediateDirectories: true)
      try Data(bytes("x")).write(to: URL(fileURLWithPath: "\(folder.path)/page/pictures/1.png"))
      try Data(bytes("x")).write(to: URL(fileURLWithPath: "\(folder.path)/up.png"))
      let page = "---\ntitle: T\npictures:\n  - \"\(said)\"\nsatchel: 1\n---\nText\n"
      try Data(bytes(page)).write(to: URL(fileURLWithPath: "\(folder.path)/page/page.md"))
      let items = Array(
        try Format.markdown.reader(of: .path(folder.place.appending("page"))).items())
      #expect(items.count == 1)
      for item in items {
        guard case .article(let draft) = item.outcome else { throw CocoaError(.fileReadUnknown) }
        #expect(draft.images.isEmpty)
      }
    }
  }

  @Test func `two articles whose ids begin alike are two pages`() throws {
    let drafts = ["One", "One"].map {
      ArticleDraft(title: $0, format: .markdown, body: bytes("x"))
    }
    try withFolder { folder in
      var writer = try Format.markdown.writer(at: folder.place)
      for (number, draft) in drafts.enumerated() {
        let id = ArticleID(key: Identifier(high: 5, low: UInt64(number)))
        try writer.write(ExportedArticle(id, draft))
      }
      try writer.finish()
      #expect(try visibleNames(in: folder.path).count == 2)
    }
  }

  @Test func `writing again leaves alone what has not changed`() throws {
    var drafts = ["One", "Two"].map {
      ArticleDraft(title: $0, format: .markdown, body: bytes("x"))
    }
    try withFolder { folder in
      _ = try write(drafts, to: folder)
      let before = try numbers(in: folder)
      drafts[1].state.isRead = true
      _ = try write(drafts, to: folder)
      let after = try numbers(in: folder)
      #expect(before.count == 2 && after.count == 2)
      #expect(before.filter { after[$0.key] == $0.value }.count == 1)
    }
  }

  @Test func `a stream of articles is written to its end, or as far as it comes`() async throws {
    let drafts = ["One", "Two"].map {
      ArticleDraft(title: $0, format: .markdown, body: bytes("x"))
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    var writer = try Format.markdown.writer(at: FilePath(folder.path))
    let articles = exported(drafts)
    try await writer.write(
      all: AsyncStream { stream in
        for article in articles { stream.yield(article) }
        stream.finish()
      })
    #expect(try visibleNames(in: folder.path).count == 2)
  }

  @Test func `a page that its reader edited is read as edited`() throws {
    let page = """
      ---
      title: A plain title
      tags: [one, 'two']
      read: true
      starred: no
      progress: many
      created: 2026-01-02
      published: 2020/3/13
      satchel: 1
      ---
      Text
      """
    let draft = try importPage(page)
    #expect(draft.title == "A plain title")
    #expect(draft.tags == ["one", "two"])
    #expect(draft.text == "Text")
    #expect(draft.published == "2020-03-13")
    var state = DraftState()
    state.isRead = true
    state.addedMilliseconds = 1_767_312_000_000
    #expect(draft.state == state)
  }

  @Test(arguments: ["satchel: 2", "satchel:", "note: satchel: 1"])
  func `another page's front matter is a part of its text`(property: String) throws {
    let page = "---\ntitle: T\n\(property)\nread: true\n---\nText"
    let draft = try importPage(page)
    #expect(draft.text == page)
    #expect(draft.state == DraftState())
  }

  @Test func `a page without text is passed over`() {
    #expect(skipReason(Array("---\ntitle: T\nsatchel: 1\n---\n \n".utf8)) == .empty)
  }
}

extension MarkdownFolderTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func id(_ number: Int) -> ArticleID {
    ArticleID(key: Identifier(high: UInt64(number) << 32, low: 1))
  }

  private func exported(_ drafts: [ArticleDraft]) -> [ExportedArticle] {
    drafts.enumerated().map { ExportedArticle(id($0), $1) }
  }

  private func write(
    _ drafts: [ArticleDraft], to folder: TemporaryFolder, in name: String = ""
  ) throws -> any FormatWriter {
    var writer = try Format.markdown.writer(at: folder.place.pushing(FilePath(name)))
    for article in exported(drafts) { try writer.write(article) }
    try writer.finish()
    return writer
  }

  /// What is read of a folder to which the drafts were written.
  private func throughFolder(_ drafts: [ArticleDraft]) throws -> [ArticleDraft] {
    try withFolder { folder in
      #expect(try write(drafts, to: folder).leftOut == [])
      return try Format.markdown.reader(of: .path(folder.place)).items().map { item in
        guard case .article(var draft) = item.outcome else { throw CocoaError(.fileReadUnknown) }
        // Where images lie is the folder's own.
        draft.imagePlaces = []
        return draft
      }
    }
  }

  private func sorted(_ drafts: [ArticleDraft]) -> [ArticleDraft] {
    drafts.sorted { $0.title.utf8.lexicographicallyPrecedes($1.title.utf8) }
  }

  /// The number by which the system knows each file: another one where it was replaced.
  private func numbers(in folder: TemporaryFolder) throws -> [String: Int] {
    var numbers: [String: Int] = [:]
    for name in try visibleNames(in: folder.path) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
      numbers[name] = (attributes[.systemFileNumber] as? NSNumber)?.intValue
    }
    return numbers
  }

  /// Any characters that a library's text can hold, the awkward ones above all.
  private func text(using random: inout SeededGenerator) -> String {
    let awkward = "\"\\'#:-[]{},&*!|>%@`\n\r\t \u{85}\u{2028}\u{FEFF}\u{7F}\u{1}桥é🙂~".map { $0 }
    let length = Int.random(in: 0...12, using: &random)
    return String((0..<length).map { _ in awkward.randomElement(using: &random) ?? "x" })
  }
}
