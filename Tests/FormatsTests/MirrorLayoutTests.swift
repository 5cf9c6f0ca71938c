import Articles
import Files
import Formats
import Testing

/// Which pages a mirror laid out, told from the page alone.
@Suite struct MirrorLayoutTests {
  private let dashes = "------------------------"

  @Test(arguments: [
    "原文地址（需翻墙访问）：https://example.org/a", "原文地址:http://example.org/a", "原文链接：https://example.org/a",
    "<br/>原文链接：https://example.org/a", "<br><BR /> 原文鏈接：https://example.org/a",
    "  原文網址 https://example.org/a", "原文网址：<a href='https://example.org/a'>原文</a>",
    "原文連結：[https://example.org/a](https://example.org/a)", "原文连结：(https://example.org/a)",
    "末段。<br/>原文位址：https://example.org/a", "a<b>b<brand><br>原文链接：https://example.org/a<br>",
  ])
  func `a page with the original's line is a mirror's`(line: String) throws {
    let draft = try read("### 港口\n\(dashes)\n\n<p>船停在岸边。</p>\n\(line)\n\n\(dashes)\n#### [首页](x)")
    #expect(draft.title == "港口")
    #expect(draft.url?.hasSuffix("://example.org/a") == true)
    #expect(draft.text.hasPrefix("<p>船停在岸边。</p>"))
    #expect(!draft.text.contains("原文") && !draft.text.contains("首页"))
  }

  @Test(arguments: [
    "他说，原文地址：https://example.org/a", "原文：https://example.org/a", "原文链接见下。",
    "<b>原文链接：https://example.org/a</b>", "<brand>原文链接：https://example.org/a",
    "> 原文链接：https://example.org/a", "原文链接：ftp://example.org/a",
    "原文地址\(String(repeating: "，", count: 60))https://example.org/a",
  ])
  func `a page that only speaks of an original is not`(line: String) throws {
    let text = "### 港口\n\(dashes)\n\n<p>船停在岸边。</p>\n\(line)\n"
    #expect(try read(text) == importPage(text, as: .markdown))
  }

  @Test(arguments: [
    ("# 港口", "---"), ("#### 港口", "---"), ("###港口", "---"), ("### 港口", ""), ("### 港口", "--"),
    ("### 港口", "- - -"), ("港口", "---"), ("", "### 港口"),
  ])
  func `nor is one that begins in another way`(first: String, second: String) throws {
    let text = "\(first)\n\(second)\n\n<p>船停在岸边。</p>\n原文链接：https://example.org/a\n"
    #expect(try read(text) == importPage(text, as: .markdown))
  }

  @Test func `line endings and a byte order mark change nothing`() throws {
    let text = "### 港口  \n\(dashes)  \n\n<p>船</p>\n<p>完</p>\n\n原文链接：https://example.org/a\n"
    let draft = try read(text)
    let windows = try read("\u{FEFF}" + text.replacing("\n", with: "\r\n"))
    #expect(windows.url == draft.url)
    #expect(windows.title == draft.title)
    #expect(windows.text == draft.text)
  }

  @Test func `a mixed folder is read page by page, with the format named or not`() throws {
    try withFolder { folder in
      try folder.write("a/mirrored.md", Array(MirrorFixture().text.utf8))
      try folder.write("a/note.md", Array("### A note of mine\n\nThree words.".utf8))
      try folder.write("a/matter.md", Array("---\ntitle: T\n---\nText.".utf8))
      try folder.write("a/page.html", Array("<title>P</title><p>Text.".utf8))
      try folder.write("a/plain.txt", Array("First line\nText.".utf8))
      try folder.write("list.md", Array("#### [a](a/mirrored.md) \n\n#### [b](a/b.md)".utf8))
      let detected = try Format.detected(at: folder.place).reader(of: .path(folder.place))
      let found = Array(detected.items())
      #expect(found == Array(try Format.mirror.reader(of: .path(folder.place)).items()))
      #expect(found.map(title) == ["T", "一座桥的故事", "A note of mine", "P", "First line", nil])
      #expect(found.last?.outcome == .passedOver(.noArticle))
      let plain = Array(try Format.markdown.reader(of: .path(folder.place)).items())
      let same = zip(found, plain).map { $0 == $1 }
      #expect(same == [true, false, true, true, true, false])
    }
  }

  private func read(_ text: String) throws -> ArticleDraft { try importPage(text, as: .mirror) }

  private func title(_ item: FormatItem) -> String? {
    guard case .article(let draft) = item.outcome else { return nil }
    return draft.title
  }
}

/// The pages that come with the program are a mirror's.
@Suite struct SampleLibraryTests {
  @Test func `every page of the sample library is read as a mirror's without being named`() throws {
    let repository = (0..<3).reduce(FilePath(#filePath)) { path, _ in
      path.removingLastComponent()
    }
    let folder = repository.pushing("Examples/sample-library")
    let items = Array(try Format.detected(at: folder).reader(of: .path(folder)).items())
    #expect(items.count >= 12)
    for item in items {
      guard case .article(let draft) = item.outcome else {
        Issue.record("\(item)")
        continue
      }
      #expect(draft.url != nil && draft.published != nil && draft.language != nil)
      #expect(!draft.text.contains("手机上长按") && !draft.text.contains("README.md"))
    }
  }
}
