import Articles
import Files
import Formats
import Foundation
import Testing

/// What exports do with folders in which something lies already.
@Suite struct ExportFolderTests {
  @Test func `what is exported no more is taken away, with its folder`() throws {
    try withFolder { folder in
      try folder.write("mine.md", Array("my own".utf8))
      let picture = exportedArticle("Two", "![](img/a.png)", number: 2) {
        $0.images = [ImageDraft(reference: "img/a.png", bytes: [1])]
      }
      _ = try export([exportedArticle("One"), picture], to: folder)
      #expect(try visibleNames(in: folder.path).count == 3)
      let writer = try export([exportedArticle("One")], to: folder)
      #expect(writer.tally.removed == 2 && writer.tally.unchanged == 1 && writer.tally.files == 0)
      #expect(writer.leftOut == [])
      let names = try visibleNames(in: folder.path)
      #expect(names.count == 2 && names.contains("mine.md"), "\(names)")
    }
  }

  @Test func `a page takes another name with its title, and the old one goes`() throws {
    try withFolder { folder in
      _ = try export([exportedArticle("Before")], to: folder)
      _ = try export([exportedArticle("After")], to: folder)
      let names = try visibleNames(in: folder.path)
      #expect(names.count == 1 && names[0].hasPrefix("After "), "\(names)")
    }
  }

  @Test func `what somebody changed is neither replaced nor taken away`() throws {
    try withFolder { folder in
      let articles = [exportedArticle("One"), exportedArticle("Two", number: 2)]
      _ = try export(articles, to: folder)
      let names = try visibleNames(in: folder.path).sorted()
      for name in names { try folder.write(name, Array("edited".utf8)) }
      let writer = try export([exportedArticle("One", "Other text")], to: folder)
      #expect(writer.leftOut.map(\.article) == ["One", names[1]])
      #expect(writer.tally.files == 0 && writer.tally.removed == 0)
      for name in names {
        #expect(FileManager.default.contents(atPath: "\(folder.path)/\(name)")?.count == 6)
      }
    }
  }

  @Test func `a file that no export wrote is left alone though it has a page's name`() throws {
    try withFolder { folder in
      _ = try export([exportedArticle("One")], to: folder)
      let name = try #require(try visibleNames(in: folder.path).first)
      try withFolder { other in
        try other.write(name, Array("theirs".utf8))
        #expect(try export([exportedArticle("One")], to: other).leftOut.map(\.article) == ["One"])
        #expect(
          FileManager.default.contents(atPath: "\(other.path)/\(name)") == Data("theirs".utf8))
      }
    }
  }

  @Test func `a list that names files elsewhere has none of them taken away`() throws {
    try withFolder { folder in
      try folder.write("outside.md")
      let hash = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
      for path in ["../outside.md", "\(folder.path)/outside.md", "deep/../../outside.md"] {
        try folder.write(
          "out/.satchel-export", Array("satchel export 1 markdown\n\(hash) \(path)\n".utf8))
        var writer = try Format.markdown.writer(at: folder.place.pushing("out"))
        try writer.finish()
        #expect(writer.tally.removed == 0)
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/outside.md"))
      }
      // The same list of a file within.
      try folder.write("out/inside.md")
      try folder.write(
        "out/.satchel-export", Array("satchel export 1 markdown\n\(hash) inside.md\n".utf8))
      var writer = try Format.markdown.writer(at: folder.place.pushing("out"))
      try writer.finish()
      #expect(writer.tally.removed == 1)
    }
  }

  @Test func `an export that ends early keeps what is whole and forgets nothing`() throws {
    try withFolder { folder in
      _ = try export([exportedArticle("One"), exportedArticle("Two", number: 2)], to: folder)
      var writer = try Format.markdown.writer(at: folder.place)
      try writer.write(exportedArticle("Three", number: 3))
      writer.giveUp()
      #expect(try visibleNames(in: folder.path).count == 3)
      let last = try export([exportedArticle("One")], to: folder)
      #expect(last.tally.removed == 2)
    }
  }

  @Test func `what a killed export left is cleared away`() throws {
    try withFolder { folder in
      try folder.write("satchel-123.tmp")
      _ = try export([exportedArticle("One")], to: folder)
      #expect(try visibleNames(in: folder.path).count == 1)
    }
  }

  @Test func `a folder of another format is refused, and so is a file that is there`() throws {
    try withFolder { folder in
      try folder.write("site/.satchel-export", Array("satchel export 1 other\n".utf8))
      #expect(throws: FileError.self) {
        try Format.markdown.writer(at: folder.place.pushing("site"))
      }
      try folder.write("there.jsonl")
      let path = folder.place.pushing("there.jsonl")
      #expect(throws: FileError(path, .taken)) { try Format.jsonLines.writer(at: path) }
      var target = ExportTarget(path)
      target.replaces = true
      do {
        _ = try Format.jsonLines.writer(to: target)
      }
      // Given up, it leaves what was there.
      #expect(FileManager.default.contents(atPath: path.string) == Data("x".utf8))
      var writer = try Format.jsonLines.writer(to: target)
      try writer.finish()
      #expect(FileManager.default.contents(atPath: path.string) == Data())
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }
  }

  private func export(
    _ articles: [ExportedArticle], to folder: TemporaryFolder
  ) throws -> any FormatWriter {
    var writer = try Format.markdown.writer(at: folder.place)
    for article in articles { try writer.write(article) }
    try writer.finish()
    return writer
  }
}
