import Files
import Formats
import Foundation
import Testing

@Suite struct PageFolderTests {
  @Test func `pages come in the byte order of their paths`() throws {
    try withFolder { folder in
      let names = ["b.md", "a/z.txt", "a.markdown", "a/B.HTML", "中/文.htm", "a/note.pdf", "x"]
      for name in names + [".hidden.md", ".git/c.md", "a/pic.png"] { try folder.write(name) }
      let listing = try PageFolder(at: folder.place).listing()
      #expect(
        listing.pages.map(\.shown) == ["a.markdown", "a/B.HTML", "a/z.txt", "b.md", "中/文.htm"])
      #expect(listing.skipped.isEmpty)
    }
  }

  @Test func `a single file is a page of its own`() throws {
    try withFolder { folder in
      try folder.write("a/page.md", [65])
      try folder.write("a/pic.png", [66])
      let file = try PageFolder(at: folder.place.pushing("a/page.md"))
      #expect(file.listing().pages == [PagePath("page.md")])
      #expect(try file.read(PagePath("page.md")) == [65])
      #expect(file.image(at: "pic.png") == [66])
    }
  }

  @Test func `a named file that is no page is listed as skipped`() throws {
    try withFolder { folder in
      try folder.write("paper.pdf")
      let listing = try PageFolder(at: folder.place.pushing("paper.pdf")).listing()
      #expect(listing.pages.isEmpty)
      #expect(
        listing.skipped.map(\.reason) == [
          .notAPage(name: "paper.pdf", looks: "text; its name should end with .txt or .md")
        ])
    }
  }

  @Test func `links are followed within the folder only`() throws {
    try withFolder { folder in
      try folder.write("in/real.md", [65])
      try folder.write("outside.md", [66])
      try folder.link("in/inner.md", to: folder.path + "/in/real.md")
      try folder.link("in/outer.md", to: folder.path + "/outside.md")
      try folder.link("in/loop", to: folder.path)
      try folder.link("in/dangling.md", to: folder.path + "/nowhere.md")
      try folder.link("in/pic.png", to: folder.path + "/outside.md")
      let pages = try PageFolder(at: folder.place.pushing("in"))
      #expect(pages.listing().pages.map(\.shown) == ["inner.md", "real.md"])
      #expect(pages.image(at: "pic.png") == nil)
      #expect(throws: SkipReason.self) { try pages.read(PagePath("../outside.md")) }
      #expect(throws: SkipReason.self) { try pages.read(PagePath("outer.md")) }
    }
  }

  @Test func `what is missing says so`() throws {
    #expect(throws: SkipReason.missing) {
      try PageFolder(at: "/no/such/folder")
    }
    try withFolder { folder in
      let pages = try PageFolder(at: folder.place)
      #expect(throws: SkipReason.missing) {
        try pages.read(PagePath("gone.md"))
      }
      #expect(pages.image(at: "gone.png") == nil)
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `a file past the limit is refused by its size`(excess: Int) throws {
    try withFolder { folder in
      let size = PageFolder.fileSizeLimit + excess
      try folder.write("big.md", size: size)
      let pages = try PageFolder(at: folder.place)
      let refusal = SkipReason.tooLarge(limit: PageFolder.fileSizeLimit)
      if excess > 0 {
        #expect(throws: refusal) { try pages.read(PagePath("big.md")) }
      } else {
        #expect(try pages.read(PagePath("big.md")).count == size)
      }
    }
  }
}
