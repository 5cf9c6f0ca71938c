import Testing

@testable import Documents

/// What pictures a page shows, what a picture is, and how one that is not here is printed.
struct PictureTests {
  @Test(
    arguments: [
      (PictureKind.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]),
      (.jpeg, [0xFF, 0xD8, 0xFF, 0xDB]), (.gif, Array("GIF87a".utf8)), (.gif, Array("GIF89a".utf8)),
      (.webp, Array("RIFF1234WEBPVP8 ".utf8)), (.avif, Array("1234ftypavif".utf8)),
      (.avif, Array("1234ftypavis".utf8)),
    ] as [(PictureKind, [UInt8])])
  func `a picture is told by its first bytes, and not by fewer`(kind: PictureKind, bytes: [UInt8]) {
    #expect(PictureKind(of: bytes) == kind)
    for count in 0..<3 { #expect(PictureKind(of: Array(bytes.prefix(count))) == nil) }
    #expect(PictureKind(of: [0x20] + bytes) == nil)
  }

  @Test(arguments: [
    "", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<!doctype html><img>", "GIF88a", "GIF",
    "RIFF1234WAVE", "RIFFWEBP", "1234ftypisom", "ftypavif", "BM1234", "\u{1F}\u{8B}",
  ])
  func `what is something else is no picture`(text: String) {
    #expect(PictureKind(of: Array(text.utf8)) == nil)
  }

  @Test func `references are those of the pictures that are shown, each once`() {
    let markdown = """
      ![a](http://a.example/1.png) ![](2.png) [![in a link](3.png)](http://b.example)

      | ![cell](4.png) | ![a](http://a.example/1.png) |
      | --- | --- |
      | x | <img src="5.png"> |

      `![code](6.png)` ![][ref]

      [ref]: <7.png>
      """
    #expect(
      references(markdown, .markdown)
        == ["http://a.example/1.png", "2.png", "3.png", "4.png", "5.png", "7.png"])
    let html = """
      <p>Text <img src="a&amp;b.png"> <img data-src=late.png> <img src=dot.png width=1 height=1>
      <img src=hidden.png hidden> <span style="display:none"><img src=none.png></span></p>
      """
    #expect(references(html, .html) == ["a&b.png", "late.png"])
    #expect(references("![a](b.png)", .text).isEmpty)
  }

  @Test func `a picture that is away is printed with its address, one that is here without`() {
    let text = "A ![of the town](http://a.example/1.png) and ![](http://a.example/2.png)."
    #expect(printed(text) == "A [image: of the town] and [image].")
    #expect(
      printed(text) { $0.hasSuffix("1.png") }
        == "A [picture: of the town, http://a.example/1.png] and [image].")
    #expect(
      printed(text) { $0.hasSuffix("2.png") }
        == "A [image: of the town] and [picture: http://a.example/2.png].")
    let plain = PlainText.text(reading: Array(text.utf8), as: .markdown)
    #expect(plain == "A [image: of the town] and [image].")
    #expect(!printed("![x](<http://a.example/\u{1b}[2J>)") { _ in true }.contains("\u{1b}"))
  }

  @Test func `marks behind a picture that is away stay where they are`() {
    let text = "A ![town](http://a.example/1.png) on the river"
    let plain = PlainText.text(reading: Array(text.utf8), as: .markdown)
    let start = plain.unicodeScalars.count - "river".count
    let shown = TerminalText(
      width: 80, color: true, marks: [start..<start + 5], isAway: { _ in true }
    ).text(reading: Array(text.utf8), as: .markdown)
    #expect(shown.contains("\u{1b}[7mriver\u{1b}[0m"))
    #expect(shown.contains("[picture: town, http://a.example/1.png]"))
  }

  private func references(_ text: String, _ format: DocumentFormat) -> [String] {
    PictureReferences.all(reading: Array(text.utf8), as: format)
  }

  private func printed(
    _ text: String, isAway: @escaping @Sendable (String) -> Bool = { _ in false }
  ) -> String {
    TerminalText(width: 120, color: false, isAway: isAway)
      .text(reading: Array(text.utf8), as: .markdown)
  }
}
