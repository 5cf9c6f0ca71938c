import Articles
import Files
import Formats
import Testing

/// The registry of formats, and what a file is taken for.
@Suite struct FormatTests {
  @Test func `every format has a name of its own and is read or written`() {
    let names = Format.all.map(\.name)
    #expect(Set(names).count == names.count)
    for format in Format.all {
      #expect(format.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(format.name)")
      #expect(format.isReadable || format.isWritable, "\(format.name)")
      #expect(!format.contents.isEmpty && !format.treatment.isEmpty, "\(format.name)")
      #expect(format.extensions.allSatisfy { $0 == $0.lowercased() && !$0.contains(".") })
    }
  }

  @Test func `a format is found by its name`() {
    #expect(Format.readable(named: "mirror") == .mirror)
    #expect(Format.readable(named: "Mirror") == nil)
    #expect(Format.readable(named: "") == nil)
  }

  @Test(
    arguments: [
      (["mirror", "pages"], "mirror", ["pages"]), (["mirror"], nil, ["mirror"]),
      (["mirror", "mirror"], "mirror", ["mirror"]),
      (["mirror/", "pages"], nil, ["mirror/", "pages"]),
      (["./mirror", "a"], nil, ["./mirror", "a"]),
      (["pages", "mirror"], nil, ["pages", "mirror"]),
      (["Mirror", "a"], nil, ["Mirror", "a"]), ([], nil, []),
      (["markdown", "a", "b"], "markdown", ["a", "b"]),
    ] as [([String], String?, [String])])
  func `a first word is a format only if another follows it`(
    words: [String], format: String?, paths: [String]
  ) {
    let leading = Format.leading(words)
    #expect(leading.format?.name == format)
    #expect(Array(leading.paths) == paths)
    #expect(Array(Format.leading(words, among: []).paths) == words)
  }

  @Test func `what looks like nothing else is pages, mirrored or not`() throws {
    try withFolder { folder in
      try folder.write("a.md")
      for name in ["", "a.md", "none"] {
        #expect(Format.detected(at: folder.place.pushing(FilePath(name))) == .mirror)
      }
    }
  }

  @Test func `the first format that knows a file as its own reads it`() throws {
    try withFolder { folder in
      try folder.write("a.csv", Array("url,title\n".utf8))
      try folder.write("b.csv", Array("title,url\n".utf8))
      try folder.write("large.json", size: 100_000)
      let formats = [
        made("folders") { $0.isFolder }, made("urls") { $0.head.starts(with: "url,".utf8) },
        made("csv") { $0.name.hasSuffix(".csv") },
        made("large") { $0.head.count == FormatSample.length }, made("never", isLike: nil),
      ]
      let found = ["", "a.csv", "b.csv", "large.json", "missing"].map { name in
        Format.detected(at: folder.place.pushing(FilePath(name)), among: formats).name
      }
      #expect(found == ["folders", "urls", "csv", "large", "mirror"])
    }
  }

  private func made(
    _ name: String, isLike: (@Sendable (FormatSample) -> Bool)?
  ) -> Format {
    Format(
      name: name, contents: "things", treatment: "reads them", extensions: [],
      reader: { _ in RecordList([]) }, isLike: isLike)
  }
}
