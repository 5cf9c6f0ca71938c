import Formats
import Testing

@Suite struct SkipReasonTests {
  @Test func `a file without text is skipped`() {
    #expect(skipReason([]) == .empty)
    #expect(skipReason(Array(" \n\t\r\n".utf8)) == .empty)
    #expect(skipReason([0xEF, 0xBB, 0xBF, 0x0A]) == .empty)
    #expect(skipReason([0x41]) == nil)
  }

  @Test func `a NUL byte makes a file binary`() {
    #expect(skipReason([0x41, 0x42, 0, 0x43]) == .binary(offset: 2))
  }

  static let malformed: [[UInt8]] = [
    [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xFF], [0xC3],
    [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE4, 0xB8],
    [0xE4], [0xF0, 0x9F, 0x8C], [0xE4, 0xB8, 0x41],
  ]

  @Test(arguments: malformed)
  func `bytes that are not UTF-8 are refused at their offset`(bytes: [UInt8]) {
    guard case .notUTF8(offset: 4, likely: _) = skipReason(Array("中a".utf8) + bytes) else {
      Issue.record("\(bytes) is not refused")
      return
    }
  }

  @Test(arguments: [
    "\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}\u{10000}\u{10FFFF}", "中文é🙂",
  ])
  func `well-formed text is not`(text: String) {
    #expect(skipReason(Array(text.utf8)) == nil)
  }

  @Test func `every reason is a plain sentence with its facts`() {
    #expect("\(SkipReason.tooLarge(limit: 16))" == "too large: the limit is 16 bytes")
    #expect(
      "\(SkipReason.notUTF8(offset: 7, likely: "big5"))"
        == "not UTF-8 at byte offset 7, and it names no encoding; try --encoding big5")
    #expect("\(SkipReason.binary(offset: 3))" == "not text: a NUL byte at offset 3")
    #expect("\(SkipReason.unreadable(reason: "No luck"))" == "cannot be read: No luck")
  }

  @Test func `a file that is no page is told what pages' names end with`() {
    let sentence = "\(SkipReason.notAPage(name: "a.pdf", looks: "a PDF"))"
    #expect(
      sentence == "a.pdf is no page (.md, .markdown, .html, .htm, .mhtml, .mht or .txt) and of no "
        + "format that is known: it looks like a PDF")
    for ending in Format.mirror.extensions {
      #expect(sentence.contains(".\(ending)"))
    }
  }
}
