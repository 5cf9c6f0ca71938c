import Files
import TestSupport
import Testing

/// Paths as text that loses nothing.
@Suite struct PathTextTests {
  /// Two characters in GBK, which are no UTF-8.
  static let gbk: [UInt8] = [0xC4, 0xE3, 0xBA, 0xC3]

  @Test func `bytes that are no UTF-8 come back from text`() {
    let path = FilePath(bytes: Array("/media/".utf8) + PathTextTests.gbk + Array(".md".utf8))
    #expect(FilePath(text: path.text) == path)
    #expect(path.shown == #"/media/\xC4\xE3\xBA\xC3.md"#)
    #expect(path.text != path.shown)
  }

  @Test func `UTF-8 is its own text`() {
    let path: FilePath = "/home/讀者/a b\u{7f}"
    #expect(path.text == "/home/讀者/a b\u{7f}")
    #expect(path.shown == path.text)
    #expect(!PathText.holdsEscapes(path.text))
  }

  @Test func `the escapes' own scalars are escaped, so that no two paths share a text`() {
    let escaped = PathText.text(of: [0xD6])
    let posing = Array(escaped.utf8)
    #expect(PathText.text(of: posing) != escaped)
    #expect(PathText.bytes(of: PathText.text(of: posing)) == posing)
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func `any bytes come back`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces: [[UInt8]] = [
      [0xD6], [0xF4, 0x8F, 0xBA, 0x80], [0xF4, 0x8F, 0xBA], [0xE8, 0x80], [0xC0, 0x80], [0x2F],
      [0x61], [0xED, 0xA0, 0x80], Array("字".utf8), [0xFF],
    ]
    let bytes = (0..<Int.random(in: 0...12, using: &generator)).flatMap { _ in
      pieces.randomElement(using: &generator) ?? []
    }
    #expect(PathText.bytes(of: PathText.text(of: bytes)) == bytes, "seed \(seed)")
  }

  @Test(arguments: [("q", "."), ("/q", "/"), ("a/b", "a"), ("/", "/"), ("a/", ".")])
  func `a path knows its folder`(path: String, folder: String) {
    #expect(FilePath(path).folder == FilePath(folder))
  }

  @Test(arguments: ["q", "/q", "a/b", "/a/b.c", "/", "", "..", "a/..", "/\u{301}/\u{301}"])
  func `a path's folder and name are those it has when it is taken apart`(text: String) {
    let path = FilePath(text)
    #expect(path.nameBytes == path.lastComponent?.bytes ?? [])
    let folder = path.removingLastComponent()
    #expect(path.folder == (folder.isEmpty ? "." : folder))
  }

  @Test(arguments: ["/", "/a", "/a/b", "/ab", "/a/bc", "a", "a/b", "", "/a\u{301}"])
  func `a path is within the paths it starts with`(text: String) {
    let path = FilePath(text)
    for folder in ["/", "/a", "/a/b", "a", ""] as [FilePath] {
      #expect(path.isWithin(folder) == path.starts(with: folder), "\(folder)")
    }
  }
}
