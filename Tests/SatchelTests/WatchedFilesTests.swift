import Articles
import Files
import Formats
import Foundation
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Satchel

/// What is seen of files and pages while they are imported.
struct WatchedFilesTests {
  private let folder: TemporaryFolder
  private let path = PagePath("a.md")

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String) throws {
    try Data(text.utf8).write(to: folder.url.appending(path: "a.md"))
  }

  private func look(_ files: inout WatchedFiles) -> WatchedFiles.Sight {
    let there = FilePath(folder.url.path)
    return files.look([path]) {
      try? FileStatus(of: there.pushing($0.relative), followingLinks: true)
    }
  }

  @Test func `a file is taken once it was the same in two looks`() throws {
    var files = WatchedFiles()
    try write("one")
    #expect(look(&files).still.isEmpty)
    #expect(look(&files).fresh == [path])
    // It was not taken yet.
    #expect(look(&files).fresh == [path])
    files.take([path])
    let sight = look(&files)
    #expect(sight.still == [path] && sight.fresh.isEmpty && !sight.hasLost)
    try write("another")
    #expect(look(&files).still.isEmpty)
    #expect(look(&files).fresh == [path])
  }

  @Test func `a file is gone once it was missing in two looks, and told once`() throws {
    var files = WatchedFiles()
    try write("one")
    _ = look(&files)
    _ = look(&files)
    files.take([path])
    try FileManager.default.removeItem(at: folder.url.appending(path: "a.md"))
    #expect(!look(&files).hasLost && files.contains("a.md"))
    try write("one")
    #expect(!look(&files).hasLost)
    try FileManager.default.removeItem(at: folder.url.appending(path: "a.md"))
    #expect(!look(&files).hasLost)
    #expect(look(&files).hasLost && !files.contains("a.md") && files.count == 0)
    #expect(!look(&files).hasLost)
  }

  @Test func `a page is there if it is read, skipped, or lies where nothing can be listed`() {
    let (one, two) = (
      ArticleID(digest: ContentHash(of: [1])), ArticleID(digest: ContentHash(of: [2]))
    )
    var seen = SeenPages()
    seen.note("a/1.md", one)
    seen.noteSkipped("a/2.md")
    seen.noteLeftOut("b/locked")
    #expect(seen.hasPage("a/1.md", one, isListed: false))
    // It has another article now.
    #expect(!seen.hasPage("a/1.md", two, isListed: true))
    #expect(!seen.hasPage("a/1.md", nil, isListed: true))
    #expect(seen.hasPage("a/2.md", one, isListed: false))
    #expect(seen.hasPage("b/locked/3.md", one, isListed: false))
    #expect(!seen.hasPage("b/locked.md", one, isListed: false))
    #expect(!seen.hasPage("c.md", one, isListed: false))
    #expect(seen.hasPage("c.md", one, isListed: true))
    #expect(seen.hasArticle(one) && !seen.hasArticle(two) && seen.skips == 1)
  }
}
