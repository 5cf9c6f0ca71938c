import Articles
import Documents
import Files
import Formats
import Testing

/// Which encoding a page is read in.
@Suite(.enabled(if: SystemDecoders.areHere, "this system has no decoders for iconv"))
struct PageEncodingTests {
  private let gb18030: [UInt8] = [0x23, 0x20, 0xB8, 0xDB, 0xBF, 0xDA]

  @Test func `a page without any sign is UTF-8, or what its caller says`() throws {
    let encoding = try #require(TextEncoding(label: "gb2312"))
    #expect(try draft(gb18030, assuming: encoding, at: "a.md").title == "港口")
    #expect(try draft(gb18030, assuming: encoding, at: "a.txt").text == "# 港口")
    #expect(throws: SkipReason.notUTF8(offset: 2, likely: "gb18030")) {
      try draft(gb18030, at: "a.md")
    }
    #expect(try draft(Array("# 港口".utf8), at: "a.md").title == "港口")
    // UTF-8 that is said to be something else is read so: that it decodes would prove nothing.
    #expect(try draft(Array("# 港口".utf8), assuming: encoding, at: "a.md").title.hasPrefix("娓"))
  }

  @Test func `an HTML page that names its encoding is read in it, whatever the caller says`() throws
  {
    let page = Array("<meta charset=gbk><title>".utf8) + gb18030.dropFirst(2)
    let big5 = try #require(TextEncoding(label: "big5"))
    for encoding in [nil, big5, .utf8] {
      let draft = try draft(page, assuming: encoding, at: "a.html")
      #expect(draft.title == "港口")
      #expect(draft.text == "<meta charset=gbk><title>港口")
    }
    #expect(throws: SkipReason.malformed(encoding: "gbk", offset: page.count)) {
      try draft(page + [0xB8], at: "a.html")
    }
  }

  @Test func `only HTML names an encoding in its text`() throws {
    let page = Array("<meta charset=gbk>港口".utf8)
    #expect(try draft(page, at: "a.md").text == "<meta charset=gbk>港口")
    #expect(try draft(page, at: "a.txt").text == "<meta charset=gbk>港口")
    #expect(try draft(page, at: "a.html").text != "<meta charset=gbk>港口")
  }

  @Test func `a byte order mark counts before anything else`() throws {
    let page: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("<meta charset=gbk><title>港口".utf8)
    #expect(try draft(page, at: "a.html").title == "港口")
    let wide: [UInt8] = [0xFE, 0xFF, 0x6E, 0x2F, 0x53, 0xE3]
    let encoding = try #require(TextEncoding(label: "gbk"))
    for name in ["a.md", "a.html", "a.txt"] {
      #expect(try draft(wide, assuming: encoding, at: name).text == "港口")
    }
    #expect(throws: SkipReason.malformed(encoding: "utf-16be", offset: 6)) {
      try draft(wide + [0x6E], at: "a.md")
    }
    #expect(throws: SkipReason.malformed(encoding: "utf-8", offset: 3)) {
      try draft([0xEF, 0xBB, 0xBF, 0xFF], at: "a.md")
    }
  }

  @Test func `what decodes to nothing or to no text is no page`() {
    #expect(throws: SkipReason.empty) { try draft([0xFF, 0xFE, 0x20, 0], at: "a.md") }
    #expect(throws: SkipReason.binary(offset: 1)) {
      try draft([0xFF, 0xFE, 0x41, 0, 0, 0], at: "a.md")
    }
    #expect(throws: SkipReason.binary(offset: 1)) { try draft([0xFF, 0, 0x41], at: "a.md") }
  }

  @Test func `a folder and its readers are told the encoding`() throws {
    try withFolder { folder in
      try folder.write("a.md", gb18030)
      let input = FormatInput(.path(folder.place), encoding: TextEncoding(label: "gb18030"))
      for format in Format.readable where format.name == "markdown" {
        let item = try format.reader(of: input).items().first { _ in true }
        guard case .article(let draft) = item?.outcome else {
          Issue.record("\(format.name): \(String(describing: item))")
          continue
        }
        #expect(draft.text == "# 港口")
      }
    }
  }

  private func draft(
    _ bytes: [UInt8], assuming encoding: TextEncoding? = nil, at path: String
  ) throws -> ArticleDraft {
    try PageReader.markdown.draft(
      of: bytes, assuming: encoding, at: PagePath(FilePath(path)), images: { _ in nil })
  }
}

/// The decoders that a small system may lack.
enum SystemDecoders {
  static var areHere: Bool {
    (try? TextEncoding(label: "gb18030")?.decoded(Array("a".utf8))) != nil
  }
}
