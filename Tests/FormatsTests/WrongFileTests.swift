import Files
import TestSupport
import Testing

@testable import Formats

/// Files that are not what their names, or a person, say they are.
struct WrongFileTests {
  @Test(arguments: [
    ("<p>Not found</p>", "looks like a page; its name should end with .html"), ("", "is empty"),
    ("%PDF-1.7", "looks like a PDF"),
    ("a,b\n1,2\n", "looks like text; its name should end with .txt or .md"),
  ])
  func `a file that is no archive, though its name says so, is told of as what it is`(
    text: String, looks: String
  ) throws {
    for format in [Format.pocket, .omnivore] {
      #expect(
        throws: SkipReason.archive(
          reason: "its name says that it is a zip archive, but it \(looks)")
      ) { try exportItems(format, text, named: "bad.ZIP") }
    }
  }

  @Test func `an archive that is no table is told of as what it is`() throws {
    var zip = ZipFixture()
    zip.add("notes.txt", "x")
    for format in [Format.csv, .instapaper, .readwise, .raindrop] {
      #expect(
        throws: SkipReason.archive(
          reason:
            "it holds no text that is read here: it looks like an archive (zip) of another program")
      ) { try exportItems(format, zip.bytes(), named: "a.csv") }
    }
  }
}
